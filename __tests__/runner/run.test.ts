/** A run as a library call: selection, roots, failures, the git guard. */
import { chmodSync, readFileSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { RunOutcome } from '../../runner/result.js';
import { run } from '../../runner/run.js';
import { defineTransform, type TransformSpec } from '../../transforms/kit/transform.js';
import {
  commitAll,
  type Files,
  git,
  makeFolder,
  makeRepository,
  moving,
  renaming,
  snapshot,
  writeFiles,
} from './world.js';

const transforms = [renaming];

function changed(outcome: RunOutcome): string[] {
  return outcome.charms.flatMap((charm) => charm.files.map((file) => `${file.status} ${file.path}`));
}

/** A transform on `old_name` in text files, with parts replaced. */
function variant(
  id: string,
  parts: Partial<TransformSpec<'note', never, Record<never, never>, undefined>>,
): ReturnType<typeof defineTransform> {
  return defineTransform<'note', never, Record<never, never>, undefined>({
    id,
    title: id,
    safety: 'safe',
    language: 'text',
    files: ['**/*'],
    literals: ['old_name'],
    findings: { note: { severity: 'warning', title: 'A note' } },
    ...parts,
  });
}

describe('a monorepo', () => {
  const files: Files = {
    'shared/lib.py': 'old_name\n',
    'charms/b/charmcraft.yaml': 'name: bee\n',
    'charms/b/src/charm.py': 'old_name\n',
    'charms/a/metadata.yaml': 'name: ay\n',
    'charms/a/src/charm.py': 'old_name\n',
    'charms/a/tests/tester/charmcraft.yaml': 'name: tester\n',
    'charms/a/tests/tester/src/charm.py': 'old_name\n',
    'charms/c/charmcraft.yaml': 'name: nothing-here\n',
  };

  test('innermost roots, in a stable order, the rest last', async () => {
    const outcome = await run({ cwd: makeRepository(files), transforms });
    expect(
      outcome.charms.map(({ root, name, scanned, candidates }) => [root, name, scanned, candidates]),
    ).toEqual([
      ['charms/a/tests/tester', 'tester', 2, 1],
      ['charms/a', 'ay', 2, 1],
      ['charms/b', 'bee', 2, 1],
      ['charms/c', null, 1, 0],
      ['.', null, 1, 1],
    ]);
    expect(outcome.summary).toMatchObject({ charms: 5, scanned: 8, candidates: 4, changed: 4, failed: 0 });
    expect(outcome.notices).toEqual([]);
  });

  test('a folder selects what is below, a file itself; paths are relative to the working directory', async () => {
    const top = makeRepository(files);
    const one = await run({ cwd: join(top, 'charms'), paths: ['a', '../shared/lib.py'], transforms });
    expect(changed(one)).toEqual([
      'modified a/tests/tester/src/charm.py',
      'modified a/src/charm.py',
      'modified ../shared/lib.py',
    ]);
    expect(one.charms.map((charm) => charm.root)).toEqual(['a/tests/tester', 'a', '..']);
  });

  test('charm-scope actions run only where a whole root was selected', async () => {
    const top = makeRepository({ ...files, 'charms/b/gone/x': '' });
    const steps = [renaming, moving];
    expect(changed(await run({ cwd: top, paths: ['charms/b'], transforms: steps }))).toEqual([
      'deleted charms/b/gone/x',
      'created charms/b/made.txt',
      'modified charms/b/src/charm.py',
    ]);
    expect(changed(await run({ cwd: top, paths: ['charms/b/src'], transforms: steps }))).toEqual([
      'modified charms/b/src/charm.py',
    ]);
  });

  test('a charm that fails leaves the others', async () => {
    const top = makeRepository(files);
    writeFiles(top, { 'charms/b/src/charm.py': 'old_name # mine\n' });
    const outcome = await run({ cwd: top, transforms, write: true });
    expect(outcome.charms.map((charm) => charm.failed !== null)).toEqual([false, false, true, false, false]);
    expect(readFileSync(join(top, 'charms/a/src/charm.py'), 'utf8')).toBe('new_name\n');
    expect(readFileSync(join(top, 'charms/b/src/charm.py'), 'utf8')).toBe('old_name # mine\n');
  });
});

describe('ignoring', () => {
  test.each([
    [['src'], ['tests/b.py', 'x/tests/c.py']],
    [['tests/**'], ['src/a.py', 'x/tests/c.py']],
    [['**/tests/**'], ['src/a.py']],
    [['*.py'], []],
    [['/tests', 'x/'], ['src/a.py']],
  ])('%j leaves %j', async (ignore, wanted) => {
    const top = makeRepository({
      'src/a.py': 'old_name',
      'tests/b.py': 'old_name',
      'x/tests/c.py': 'old_name',
    });
    const outcome = await run({ cwd: top, transforms, ignore });
    expect(changed(outcome)).toEqual(wanted.map((path) => `modified ${path}`));
  });

  test('patterns count from the working directory and from the repository', async () => {
    const outer = makeFolder({ 'repos/one/tests/a.py': 'old_name', 'repos/one/b.py': 'old_name' });
    commitAll(join(outer, 'repos/one'));
    for (const ignore of [['tests/**'], ['repos/one/tests']]) {
      expect(changed(await run({ cwd: outer, transforms, ignore }))).toEqual(['modified repos/one/b.py']);
    }
  });

  test('what git ignores is left alone unless told otherwise, also when it is named', async () => {
    const top = makeRepository({ '.gitignore': 'build/\n', 'build/a.py': 'old_name', 'b.py': 'old_name' });
    expect(changed(await run({ cwd: top, transforms }))).toEqual(['modified b.py']);
    const named = await run({ cwd: top, paths: ['build/a.py'], transforms });
    expect(changed(named)).toEqual([]);
    expect(named.notices).toContain(
      'build/a.py: ignored by git, so it is left alone; --no-gitignore includes it',
    );
    const all = await run({ cwd: top, transforms, gitignore: false });
    expect(changed(all)).toEqual(['modified b.py', 'modified build/a.py']);
  });
});

describe('the git guard', () => {
  const files: Files = { 'a.py': 'old_name 1\n', 'b.py': 'old_name 2\n', 'c.py': 'no\n' };

  async function refused(top: string, options = {}): Promise<Record<string, string | null>> {
    const before = snapshot(top);
    const outcome = await run({ cwd: top, transforms, write: true, ...options });
    if (outcome.summary.failed === 0) return {};
    expect(snapshot(top)).toEqual(before);
    expect(outcome.charms[0]?.failed).toContain('--allow-dirty');
    return Object.fromEntries(
      outcome.charms.flatMap((charm) => charm.files.map((file) => [file.path, file.error])),
    );
  }

  const other = 'not written, because another file of the charm cannot be';

  test('modified, staged and untracked files are named', async () => {
    const top = makeRepository(files);
    writeFiles(top, { 'a.py': 'old_name 3\n' });
    expect(await refused(top)).toEqual({ 'a.py': 'has uncommitted changes', 'b.py': other });
    git(top, 'add', 'a.py');
    expect(await refused(top)).toEqual({ 'a.py': 'has uncommitted changes', 'b.py': other });
    commitAll(top);
    writeFiles(top, { 'new file.py': 'old_name\n' });
    expect(await refused(top)).toEqual({ 'a.py': other, 'b.py': other, 'new file.py': 'is untracked' });
  });

  test.each(['--assume-unchanged', '--skip-worktree'])('git was told not to look: %s', async (mark) => {
    const top = makeRepository(files);
    git(top, 'update-index', mark, 'a.py');
    writeFiles(top, { 'a.py': 'old_name 3\n' });
    const why = 'is marked assume-unchanged or skip-worktree, so git does not know whether it has changes';
    expect(await refused(top)).toEqual({ 'a.py': why, 'b.py': other });
  });

  test('files that are not written may be dirty', async () => {
    const top = makeRepository(files);
    writeFiles(top, { 'c.py': 'mine\n', 'd.py': 'new\n' });
    expect(await refused(top)).toEqual({});
    expect(snapshot(top)).toMatchObject({ 'a.py': '644 new_name 1\n', 'c.py': '644 mine\n' });
  });

  test('a renamed file is dirty under its new name', async () => {
    const top = makeRepository(files);
    git(top, 'mv', 'a.py', 'e.py');
    expect(await refused(top)).toEqual({ 'b.py': other, 'e.py': 'has uncommitted changes' });
  });

  test('files in an untracked folder, and ignored ones', async () => {
    const top = makeRepository({ ...files, '.gitignore': 'out/\n' });
    writeFiles(top, { 'x/y/z.py': 'old_name\n' });
    expect(await refused(top)).toMatchObject({ 'x/y/z.py': 'is untracked' });
    rmSync(join(top, 'x'), { recursive: true });
    writeFiles(top, { 'out/x/z.py': 'old_name\n' });
    expect(await refused(top, { gitignore: false })).toMatchObject({ 'out/x/z.py': 'is ignored by git' });
  });

  test('a file that would be deleted counts', async () => {
    const top = makeRepository({ 'a.py': 'old_name\n', 'gone/x': 'x\n' });
    writeFiles(top, { 'gone/x': 'mine\n' });
    const errors = await refused(top, { transforms: [renaming, moving] });
    expect(errors).toMatchObject({ 'gone/x': 'has uncommitted changes', 'made.txt': other });
  });

  test('--allow-dirty writes', async () => {
    const top = makeRepository(files);
    writeFiles(top, { 'a.py': 'old_name 3\n' });
    expect(await refused(top, { allowDirty: true })).toEqual({});
    expect(snapshot(top)).toMatchObject({ 'a.py': '644 new_name 3\n' });
  });

  test('outside git there is no safety net, and that is said', async () => {
    const top = makeFolder(files);
    expect((await run({ cwd: top, transforms })).notices).toHaveLength(1);
    const outcome = await run({ cwd: top, transforms, write: true });
    expect(outcome.notices).toContainEqual(expect.stringContaining('there is no safety net'));
    expect(snapshot(top)).toMatchObject({ 'a.py': '644 new_name 1\n' });
  });

  test('a dry run asks nothing', async () => {
    const top = makeRepository(files);
    writeFiles(top, { 'a.py': 'old_name 3\n' });
    expect(changed(await run({ cwd: top, transforms }))).toEqual(['modified a.py', 'modified b.py']);
  });
});

describe('things that go wrong', () => {
  test('a step that throws on a file fails that file, the others are done', async () => {
    const throws = variant('throws', {
      apply(file) {
        if (file.path === 'a.py') throw new Error('oops');
        file.edit.replace({ start: 0, end: 8 }, 'new_name');
      },
    });
    const top = makeRepository({ 'a.py': 'old_name\n', 'b.py': 'old_name\n' });
    const outcome = await run({ cwd: top, transforms: [throws], write: true });
    expect(outcome.charms[0]?.files.map(({ path, status, error }) => [path, status, error])).toEqual([
      ['a.py', 'failed', "transform 'throws' failed: oops"],
      ['b.py', 'modified', null],
    ]);
    expect(outcome.summary).toMatchObject({ changed: 1, failed: 1 });
  });

  test('a step that throws while it plans or concludes is a finding, the other steps are done', async () => {
    const plans = variant('plans', {
      plan() {
        throw new Error('no plan');
      },
      apply: () => undefined,
    });
    const concludes = variant('concludes', {
      conclude() {
        throw new Error('no end');
      },
    });
    const top = makeRepository({ 'a.py': 'old_name\n' });
    const outcome = await run({ cwd: top, transforms: [plans, concludes, renaming] });
    const messages = outcome.charms.flatMap((charm) =>
      charm.findings.map(({ id, message }) => [id, message]),
    );
    expect(messages).toEqual([
      ['verify/transform-failed', "transform 'plans' failed on charm '.': no plan"],
      ['verify/transform-failed', "transform 'concludes' failed on charm '.': no end"],
    ]);
    expect(changed(outcome)).toEqual(['modified a.py']);
    expect(outcome.summary).toMatchObject({ failed: 2, findings: { error: 2 } });
  });

  test('a file that changes between reading and writing is not overwritten', async () => {
    const top = makeRepository({ 'a.py': 'old_name\n', 'b.py': 'old_name\n' });
    const outcome = await run({
      cwd: top,
      transforms,
      write: true,
      review: async () => {
        writeFiles(top, { 'b.py': 'mine\n' });
        return new Set();
      },
      allowDirty: true,
    });
    expect(outcome.charms[0]?.failed).toBe('not every file could be written, so none is');
    expect(outcome.charms[0]?.files).toMatchObject([
      { path: 'a.py', status: 'failed', diff: '' },
      { path: 'b.py', status: 'failed', error: 'changed since it was read' },
    ]);
    expect(snapshot(top)).toEqual({ 'a.py': '644 old_name\n', 'b.py': '644 mine\n' });
  });

  test('a file that vanishes before it is read is named, the others are done', async () => {
    const top = makeRepository({ 'a.py': 'old_name\n', 'b.py': 'old_name\n' });
    const outcome = await run({ cwd: top, transforms, onStart: () => unlinkSync(join(top, 'a.py')) });
    expect(outcome.charms[0]?.files.map(({ path, status, error }) => [path, status, error])).toEqual([
      ['a.py', 'failed', 'cannot be read: it vanished during the run'],
      ['b.py', 'modified', null],
    ]);
    expect(outcome.charms[0]?.findings.map(({ id, file }) => [id, file])).toEqual([
      ['read/unreadable', 'a.py'],
    ]);
  });

  test('a read-only file is named and its charm left as it was', async () => {
    const top = makeRepository({ 'a.py': 'old_name\n', 'b.py': 'old_name\n' });
    chmodSync(join(top, 'b.py'), 0o444);
    const outcome = await run({ cwd: top, transforms, write: true });
    expect(outcome.charms[0]?.files.map(({ path, error }) => [path, error])).toEqual([
      ['a.py', 'not written, because another file of the charm cannot be'],
      ['b.py', 'is read-only'],
    ]);
    expect(snapshot(top)).toEqual({ 'a.py': '644 old_name\n', 'b.py': '444 old_name\n' });
  });

  test('a file that would be created but is there, ignored by git', async () => {
    const top = makeRepository({ '.gitignore': 'made.txt\n', 'a.py': 'old_name\n', 'made.txt': 'mine\n' });
    const outcome = await run({ cwd: top, transforms: [renaming, moving] });
    expect(outcome.charms[0]?.files.map(({ path, error }) => [path, error])).toContainEqual([
      'made.txt',
      'would be created, but is there already (ignored by git, or not text)',
    ]);
    expect(outcome.summary).toMatchObject({ changed: 0, created: 0, failed: 2 });
  });

  test('syntax errors: found before and after, with their place as it is on disk', async () => {
    const python = defineTransform({
      id: 'python-renaming',
      title: 'x',
      safety: 'safe',
      language: 'python',
      literals: ['old_name'],
      rules: { name: { rule: { pattern: 'old_name' }, fix: 'a_longer_name' } },
    });
    const top = makeRepository({ 'a.py': 'old_name = 1\nx = )\ny = 2\n' });
    const dry = await run({ cwd: top, transforms: [python] });
    const wet = await run({ cwd: top, transforms: [python], write: true });
    for (const outcome of [dry, wet]) {
      const [first, ...rest] =
        outcome.charms[0]?.findings.filter(({ id }) => id === 'read/syntax-error') ?? [];
      expect(rest).toEqual([]);
      expect(first).toMatchObject({ severity: 'warning', file: 'a.py', line: 2 });
    }
    expect(readFileSync(join(top, 'a.py'), 'utf8')).toMatch(/^a_longer_name = 1\n/);
  });
});

test('findings have their place in the file as it is on disk after the run', async () => {
  const notes = variant('notes', {
    apply(file) {
      const at = file.text.indexOf('here');
      file.report('note', { message: 'here', help: '', at: { start: at, end: at + 4 } });
    },
    literals: ['here'],
  });
  const longer = variant('longer', {
    apply: (file) => file.edit.replace({ start: 0, end: 8 }, 'a\nb\nc'),
  });
  const top = makeRepository({ 'a.txt': 'old_name\n  here\n' });
  const place = (outcome: RunOutcome) =>
    outcome.charms[0]?.findings.map(({ line, column, endLine, endColumn }) => [
      line,
      column,
      endLine,
      endColumn,
    ]);
  const steps = [notes, longer];
  expect(place(await run({ cwd: top, transforms: steps }))).toEqual([[2, 3, 2, 7]]);
  expect(place(await run({ cwd: top, transforms: steps, write: true }))).toEqual([[4, 3, 4, 7]]);
});

test('groups that a review leaves out are not applied', async () => {
  const top = makeRepository({ 'a.py': 'old_name\n', 'b.py': 'old_name\n' });
  const drafts: string[][] = [];
  const outcome = await run({
    cwd: top,
    transforms,
    write: true,
    review: async (draft) => {
      drafts.push(draft.files.map((file) => file.path));
      return drafts.length === 1 ? new Set(['renaming:a.py']) : new Set();
    },
  });
  expect(drafts).toEqual([['a.py', 'b.py'], ['b.py']]);
  expect(changed(outcome)).toEqual(['modified b.py']);
});

test('an aborted run keeps what is done and says so', async () => {
  const top = makeRepository({
    'a/charmcraft.yaml': '',
    'a/x.py': 'old_name\n',
    'b/charmcraft.yaml': '',
    'b/x.py': 'old_name\n',
  });
  const controller = new AbortController();
  const outcome = await run({
    cwd: top,
    transforms,
    write: true,
    signal: controller.signal,
    onCharm: () => controller.abort(),
  });
  expect(outcome.aborted).toBe(true);
  expect(changed(outcome)).toEqual(['modified a/x.py']);
  expect(snapshot(top)).toMatchObject({ 'a/x.py': '644 new_name\n', 'b/x.py': '644 old_name\n' });
});

test('repositories inside others are worked on by themselves, once', async () => {
  const outer = makeRepository({ 'a.py': 'old_name\n', 'in/b.py': 'old_name\n' });
  git(join(outer, 'in'), 'init', '-q');
  git(outer, 'rm', '-rq', '--cached', 'in');
  const outcome = await run({ cwd: outer, paths: ['.', 'in'], transforms });
  expect(outcome.charms.map((charm) => charm.root)).toEqual(['.', 'in']);
});

test('lean: texts are gone after they were told', async () => {
  const diffs: string[] = [];
  const outcome = await run({
    cwd: makeRepository({ 'a.py': 'old_name\n' }),
    transforms,
    lean: true,
    onCharm: (charm) => {
      diffs.push(...charm.files.map((file) => file.diff));
    },
  });
  expect(diffs[0]).toContain('+new_name');
  expect(outcome.charms[0]?.files).toMatchObject([{ diff: '', before: null, after: null, steps: [] }]);
});

test.each([
  ['a folder with nothing', {}, 'no files here, or git ignores all of them'],
  ['a folder without Python', { 'a.txt': 'x' }, 'and no Python file'],
  ['a library', { 'a.py': 'x' }, 'worked on as a library'],
])('%s: one line, no failure', async (_, files, line) => {
  const outcome = await run({ cwd: makeFolder(files as Files), transforms });
  expect(outcome.notices).toEqual([expect.stringContaining(line)]);
  expect(outcome.summary).toMatchObject({ changed: 0, failed: 0 });
});

describe('the gate of a preset', () => {
  test('a repository without its names is not looked at, whatever else the steps search for', async () => {
    const top = makeRepository({
      'charmcraft.yaml': '',
      'requirements.txt': 'pydantic\n',
      'a.py': 'receivers = 1\n',
    });
    expect((await run({ cwd: top })).summary).toMatchObject({ charms: 1, scanned: 3, candidates: 0 });
    writeFiles(top, { 'README.md': 'Related to tempo-k8s.\n' });
    expect((await run({ cwd: top })).summary).toMatchObject({ candidates: 3 });
  });

  test('the path of a file counts', async () => {
    const top = makeRepository({ 'charmcraft.yaml': '', 'lib/charms/tempo_k8s/v2/__init__.py': '' });
    expect((await run({ cwd: top })).summary).toMatchObject({ candidates: 1 });
  });

  test('a transform of your own stands for itself, also beside a preset', async () => {
    const top = makeRepository({ 'charmcraft.yaml': '', 'a.py': 'old_name\n' });
    const outcome = await run({ cwd: top, presets: ['tempo-coordinator'], transforms });
    expect(changed(outcome)).toEqual(['modified a.py']);
  });
});
