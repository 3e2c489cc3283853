// Builds dist/ from scratch: types by tsc, code by esbuild in a few files, because half of a short run would else go
// into loading two hundred modules. The entries share chunks, so that one process never holds two copies of the kit.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleReport } from './bundle-report.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
  cwd: root,
});

const entries = [
  'runner/cli/main',
  'runner/worker',
  'runner/index',
  'runner/testing',
  'transforms/index',
  'transforms/kit/index',
];
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(entries.map((name) => [name, join(root, `${name}.ts`)])),
  outdir: dist,
  // Beside worker.js and html-assets.json, which modules look for next to themselves.
  chunkNames: 'runner/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // What stays a package: native code, what loads other code, and what types of ours name (yaml and toml-eslint-parser,
  // whose code is bundled nevertheless: 76 files).
  external: Object.keys(dependencies).filter((name) => name !== 'yaml' && name !== 'toml-eslint-parser'),
  // Bundled CommonJS packages ask for Node's modules with require().
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  // yargs lays out help on every run, wanted or not; string-width makes an Intl.Segmenter for it (20 ms). fast-string-width has
  // the same contract.
  alias: { 'string-width': 'fast-string-width' },
  legalComments: 'none',
  metafile: true,
});
chmodSync(join(dist, 'runner', 'cli', 'main.js'), 0o755);

// tempo-codemods/transforms/<id>, whatever folder a step lives in. They are no entries of the bundle: it would fall
// into a chunk for each.
const built = join(dist, 'transforms');
const { transforms } = await import(pathToFileURL(join(built, 'index.js')).href);
mkdirSync(join(built, 'by-id'));
for (const id of Object.keys(transforms)) {
  const folder = readdirSync(built).find((name) => existsSync(join(built, name, `${id}.d.ts`)));
  writeFileSync(join(built, 'by-id', `${id}.d.ts`), `export { default } from '../${folder}/${id}.js';\n`);
  writeFileSync(
    join(built, 'by-id', `${id}.js`),
    `import { transforms } from '../index.js';\nexport default transforms['${id}'];\n`,
  );
}

// The page of --report, with everything in it that the browser needs.
writeFileSync(join(dist, 'runner', 'html-assets.json'), JSON.stringify(await bundleReport()));

// Licences of the packages whose code is in the bundle.
const packages = new Set(
  Object.keys(metafile.inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []),
);
const notices = [...packages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${folder} has no licence file to ship`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`;
});
writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));
