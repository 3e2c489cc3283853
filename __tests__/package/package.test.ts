/** What is published: files, entries, and how hosts can load them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { transforms } from '../../transforms/index.js';
import { makeFolder } from '../runner/world.js';

const root = join(import.meta.dirname, '..', '..');
const { NODE_OPTIONS: _, ...env } = process.env;
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;

describe('npm pack', () => {
  let files: string[];
  beforeAll(() => {
    const out = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    files = (JSON.parse(out.toString())[0].files as { path: string }[]).map(({ path }) => path);
  });

  it('takes what is needed and nothing else', () => {
    const kinds = [
      /^dist\/(runner|transforms)\/[\w./-]+\.(js|d\.ts|json)$/,
      /^dist\/THIRD-PARTY-NOTICES\.txt$/,
      /^docs\/[\w/-]+\.md$/,
      /^(CHANGELOG|README)\.md$/,
      /^LICENSE$/,
      /^package\.json$/,
    ];
    expect(files.filter((path) => !kinds.some((kind) => kind.test(path)))).toEqual([]);
    expect(files.filter((path) => /__|\.test\.|(^|\/)bench\//.test(path))).toEqual([]);
  });

  it('has every entry', () => {
    const targets =
      JSON.stringify([manifest.exports, manifest.bin]).match(/\.\/[^"*]+\.(js|ts|json)(?=")/g) ?? [];
    const single = Object.keys(transforms).flatMap((id) => [
      `./dist/transforms/by-id/${id}.js`,
      `./dist/transforms/by-id/${id}.d.ts`,
    ]);
    const wanted = [...targets, ...single, './docs/transforms/README.md', './LICENSE', './README.md'];
    expect(wanted.filter((path) => !files.includes(path.slice(2)))).toEqual([]);
  });

  it('runs no script on installation', () => {
    const scripts = Object.keys(manifest.scripts as object);
    expect(scripts.filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
  });
});

describe('hosts', () => {
  function host(files: Record<string, string>) {
    const folder = makeFolder(files);
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules', 'tempo-codemods'));
    symlinkSync(join(root, 'node_modules', '@ast-grep'), join(folder, 'node_modules', '@ast-grep'));
    return folder;
  }
  function node(folder: string, file: string) {
    const { stdout, stderr } = spawnSync(process.execPath, [file], {
      cwd: folder,
      env: { ...env, NODE_OPTIONS: '' },
    });
    return { stdout: stdout.toString(), stderr: stderr.toString() };
  }
  const USE = `
    const source = 'import charms.tempo_k8s.v1.charm_tracing\\n';
    const step = transforms['rename-lib-modules'];
    const result = applyTransforms(source, [step], { path: 'src/charm.py', charm: {} });
    console.log(result.status, step === single);
  `;

  it('can require it from CommonJS', () => {
    const folder = host({
      'main.cjs': `
        const { applyTransforms, transforms } = require('tempo-codemods');
        const single = require('tempo-codemods/transforms/rename-lib-modules').default;
        require('tempo-codemods/kit'); require('tempo-codemods/testing'); require('tempo-codemods/package.json');
        ${USE}`,
    });
    expect(node(folder, 'main.cjs').stdout).toBe('changed true\n');
  });

  it('can bundle it, with the native packages external', async () => {
    const folder = host({
      'main.mjs': `
        import { applyTransforms, transforms } from 'tempo-codemods';
        import single from 'tempo-codemods/transforms/rename-lib-modules';
        ${USE}`,
    });
    await build({
      entryPoints: [join(folder, 'main.mjs')],
      outfile: join(folder, 'out.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['@ast-grep/napi', '@ast-grep/lang-python', 'jiti'],
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      logLevel: 'silent',
    });
    const bundled = makeFolder({ 'out.mjs': readFileSync(join(folder, 'out.mjs'), 'utf8') });
    mkdirSync(join(bundled, 'node_modules'));
    symlinkSync(join(root, 'node_modules', '@ast-grep'), join(bundled, 'node_modules', '@ast-grep'));
    symlinkSync(join(root, 'node_modules', 'jiti'), join(bundled, 'node_modules', 'jiti'));
    expect(node(bundled, 'out.mjs')).toEqual({ stdout: 'changed true\n', stderr: '' });
  });

  it.each([
    [
      'before it, without Python',
      'registerDynamicLanguage({}); parsePython("x");',
      'ast-grep knows no Python in this process',
    ],
    [
      'before it, with Python',
      'registerDynamicLanguage({ python }); parsePython("x"); console.log("parsed");',
      'parsed',
    ],
    [
      'after it',
      'parsePython("x"); registerDynamicLanguage({}); parsePython("y"); console.log("parsed");',
      'parsed',
    ],
  ])('may register ast-grep languages %s', (_title, code, wanted) => {
    const folder = host({
      'main.mjs': `
        import { registerDynamicLanguage } from '@ast-grep/napi';
        import python from '@ast-grep/lang-python';
        import { parsePython } from 'tempo-codemods/kit';
        ${code}`,
    });
    const { stdout, stderr } = node(folder, 'main.mjs');
    expect(stdout + stderr).toContain(wanted);
  });
});

it('has no other entries than those written down', () => {
  expect(Object.keys(manifest.exports as object)).toEqual([
    '.',
    './transforms/*',
    './kit',
    './testing',
    './package.json',
  ]);
});
