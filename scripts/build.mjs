// Compiles to dist/ from scratch, so that a file deleted from the sources is not shipped.
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleReport } from './bundle-report.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
  cwd: root,
});
// The page of --report, with everything in it that the browser needs.
const assets = join(root, 'dist', 'runner', 'report', 'html-assets.json');
writeFileSync(assets, JSON.stringify(await bundleReport()));
chmodSync(join(root, 'dist', 'runner', 'cli', 'main.js'), 0o755);
