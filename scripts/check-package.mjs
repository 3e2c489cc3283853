// Packs the project, installs the tarball in an empty folder, and runs the command on a copy of the sample charm there:
// what a user gets must do what the working tree does.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'tempo-codemods-package-'));
const run = (command, args, options = {}) =>
  execFileSync(command, args, {
    encoding: 'utf8',
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
const fail = (text) => {
  console.error(`packed tarball: ${text}`);
  process.exitCode = 1;
};

try {
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root }),
  );
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  run('npm', ['install', '--no-audit', '--no-fund', join(folder, packed.filename)]);

  const charm = join(folder, 'charm');
  cpSync(join(root, '__testfixtures__', 'sample-charm'), charm, { recursive: true });
  const git = (...args) =>
    run('git', ['-c', 'user.name=sample', '-c', 'user.email=sample@example.com', ...args], { cwd: charm });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'before');
  const installed = run('npx', ['--no-install', 'tempo-codemods', 'run'], { cwd: charm });
  const built = run(process.execPath, [join(root, 'dist/runner/cli/main.js'), 'run'], { cwd: charm });
  if (installed !== built || !installed.includes('charm_tracing_config')) {
    fail('the installed command does not give the diff that the built one gives');
  }
  run('git', ['apply'], { cwd: charm, input: installed, stdio: ['pipe', 'pipe', 'pipe'] });
  if (git('status', '--porcelain') === '') fail('the diff changed nothing');
  const again = run('npx', ['--no-install', 'tempo-codemods', 'run'], { cwd: charm });
  if (again !== '') fail('a second run still prints a diff');
  run(process.execPath, ['-e', "require('tempo-codemods').applyTransforms('', [], { path: 'a.py' })"]);

  const modules = readdirSync(join(folder, 'node_modules'), { recursive: true, withFileTypes: true });
  const files = modules.filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  // npm's own list of what it put there: the lock file also names the packages of other platforms.
  const lock = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8'));
  const packages = Object.keys(lock.packages).filter((path) => path !== '').length;
  const megabytes = Math.round(bytes / 1e5) / 10;
  console.log(`packed tarball: ${packed.entryCount} files; installed: ${packages} packages, ${megabytes} MB`);
  if (packages > 40) fail(`${packages} packages are more than 40`);
  if (megabytes > 25) fail(`${megabytes} MB are more than 25`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
