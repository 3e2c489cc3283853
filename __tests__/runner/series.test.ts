import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { seriesOf } from '../../runner/series.js';
import { splitPatches } from '../../runner/split-patches.js';
import { charmFiles, outcomeOf, vendored } from './report/sample.js';
import { applyPatch, command, commitAll, git, makeFolder, makeRepository, snapshot } from './world.js';

const files = { ...charmFiles(), 'charmcraft.yaml': 'name: cats\ntype: charm\n' };

describe('seriesOf', () => {
  it('has one part for each transform, in order', () => {
    const parts = seriesOf(outcomeOf([{ files }]));
    expect(parts.map(({ transform, changes }) => [transform.id, changes.map((one) => one.path)])).toEqual([
      ['rename-lib-modules', ['src/charm.py', 'tests/test_charm.py']],
      ['charm-tracing-config', ['src/charm.py']],
      ['vendored-libs', ['lib/charms/tempo_k8s/v2/tracing.py']],
    ]);
  });

  it('a transform that comes back to a file has a second part', () => {
    const [charm] = outcomeOf([{ files }]).charms;
    if (!charm) throw new Error('no charm');
    const steps = ['a', 'b', 'c'].map((text, index) => ({
      transform: index === 1 ? 'charm-tracing-config' : 'rename-lib-modules',
      before: index === 0 ? '' : 'abc'.slice(0, index),
      after: 'abc'.slice(0, index + 1),
      edits: [{ start: index, end: index, text, group: 'g' }],
    }));
    const file = {
      ...charm.files[0],
      path: 'x',
      status: 'modified' as const,
      before: '',
      after: 'abc',
      steps,
    };
    const outcome = outcomeOf([{ files }]);
    const parts = seriesOf({
      ...outcome,
      charms: [{ ...charm, files: [{ ...file, charm: '.', diff: '', error: null, transforms: [] }] }],
    });
    expect(parts.map(({ transform, changes }) => [transform.id, changes[0]?.after])).toEqual([
      ['rename-lib-modules', 'a'],
      ['charm-tracing-config', 'ab'],
      ['rename-lib-modules', 'abc'],
    ]);
  });

  it('nothing changed, no parts', () => {
    expect(seriesOf(outcomeOf([{ files: { 'a.py': 'x = 1\n' } }], { transforms: [vendored] }))).toEqual([]);
  });
});

describe('--split-patches', () => {
  it('gives patches that apply in order to what the whole run gives', async () => {
    const folder = makeRepository(files);
    const patches = join(makeFolder(), 'patches');
    const run = await command(folder, ['run', '--split-patches', patches]);
    expect(run.code).toBe(0);
    execFileSync('sh', ['-c', `git apply ${patches}/*.patch`], { cwd: folder });
    const split = snapshot(folder);
    git(folder, 'checkout', '-q', '.');
    git(folder, 'clean', '-qfd');
    await command(folder, ['run', '--write']);
    expect(split).toEqual(snapshot(folder));
    const again = await command(folder, ['run', '--split-patches', patches]);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('give an empty folder') });
  });

  const nested = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`charms/my cat/${path}`, text]),
  );

  it.each([
    ['git apply in the folder of the run', 'git apply "$@"', 'charms'],
    ['git apply at the top', 'git apply "$@"', '.'],
    [
      'GNU patch at the top',
      'for one; do patch -p1 --quiet --binary --no-backup-if-mismatch < "$one"; done',
      '.',
    ],
  ])('are made in a folder of the work tree and apply: %s', async (_, script, where) => {
    const folder = makeRepository(nested);
    const patches = join(makeFolder(), 'patches');
    const { code, stdout } = await command(join(folder, 'charms'), ['run', '--split-patches', patches]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('+++ b/charms/my cat/src/charm.py\t\n')]);
    const names = readdirSync(patches).sort();
    expect(names.length).toBeGreaterThan(2);
    execFileSync('sh', ['-ec', script, 'sh', ...names.map((name) => join(patches, name))], {
      cwd: join(folder, where),
    });
    const split = snapshot(folder);
    git(folder, 'checkout', '-q', '.');
    git(folder, 'clean', '-qfd');
    // The same folder takes the patch of the whole run.
    applyPatch(join(folder, 'charms'), stdout);
    expect(split).toEqual(snapshot(folder));
    git(folder, 'checkout', '-q', '.');
    git(folder, 'clean', '-qfd');
    await command(join(folder, 'charms'), ['run', '--write']);
    expect(split).toEqual(snapshot(folder));
  });

  it('outside git paths are relative to the folder of the run', async () => {
    const folder = makeFolder(nested);
    const twin = makeFolder(nested);
    const patches = join(makeFolder(), 'patches');
    await command(join(folder, 'charms'), ['run', '--split-patches', patches]);
    for (const name of readdirSync(patches).sort()) {
      applyPatch(join(folder, 'charms'), readFileSync(join(patches, name), 'utf8'), 'patch');
    }
    await command(join(twin, 'charms'), ['run', '--write']);
    expect(snapshot(folder)).toEqual(snapshot(twin));
  });

  it('says what each one is for', () => {
    const [first] = splitPatches(outcomeOf([{ files }]), '/');
    expect(first?.name).toBe('01-rename-lib-modules.patch');
    expect(first?.text).toMatch(
      /^Point imports at .*\n\nIts place: .*\nTransform: rename-lib-modules \(tempo-codemods\)\n\ndiff --git /,
    );
  });
});

