/** Where new libraries come from. */
import { chmodSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { fetchLibrary, libraryFrom, libraryPath } from '../../runner/libs.js';
import { run } from '../../runner/run.js';
import { defineTransform } from '../../transforms/kit/transform.js';
import { applyPatch, makeFolder, makeRepository, renaming, snapshot, writeFiles } from './world.js';

const MODULE = 'charms.tempo_coordinator_k8s.v0.tracing';
const LIBID = 'd2f02b1f8d1244b5989fd55bc3a28943';
const PATH = 'lib/charms/tempo_coordinator_k8s/v0/tracing.py';
const library = (patch: number, { api = '0', id = LIBID } = {}) =>
  `LIBID = "${id}"\nLIBAPI = ${api}\nLIBPATCH = ${patch}\n`;

/** Asks for a library, and for one with a name that would be an option or a command. */
const asking = (...libraries: string[]) =>
  defineTransform({
    id: 'asking',
    title: 'Asks for libraries',
    safety: 'safe',
    language: 'text',
    files: ['**/*'],
    literals: ['old_name', 'new_name'],
    findings: { fetch: { severity: 'info', title: 'Libraries to fetch' } },
    conclude({ charm, act, report }) {
      report('fetch', { message: 'fetch them', help: '' });
      for (const one of libraries) act({ kind: 'fetch', library: one, root: charm.root });
    },
  });

/** A `charmcraft` on PATH that writes down its arguments, and writes or fails. */
function fakeCharmcraft(script: string): void {
  const folder = makeFolder({
    charmcraft: `#!/bin/sh\necho "$PWD $#: $*" >> "${makeFolder()}/log"\n${script}\n`,
  });
  chmodSync(join(folder, 'charmcraft'), 0o755);
  process.env.PATH = `${folder}${delimiter}${PATH_BEFORE}`;
}
const PATH_BEFORE = process.env.PATH ?? '';

describe('from a folder', () => {
  test('charm-libs pins what the folder holds, where the repository pins patches', async () => {
    const folder = makeFolder({ 'lib/charms/tempo_coordinator_k8s/v0/tracing.py': library(11) });
    const entry = (lib: string, version: string) => `  - lib: ${lib}\n    version: "${version}"\n`;
    const cwd = makeRepository({
      'charmcraft.yaml': `name: my-charm\ncharm-libs:\n${entry('data-platform-libs.s3', '0.5')}${entry('tempo-k8s.tracing', '2.10')}`,
    });
    const outcome = await run({ cwd, transforms: ['charm-libs'], libraries: { kind: 'folder', folder } });
    const after = outcome.charms.flatMap((charm) => charm.files).map((file) => file.after);
    expect(after.join()).toContain(entry('tempo-coordinator-k8s.tracing', '0.11'));
  });

  test('the copy with the highest LIBPATCH of the right API and LIBID', async () => {
    const folder = makeFolder({
      'a/lib/charms/tempo_coordinator_k8s/v0/tracing.py': library(9),
      'b/charms/tempo_coordinator_k8s/v0/tracing.py': library(11),
      'c/charms/tempo_coordinator_k8s/v0/tracing.py': library(12, { id: 'f'.repeat(32) }),
      'd/charms/tempo_coordinator_k8s/v0/tracing.py': library(13, { api: '1' }),
      'charms/tempo_coordinator_k8s/v1/tracing.py': library(14, { api: '1' }),
    });
    expect(await libraryFrom(folder, MODULE, LIBID)).toEqual({ path: PATH, text: library(11) });
  });

  test.each([
    ['none there', {}, /has no charms\/tempo_coordinator_k8s\/v0\/tracing\.py/],
    ['the wrong LIBID', { [PATH]: library(1, { id: 'a'.repeat(32) }) }, /LIBID is a+, not d2f0/],
    ['the wrong LIBAPI', { [PATH]: library(1, { api: '2' }) }, /LIBAPI is 2, not 0/],
    ['no library at all', { [PATH]: 'x = 1\n' }, /LIBAPI is missing/],
  ])('%s', async (_, files, problem) => {
    expect(await libraryFrom(makeFolder(files), MODULE, LIBID)).toEqual({
      problem: expect.stringMatching(problem),
    });
  });

  test('a copied library is in the patch and in the written tree', async () => {
    const folder = makeFolder({ [PATH]: library(11) });
    const files = { 'charmcraft.yaml': '', 'a.py': 'old_name\n' };
    const [first, second] = [makeRepository(files), makeRepository(files)];
    const options = {
      transforms: [renaming, asking(MODULE)],
      libraries: { kind: 'folder', folder },
    } as const;
    const dry = await run({ cwd: first, ...options });
    applyPatch(first, dry.charms.flatMap((charm) => charm.files.map((file) => file.diff)).join(''));
    const written = await run({ cwd: second, ...options, write: true });
    expect(written.summary).toMatchObject({ changed: 1, created: 1, failed: 0 });
    for (const { charms } of [dry, written]) expect(charms[0]?.findings).toEqual([]);
    expect(snapshot(second)).toEqual(snapshot(first));
    expect(readFileSync(join(second, PATH), 'utf8')).toBe(library(11));
  });

  test('a library that is not there is a failure that is told', async () => {
    const top = makeRepository({ 'a.py': 'old_name\n' });
    const outcome = await run({
      cwd: top,
      transforms: [renaming, asking(MODULE)],
      libraries: { kind: 'folder', folder: makeFolder() },
      write: true,
    });
    expect(outcome.charms[0]?.findings).toMatchObject([
      { id: 'asking/fetch' },
      { id: 'write/fetch-failed', severity: 'error' },
    ]);
    expect(outcome.summary).toMatchObject({ changed: 1, failed: 1 });
  });
});

describe('by charmcraft', () => {
  const files = { 'c/charmcraft.yaml': '', 'c/a.py': 'old_name\n' };

  test('runs in the charm root after writing, one call for each library', async () => {
    fakeCharmcraft('mkdir -p lib && cat a.py > "lib/$2"');
    const top = makeRepository(files);
    const outcome = await run({
      cwd: top,
      transforms: [renaming, asking(MODULE)],
      libraries: { kind: 'charmcraft' },
      write: true,
    });
    expect(outcome.summary.failed).toBe(0);
    expect(outcome.charms[0]?.findings).toEqual([]);
    expect(readFileSync(join(top, `c/lib/${MODULE}`), 'utf8')).toBe('new_name\n');
  });

  test('not in a dry run, and not without the option', async () => {
    fakeCharmcraft('touch called');
    const top = makeRepository(files);
    await run({ cwd: top, transforms: [renaming, asking(MODULE)], libraries: { kind: 'charmcraft' } });
    await run({ cwd: top, transforms: [renaming, asking(MODULE)], write: true });
    expect(Object.keys(snapshot(top))).not.toContain('c/called');
  });

  test('a failure is told with its own words', async () => {
    fakeCharmcraft('echo "has local changes" >&2; exit 3');
    const top = makeRepository(files);
    const outcome = await run({
      cwd: top,
      transforms: [renaming, asking(MODULE)],
      libraries: { kind: 'charmcraft' },
      write: true,
    });
    expect(outcome.charms[0]?.findings).toMatchObject([
      { id: 'asking/fetch' },
      { id: 'write/fetch-failed', message: expect.stringContaining('has local changes') },
    ]);
    expect(outcome.summary).toMatchObject({ changed: 1, failed: 1 });
  });

  test('a charmcraft that the charm brings along is not run', async () => {
    process.env.PATH = PATH_BEFORE;
    const top = makeRepository({ ...files, 'c/charmcraft': '#!/bin/sh\ntouch owned\n' });
    chmodSync(join(top, 'c/charmcraft'), 0o755);
    expect(await fetchLibrary(join(top, 'c'), MODULE)).toBe(
      'charmcraft is not installed (not found on PATH)',
    );
    expect(Object.keys(snapshot(top))).not.toContain('c/owned');
  });

  test.each(['--help', 'charms.x.v0.y; touch owned', 'charms.x.v0', '$(touch owned)', 'charms.x.v0.y\n'])(
    '%j is no library',
    async (name) => {
      fakeCharmcraft('touch owned');
      const top = makeFolder();
      writeFiles(top, { a: '' });
      expect(await fetchLibrary(top, name)).toContain('is no library');
      expect(snapshot(top)).toEqual({ a: '644 ' });
    },
  );
});

test('where a library lies', () => {
  expect(libraryPath(MODULE)).toBe(PATH);
  expect(libraryPath('../../x')).toBeUndefined();
});
