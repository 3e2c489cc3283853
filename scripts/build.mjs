// Compiles to dist/ from scratch, so that a file deleted from the sources is not shipped.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
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

// tempo-codemods/transforms/<id>, whatever folder a step lives in.
const built = join(root, 'dist', 'transforms');
const { transforms } = await import(pathToFileURL(join(built, 'index.js')).href);
mkdirSync(join(built, 'by-id'));
for (const id of Object.keys(transforms)) {
  const folder = readdirSync(built).find((name) => existsSync(join(built, name, `${id}.js`)));
  const text = `export { default } from '../${folder}/${id}.js';\n`;
  writeFileSync(join(built, 'by-id', `${id}.js`), text);
  writeFileSync(join(built, 'by-id', `${id}.d.ts`), text);
}