describe('--commit', () => {
  const identity = {
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@x',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@x',
  };

  it('makes one commit for each transform and leaves a clean tree', async () => {
    const folder = makeRepository(files);
    // A hook that would refuse.
    writeFileSync(join(folder, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n');
    chmodSync(join(folder, '.git/hooks/pre-commit'), 0o755);
    const twin = makeRepository(files);
    await command(twin, ['run', '--write']);
    const { code, stderr } = await command(folder, ['run', '--commit', '-q'], { env: identity });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(git(folder, 'status', '--porcelain')).toBe('');
    expect(snapshot(folder)).toEqual(snapshot(twin));
    const log = git(folder, 'log', '--reverse', '--format=%s').trim().split('\n');
    expect(log[0]).toBe('x');
    expect(log).toContain('Point imports at the tempo_coordinator_k8s libraries');
    expect(log.length).toBeGreaterThan(3);
    expect(git(folder, 'log', '-1', '--format=%B')).toContain('Transform: ');
  });

  it('works where git changes line endings', async () => {
    const folder = makeFolder(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')])),
    );
    git(folder, 'init', '-q');
    git(folder, 'config', 'core.autocrlf', 'true');
    commitAll(folder);
    const { code } = await command(folder, ['run', '--commit', '-q'], { env: identity });
    expect(code).toBe(0);
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' })).toBe('');
    expect(git(folder, 'show', 'HEAD:src/charm.py')).not.toContain('\r');
  });

  it('refuses a dirty tree, a folder outside git, and --no-gitignore', async () => {
    const folder = makeRepository(files);
    writeFileSync(join(folder, 'charmcraft.yaml'), 'name: dogs\n');
    const before = snapshot(folder);
    expect(await command(folder, ['run', '--commit'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('uncommitted changes'),
    });
    expect(snapshot(folder)).toEqual(before);
    expect(await command(makeFolder(files), ['run', '--commit'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('needs a git repository'),
    });
    expect((await command(folder, ['run', '--commit', '--no-gitignore'])).code).toBe(2);
  });
});

describe('--report', () => {
  it('writes the page', async () => {
    const folder = makeRepository(files);
    const report = join(makeFolder(), 'new', 'report.html');
    const { code, stdout, stderr } = await command(folder, ['run', '--report', report]);
    expect(code).toBe(0);
    expect(stdout).toContain('diff --git');
    expect(stderr).toContain(`Report: ${report}`);
    expect(execFileSync('head', ['-c', '15', report], { encoding: 'utf8' })).toBe('<!doctype html>');
  });
});
