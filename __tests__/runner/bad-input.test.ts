/** Bad input, through the built command: a line on stderr that names the file, the others done, the exit code. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import {
  CHARM,
  CHARM_PY,
  command,
  type Files,
  MAIN,
  makeFolder,
  makeRepository,
  NEW,
  OLD,
  snapshot,
  TRANSFORM,
  writeFiles,
} from './world.js';

const GOOD: Files = { 'charmcraft.yaml': 'name: my-charm\n', 'src/good.py': CHARM_PY };
const MIGRATED = CHARM_PY.replace(OLD, NEW);

/** A folder as another user owns it, for what root may always do. */
function makeForeign(files: Files): { folder: string; user: number | undefined } {
  const folder = makeFolder(files);
  if (process.getuid?.() !== 0) return { folder, user: undefined };
  execFileSync('chown', ['-R', '65534:65534', folder]);
  return { folder, user: 65_534 };
}

function good(folder: string): string {
  return readFileSync(join(folder, 'src/good.py'), 'utf8');
}

test('a path that does not exist', async () => {
  const top = makeRepository(GOOD);
  const result = await command(top, ['run', '--write', 'src/nope.py', 'src/good.py', ...TRANSFORM]);
  expect(result.code).toBe(2);
  expect(result.stderr).toContain('error: src/nope.py: no such file or folder');
  expect(good(top)).toBe(MIGRATED);
});

test('a folder without any charm, and one without anything', async () => {
  const library = await command(makeFolder({ 'lib.py': 'x = 1\n' }), ['run']);
  expect(library).toMatchObject({ code: 0, stdout: '' });
  expect(library.stderr).toContain('note: .: no charm here');
  const empty = await command(makeFolder(), ['run', '.']);
  expect(empty).toMatchObject({ code: 0, stdout: '' });
  expect(empty.stderr).toContain('note: .: no files here');
});

test('not UTF-8, a syntax error, an empty file, a dangling symlink', async () => {
  const top = makeRepository({
    ...GOOD,
    'src/latin1.py': Buffer.from(`# coding: latin-1\n# caf\u00e9\n${CHARM_PY}`, 'latin1'),
    'src/broken.py': `${CHARM_PY}\nx = )\n`,
    'src/empty.py': '',
  });
  symlinkSync('nowhere.py', join(top, 'src/dangling.py'));
  execFileSync('git', ['add', '-A'], { cwd: top });
  const before = snapshot(top);
  const result = await command(top, ['run', '--write', ...TRANSFORM]);
  expect(result.code).toBe(0);
  expect(result.stderr).toMatch(/src\/latin1\.py: warning: .* declares an encoding other than UTF-8/);
  expect(result.stderr).toMatch(/src\/broken\.py:8:\d+: warning: .* has a syntax error/);
  expect(result.stderr).toContain('src/dangling.py: a symlink that leads nowhere');
  expect(result.stderr).not.toContain('empty.py');
  expect(snapshot(top)).toEqual({
    ...before,
    'src/good.py': before['src/good.py']?.replace(OLD, NEW),
    'src/broken.py': before['src/broken.py']?.replace(OLD, NEW),
  });
  // Named on the command line, a dangling symlink is a wrong path.
  const named = await command(top, ['run', 'src/dangling.py', ...TRANSFORM]);
  expect(named).toMatchObject({ code: 2, stderr: expect.stringContaining('src/dangling.py') });
});

test('an unreadable file fails, the others are done', async () => {
  const { folder, user } = makeForeign({ ...GOOD, 'src/secret.py': CHARM_PY });
  chmodSync(join(folder, 'src/secret.py'), 0);
  const result = await command(folder, ['run', '--write', ...TRANSFORM], user === undefined ? {} : { user });
  expect(result.code).toBe(1);
  expect(result.stderr).toContain('error: src/secret.py: cannot be read: permission denied');
  expect(good(folder)).toBe(MIGRATED);
});

test('an unreadable folder is named, the others are done', async () => {
  const { folder, user } = makeForeign({ ...GOOD, 'secret/x.py': CHARM_PY });
  chmodSync(join(folder, 'secret'), 0);
  const result = await command(folder, ['run', '--write', ...TRANSFORM], user === undefined ? {} : { user });
  chmodSync(join(folder, 'secret'), 0o755);
  expect(result.stderr).toContain('secret: permission denied');
  expect(result.code).toBe(0);
  expect(good(folder)).toBe(MIGRATED);
});

test('an unreadable folder that git leaves out of its list is named', async () => {
  const { folder, user } = makeForeign({ ...GOOD, 'secret/x.py': CHARM_PY });
  execFileSync('git', ['init', '-q'], {
    cwd: folder,
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  chmodSync(join(folder, 'secret'), 0);
  const result = await command(folder, ['run', ...TRANSFORM], user === undefined ? {} : { user });
  chmodSync(join(folder, 'secret'), 0o755);
  expect(result.stderr).toContain("could not open directory 'secret/': Permission denied");
  expect(result.stdout.match(/^diff .*$/gm)).toEqual(['diff --git a/src/good.py b/src/good.py']);
});

test.each([
  ['a read-only file', 'src/other.py', 0o444, 'src/other.py: is read-only'],
  ['a read-only folder', 'src/deep', 0o555, 'src/deep/more.py: its folder cannot be written to'],
])('%s: the charm stays as it was', async (_, path, mode, line) => {
  const { folder, user } = makeForeign({ ...GOOD, 'src/other.py': CHARM_PY, 'src/deep/more.py': CHARM_PY });
  chmodSync(join(folder, path), mode);
  const before = snapshot(folder);
  const result = await command(folder, ['run', '--write', ...TRANSFORM], user === undefined ? {} : { user });
  expect(result).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`error: ${line}`) });
  expect(snapshot(folder)).toEqual(before);
  chmodSync(join(folder, path), 0o755);
});

test('a full disk: what was written is put back, nothing is left behind', async () => {
  const disk = makeFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=360k', 'tmpfs', disk], { stdio: 'pipe' });
  } catch {
    // Only root may mount; the same is tested with injected errors in write.test.ts.
    return;
  }
  try {
    writeFiles(disk, { ...GOOD, 'src/zbig.py': `${CHARM_PY}# ${'x'.repeat(200_000)}\n` });
    const before = snapshot(disk);
    const result = await command(disk, ['run', '--write', ...TRANSFORM]);
    expect(result.stderr).toContain('error: src/zbig.py: no space left on the disk');
    expect([result.code, result.stdout]).toEqual([1, '']);
    expect(snapshot(disk)).toEqual(before);
  } finally {
    execFileSync('umount', [disk]);
  }
});

test('few file handles are enough', async () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`src/m${index}.py`, CHARM_PY]));
  const top = makeRepository({ 'charmcraft.yaml': '', ...files });
  const result = await command(top, ['run', '--write', '-q', ...TRANSFORM], {
    shell: 'ulimit -n 100',
  });
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(readFileSync(join(top, 'src/m299.py'), 'utf8')).toBe(MIGRATED);
});

test('ten thousand unrelated files', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`other/d${index % 100}/m${index}.py`, 'x = 1\n']),
  );
  const top = makeRepository({ ...GOOD, ...files });
  const { code, stdout, stderr } = await command(top, ['run', ...TRANSFORM]);
  expect(code).toBe(0);
  expect(stdout.match(/^diff /gm)).toHaveLength(1);
  expect(stderr).toContain('10002 files looked at, 1 candidate');
});

test("a repository of another user is an error, not 'outside git'", async () => {
  if (process.getuid?.() !== 0) return;
  const top = makeRepository(GOOD);
  chownSync(top, 65_534, 65_534);
  chownSync(join(top, '.git'), 65_534, 65_534);
  const result = await command(top, ['run', '--write', ...TRANSFORM], {
    env: { HOME: '/nonexistent', SUDO_UID: '' },
  });
  expect(result.code).toBe(1);
  expect(result.stderr).toContain("'dubious ownership'");
  expect(result.stderr).toContain('safe.directory');
  expect(good(top)).toBe(CHARM_PY);
});

test('without git on PATH the ignore files still count, and the guard refuses to guess', async () => {
  const top = makeRepository({ ...GOOD, '.gitignore': 'out/\n', 'out/x.py': CHARM_PY });
  const dry = await command(top, ['run', ...TRANSFORM], { env: { PATH: '/nonexistent' } });
  expect(dry.code).toBe(0);
  expect(dry.stdout.match(/^diff .*$/gm)).toEqual(['diff --git a/src/good.py b/src/good.py']);
  expect(dry.stderr).toContain('git is not installed');
  const write = await command(top, ['run', '--write', ...TRANSFORM], { env: { PATH: '/nonexistent' } });
  expect(write).toMatchObject({ code: 1, stderr: expect.stringContaining('git is not installed') });
  expect(good(top)).toBe(CHARM_PY);
});

describe('a signal while writing', () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, charm) => [
      [`c${charm}/charmcraft.yaml`, ''] as const,
      ...Array.from({ length: 5 }, (_, index) => [`c${charm}/src/m${index}.py`, CHARM_PY] as const),
    ]).flat(),
  );

  test.each([
    ['SIGINT', 130, []],
    ['SIGTERM', 143, []],
    ['SIGINT', 130, ['--jobs', '2']],
    ['SIGTERM', 143, ['--jobs', '2']],
  ] as const)(
    '%s (%d, %j): charms are old or new as a whole, no temporary files, and a second run finishes',
    async (signal, code, jobs) => {
      const top = makeRepository(files);
      const child = spawn(process.execPath, [MAIN, 'run', '--write', ...jobs, ...TRANSFORM], { cwd: top });
      let stderr = '';
      child.stderr.on('data', (data) => {
        stderr += data;
      });
      // The first patch on stdout says that the first charm is written.
      await once(child.stdout, 'data');
      child.kill(signal);
      child.stdout.resume();
      const [exit, killed] = await once(child, 'close');
      // A signal that comes when all is done finds a process that ends anyway: that must have changed every file.
      const late = exit === 0 || killed === signal;
      if (late) expect(new Set(Object.values(snapshot(top)))).toEqual(new Set(['644 ', `644 ${MIGRATED}`]));
      else {
        expect(exit).toBe(code);
        expect(stderr).toContain('Stopped before the end.');
      }
      for (const charm of Array.from({ length: 40 }, (_, index) => join(top, `c${index}/src`))) {
        expect(readdirSync(charm).sort()).toEqual(['m0.py', 'm1.py', 'm2.py', 'm3.py', 'm4.py']);
        const texts = new Set(readdirSync(charm).map((name) => readFileSync(join(charm, name), 'utf8')));
        expect([[CHARM_PY], [MIGRATED]]).toContainEqual([...texts]);
      }
      const again = await command(top, ['run', '--write', ...TRANSFORM]);
      expect(again.code).toBe(0);
      expect(new Set(Object.values(snapshot(top)))).toEqual(new Set(['644 ', `644 ${MIGRATED}`]));
    },
  );

  test('SIGKILL: each file is old or new', async () => {
    const top = makeRepository(files);
    const child = spawn(process.execPath, [MAIN, 'run', '--write', ...TRANSFORM], { cwd: top });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    for (const path of Object.keys(files)) {
      expect(existsSync(join(top, path))).toBe(true);
      expect(['', CHARM_PY, MIGRATED]).toContain(readFileSync(join(top, path), 'utf8'));
    }
  });
});

test('five kills of `npm run kill-test`: every file old or new, and a run that is let through finishes', async () => {
  const args = ['scripts/kill-test.mjs', '--kills', '5', '--chain', '5', '--charms', '4'];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toMatch(/: 5 kills; .* ended in the tree of an undisturbed run\n$/);
}, 120_000);

test('a charm that changes under our feet is not overwritten', async () => {
  const top = makeRepository(CHARM);
  writeFiles(top, { 'src/charm.py': `${CHARM_PY}# mine\n` });
  const result = await command(top, ['run', '--write', ...TRANSFORM]);
  expect(result).toMatchObject({ code: 1, stdout: '' });
  expect(readFileSync(join(top, 'src/charm.py'), 'utf8')).toBe(`${CHARM_PY}# mine\n`);
});
