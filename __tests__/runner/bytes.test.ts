/** Bytes: each odd file with its exact outcome, and `run | git apply`, GNU patch and `--write` give the same tree. */
import { execFileSync, spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RunOutcome } from '../../runner/result.js';
import { run } from '../../runner/run.js';
import { defineTransform, type Transform } from '../../transforms/kit/transform.js';
import {
  applyPatch,
  commitAll,
  type Files,
  makeFolder,
  makeRepository,
  moving,
  renaming,
  snapshot,
} from './world.js';

const transforms: readonly Transform[] = [renaming];

/** The same on the syntax tree. */
const parsing = defineTransform({
  id: 'parsing',
  title: 'Parses',
  safety: 'safe',
  language: 'python',
  literals: ['old_name'],
  rules: { name: { rule: { pattern: 'old_name' }, fix: 'new_name' } },
});

function patchOf(outcome: RunOutcome): string {
  return outcome.charms.flatMap((charm) => charm.files.map((file) => file.diff)).join('');
}

/** Runs three times on copies of the files: a patch for each tool, and a write. Gives the tree that all agree on. */
async function migrate(files: Files, steps = transforms): Promise<Record<string, string>> {
  const [first, second, third] = [makeRepository(files), makeRepository(files), makeRepository(files)];
  const patch = patchOf(await run({ cwd: first, transforms: steps }));
  expect(snapshot(first)).toEqual(snapshot(second));
  applyPatch(first, patch, 'git');
  applyPatch(second, patch, 'patch');
  const written = await run({ cwd: third, transforms: steps, write: true });
  expect(written.summary.failed).toBe(0);
  expect(snapshot(first)).toEqual(snapshot(third));
  expect(snapshot(second)).toEqual(snapshot(third));
  expect(patchOf(await run({ cwd: third, transforms: steps.filter((one) => one.id !== 'moving') }))).toBe('');
  return snapshot(third);
}

/** Root may make device files, where the system lets it. */
const canMakeDevices =
  spawnSync('sh', ['-c', 'd=$(mktemp -u) && mknod "$d" c 1 3 && head -c 1 "$d"; s=$?; rm -f "$d"; exit $s'])
    .status === 0;
if (!canMakeDevices) console.warn('SKIPPED: device files in a repository, because none can be made here');

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

const file = (content: string | Buffer) => `644 ${Buffer.from(content).toString('latin1')}`;

describe('edited, and every other byte kept', () => {
  const cases: readonly [string, string][] = [
    ['CRLF', 'a\r\nold_name\r\n'],
    ['mixed line endings', 'a\r\nold_name\nb\r\n'],
    ['lone CR', 'a\rold_name\rb'],
    ['a byte order mark', '\ufeffold_name\n'],
    ['no newline at the end', 'x\nold_name'],
    ['form feeds and tabs', '\f\n\told_name\f\n'],
    ['leading blank lines', '\n\n  old_name\n'],
    ['characters beyond the BMP before and inside the line', '😀\n"😀" + old_name + "𝒳"\n'],
    ['line separators', 'a\u2028old_name\u2029\u0085\n'],
    ['control characters', '\u001b[31mold_name\u0007\u007f\n'],
    ['a line of a megabyte', `${'x'.repeat(2 ** 20)} old_name ${'y'.repeat(2 ** 20)}\n`],
    ['a UTF-8 coding cookie', '# -*- coding: utf-8 -*-\nold_name = 1\n'],
    ['a cookie in the third line, which is none', '#\n#\n# coding: latin-1\nold_name = 1\n'],
    ['a cookie below code, which is none', 'x = 1\n# coding: latin-1\nold_name = 1\n'],
  ];
  const path = (index: number) => `${index}.py`;
  let tree: Record<string, string> = {};
  beforeAll(async () => {
    tree = await migrate(Object.fromEntries(cases.map(([, content], index) => [path(index), content])));
  });

  test.each(cases.map(([name, content], index) => ({ name, content, index })))(
    '$name',
    ({ content, index }) => {
      expect(tree[path(index)]).toBe(file(content.replaceAll('old_name', 'new_name')));
    },
  );

  describe('through the parser', () => {
    const python: readonly [string, string][] = [
      ['CRLF', 'a = 1\r\nb = old_name\r\n'],
      ['mixed line endings', 'a = 1\r\nb = old_name\nc = old_name\r\n'],
      ['a lone CR in a comment', '# a\rb\nold_name\n'],
      ['a byte order mark', '\ufeffold_name = 1\n'],
      ['a byte order mark and a character beyond the BMP', '\ufeff# 😀\nold_name = "😀" + old_name\n'],
      ['no newline at the end', 'a = old_name'],
      ['form feeds and tabs', '\fdef f():\n\treturn old_name\n\f\nold_name\n'],
      ['characters beyond the BMP in front and behind', 'x = "😀𝒳", old_name, "𝒳"; y = old_name\n'],
      [
        'combining characters and line separators',
        'x = "e\u0301\u2028", old_name\n# \u0085\u2029\nold_name\n',
      ],
      ['control characters', 'x = "\u001b[31m\u0007", old_name\n'],
      ['a line of a megabyte', `x = [${'1, '.repeat(350_000)}old_name]\n`],
    ];
    let tree: Record<string, string> = {};
    beforeAll(async () => {
      const files = Object.fromEntries(python.map(([, content], index) => [`${index}.py`, content]));
      tree = await migrate(files, [parsing]);
    });

    test.each(python.map(([name, content], index) => ({ name, content, index })))(
      '$name',
      ({ content, index }) => {
        expect(tree[`${index}.py`]).toBe(file(content.replaceAll('old_name', 'new_name')));
      },
    );
  });

  test('lone CR as line endings: no line ends for the parser, so nothing is edited, and that is told', async () => {
    const content = 'a = 1\rb = old_name\rc = 2';
    const top = makeRepository({ 'a.py': content });
    const outcome = await run({ cwd: top, transforms: [parsing], write: true });
    expect(outcome.charms.flatMap((charm) => charm.findings.map(({ id, line }) => [id, line]))).toEqual([
      ['read/syntax-error', 1],
      ['verify/syntax', 1],
    ]);
    expect(snapshot(top)).toEqual({ 'a.py': file(content) });
  });

  test('20 MB', async () => {
    const content = `${'some line of code = "with a string in it"\n'.repeat(500_000)}old_name\n`;
    expect(content.length).toBeGreaterThan(20_000_000);
    const top = makeRepository({ 'a.txt': content });
    await run({ cwd: top, transforms, write: true });
    expect(readFileSync(join(top, 'a.txt'), 'utf8')).toBe(content.replace('old_name', 'new_name'));
  });

  test('20 MB of Python', async () => {
    const content = `${'line = call("with a string in it", [1, 2])\n'.repeat(470_000)}old_name\n`;
    expect(content.length).toBeGreaterThan(20_000_000);
    const top = makeRepository({ 'a.py': content });
    await run({ cwd: top, transforms: [parsing], write: true });
    expect(readFileSync(join(top, 'a.py'), 'utf8') === content.replace('old_name', 'new_name')).toBe(true);
  });

  test('parentheses 10,000 deep', async () => {
    const content = `${'('.repeat(10_000)}old_name${')'.repeat(10_000)}\n`;
    expect(await migrate({ 'a.py': content }, [parsing])).toEqual({
      'a.py': file(content.replace('old', 'new')),
    });
  });
});

describe('names', () => {
  const names = [
    'with space.py',
    'quote".py',
    "apo'strophe.py",
    'new\nline.py',
    'tab\t.py',
    'emoji 😀.py',
    'é.py',
    'back\\slash.py',
    '[a]*?.py',
    '-n',
    '$(touch owned)',
  ];
  let tree: Record<string, string> = {};
  beforeAll(async () => {
    tree = await migrate(Object.fromEntries(names.map((name) => [`dir ${name}/${name}`, 'old_name\n'])));
  });

  test.each(names)('%j', (name) => {
    expect(tree[`dir ${name}/${name}`]).toBe(file('new_name\n'));
  });

  test('twins that differ in case only', async () => {
    expect(await migrate({ 'a.py': 'old_name 1\n', 'A.py': 'old_name 2\n' })).toEqual({
      'A.py': file('new_name 2\n'),
      'a.py': file('new_name 1\n'),
    });
  });

  test('a name that is not UTF-8 is skipped and told', async () => {
    const top = makeRepository({ 'ok.py': 'old_name\n' });
    const name = Buffer.concat([Buffer.from(`${top}/caf`), Buffer.from([0xe9]), Buffer.from('.py')]);
    writeFileSync(name, 'old_name\n');
    commitAll(top);
    const outcome = await run({ cwd: top, transforms, write: true });
    expect(outcome.notices).toEqual([
      expect.stringMatching(/^caf\ufffd\.py: its name is not UTF-8/),
      NO_CHARM,
    ]);
    expect(readFileSync(name, 'utf8')).toBe('old_name\n');
    expect(outcome.summary).toMatchObject({ changed: 1, failed: 0 });
  });
});

const NO_CHARM = expect.stringContaining('no charm here');

describe('creating and deleting', () => {
  test('files come and go with their folders', async () => {
    const tree = await migrate(
      { 'charmcraft.yaml': 'name: old_name\n', 'x/gone/a.txt': 'a', 'x/gone/empty': '', 'keep/a': 'b' },
      [renaming, moving],
    );
    expect(tree).toEqual({
      'charmcraft.yaml': file('name: new_name\n'),
      'keep/a': file('b'),
      'made.txt': file('made\n'),
    });
  });
});

describe('left alone, and told when it matters', () => {
  const latin1 = Buffer.from('# -*- coding: latin-1 -*-\nname = "caf\u00e9"  # old_name\n', 'latin1');

  const cases: readonly [string, string, string | Buffer, readonly string[]][] = [
    ['latin-1 with a coding cookie', 'py', latin1, ['read/not-utf8']],
    [
      'a cookie in the second line',
      'py',
      '#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nold_name\n',
      ['read/not-utf8'],
    ],
    ['latin-1 without a cookie', 'txt', Buffer.from('caf\u00e9 old_name\n', 'latin1'), ['read/not-utf8']],
    [
      'a surrogate in UTF-8 form',
      'py',
      Buffer.from([...Buffer.from('old_name '), 0xed, 0xa0, 0x80]),
      ['read/not-utf8'],
    ],
    ['NUL in Python', 'py', 'old_name\0\n', ['read/not-utf8']],
    [
      'binary with a Python name',
      'py',
      Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0xfe]), Buffer.from('old_name')]),
      ['read/not-utf8'],
    ],
    ['binary without a Python name', 'png', 'old_name\0\u0001', []],
    ['UTF-16, little endian', 'py', utf16('\ufeffold_name\n'), ['read/not-utf8']],
    ['UTF-16, big endian', 'py', utf16('\ufeffold_name\n').swap16(), ['read/not-utf8']],
    ['UTF-16 without a mark, little endian', 'py', utf16('# é\nold_name\n'), ['read/not-utf8']],
    [
      'UTF-16 without a mark, big endian',
      'pyi',
      utf16(`${'# Grüße\n'.repeat(9000)}old_name\n`).swap16(),
      ['read/not-utf8'],
    ],
    ['UTF-16 with a mark, as PowerShell writes it', 'txt', utf16('\ufeffold_name\r\n'), ['read/not-utf8']],
    ['UTF-16 without a mark in what is no Python', 'exe', utf16('MZ old_name'), []],
    ['UTF-16 that does not mention the name', 'py', utf16('\ufeffold name\n'), []],
    ['a mark and nothing more', 'py', Buffer.from([0xff, 0xfe]), []],
    ['half a character at the end', 'py', Buffer.from([...utf16('\ufeffold_name'), 0x20]), ['read/not-utf8']],
    ['an empty file', 'py', '', []],
    ['latin-1 that does not mention the name', 'py', Buffer.from('caf\u00e9\n', 'latin1'), []],
  ];
  const path = (index: number) => `${index}.${cases[index]?.[1]}`;
  const files = Object.fromEntries(cases.map(([, , content], index) => [path(index), content]));
  let top = '';
  let outcome: RunOutcome | undefined;
  beforeAll(async () => {
    top = makeRepository({ ...files, 'other.py': 'old_name\n' });
    outcome = await run({ cwd: top, transforms, write: true });
  });

  test.each(cases.map(([name, , content, ids], index) => ({ name, content, ids, index })))(
    '$name',
    ({ content, ids, index }) => {
      const all = outcome?.charms.flatMap((charm) => charm.findings) ?? [];
      const findings = all.filter((finding) => finding.file === path(index));
      expect(findings.map((finding) => finding.id)).toEqual(ids);
      for (const finding of findings) expect(finding).toMatchObject({ severity: 'warning', line: null });
      expect(readFileSync(join(top, path(index)))).toEqual(Buffer.from(content));
    },
  );

  test('UTF-16 is named, with the way out', () => {
    const at = cases.findIndex(([name]) => name === 'UTF-16, big endian');
    const all = outcome?.charms.flatMap((charm) => charm.findings) ?? [];
    expect(all.find((finding) => finding.file === path(at))).toMatchObject({
      message: `${path(at)} is UTF-16; it mentions the libraries and was skipped`,
      help: 'Save it as UTF-8 (in an editor, or with `iconv -f UTF-16 -t UTF-8`) and run again, or migrate it by hand.',
    });
  });

  test('the others are still processed', () => {
    expect(readFileSync(join(top, 'other.py'), 'utf8')).toBe('new_name\n');
    expect(outcome?.summary).toMatchObject({ changed: 1, failed: 0 });
  });

  test('FIFO, socket and folder with a Python name', async () => {
    for (const useGit of [true, false]) {
      const top = makeFolder({ 'ok.py': 'old_name\n' });
      execFileSync('mkfifo', [join(top, 'fifo.py')]);
      mkdirSync(join(top, 'folder.py'));
      const server = createServer();
      await new Promise<void>((resolve) => {
        server.listen(join(top, 'socket.py'), resolve);
      });
      if (useGit) commitAll(top);
      const outcome = await run({ cwd: top, transforms });
      await new Promise((resolve) => {
        server.close(resolve);
      });
      expect(outcome.summary).toMatchObject({ scanned: 1, changed: 1, failed: 0 });
    }
  });

  test('a tracked file that became a FIFO', async () => {
    const top = makeRepository({ 'a.py': 'old_name\n', 'b.py': 'old_name\n' });
    execFileSync('rm', [join(top, 'a.py')]);
    execFileSync('mkfifo', [join(top, 'a.py')]);
    const outcome = await run({ cwd: top, transforms });
    expect(outcome.notices).toContainEqual('a.py: not a regular file, skipped');
    expect(outcome.summary).toMatchObject({ changed: 1, failed: 0 });
  });

  test('a tracked file that became a socket', async () => {
    const top = makeRepository({ 'a.py': 'old_name\n', 'b.py': 'old_name\n' });
    execFileSync('rm', [join(top, 'a.py')]);
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(join(top, 'a.py'), resolve);
    });
    const outcome = await run({ cwd: top, transforms, write: true });
    await new Promise((resolve) => {
      server.close(resolve);
    });
    expect(outcome.notices).toContainEqual('a.py: not a regular file, skipped');
    expect(outcome.summary).toMatchObject({ changed: 1, failed: 0 });
  });

  (canMakeDevices ? test : test.skip)('a tracked file that became a device without end', async () => {
    for (const [kind, minor] of [
      ['zero', '5'],
      ['full', '7'],
      ['null', '3'],
    ] as const) {
      const top = makeRepository({ 'a.py': 'old_name\n', 'b.py': 'old_name\n' });
      execFileSync('rm', [join(top, 'a.py')]);
      execFileSync('mknod', [join(top, 'a.py'), 'c', '1', minor]);
      const outcome = await run({ cwd: top, transforms, write: true });
      expect([kind, outcome.notices]).toEqual([kind, ['a.py: not a regular file, skipped', NO_CHARM]]);
      expect(outcome.summary).toMatchObject({ changed: 1, failed: 0 });
      expect(snapshot(top)).toEqual({ 'a.py': 'special', 'b.py': file('new_name\n') });
    }
  });

  test('named on the command line, a device is refused', async () => {
    const outcome = await run({ cwd: makeFolder(), paths: ['/dev/zero'], transforms });
    expect(outcome.problems).toEqual([expect.stringContaining('neither a file nor a folder')]);
  });
});

describe('links', () => {
  test('a symlink inside is edited once, under the path of its target', async () => {
    const top = makeRepository({ 'real/a.py': 'old_name\n' });
    symlinkSync('real/a.py', join(top, 'link.py'));
    symlinkSync('real', join(top, 'folder'));
    commitAll(top);
    for (const paths of [['.'], ['link.py'], ['folder'], ['folder/a.py', 'link.py', 'real']]) {
      const outcome = await run({ cwd: top, paths, transforms });
      expect(outcome.charms.flatMap((charm) => charm.files.map((one) => one.path))).toEqual(['real/a.py']);
    }
    await run({ cwd: top, paths: ['link.py'], transforms, write: true });
    expect(snapshot(top)).toEqual({
      folder: '-> real',
      'link.py': '-> real/a.py',
      'real/a.py': file('new_name\n'),
    });
  });

  test('nothing is written through a symlink that leads outside', async () => {
    const outside = makeFolder({ 'a.py': 'old_name\n' });
    const top = makeRepository({ 'b.py': 'old_name\n' });
    symlinkSync(join(outside, 'a.py'), join(top, 'a.py'));
    symlinkSync(outside, join(top, 'sub'));
    commitAll(top);
    const all = await run({ cwd: top, transforms, write: true });
    expect(all.charms.flatMap((charm) => charm.files.map((one) => one.path))).toEqual(['b.py']);
    const named = await run({ cwd: top, paths: ['a.py'], transforms, write: true });
    expect(named.problems).toEqual([expect.stringContaining('a.py: a symlink that leads outside')]);
    expect(snapshot(outside)).toEqual({ 'a.py': file('old_name\n') });
  });

  test('a tracked folder that became a symlink to the outside', async () => {
    const outside = makeFolder({ 'a.py': 'old_name\n' });
    const top = makeRepository({ 'sub/a.py': 'old_name\n', 'b.py': 'old_name\n' });
    execFileSync('rm', ['-r', join(top, 'sub')]);
    symlinkSync(outside, join(top, 'sub'));
    const outcome = await run({ cwd: top, transforms, write: true, allowDirty: true });
    expect(outcome.charms.flatMap((charm) => charm.files.map((one) => one.path))).toEqual(['b.py']);
    expect(snapshot(outside)).toEqual({ 'a.py': file('old_name\n') });
  });

  test('symlinks in a circle, and to nowhere', async () => {
    for (const useGit of [true, false]) {
      const top = makeFolder({ 'sub/a.py': 'old_name\n' });
      symlinkSync('..', join(top, 'sub', 'up'));
      symlinkSync('y', join(top, 'x'));
      symlinkSync('x', join(top, 'y'));
      symlinkSync('nowhere.py', join(top, 'dangling.py'));
      if (useGit) commitAll(top);
      const outcome = await run({ cwd: top, transforms });
      expect(outcome.summary).toMatchObject({ changed: 1, failed: 0 });
      expect(outcome.notices).toEqual([
        'dangling.py: a symlink that leads nowhere, skipped',
        'x: a symlink that leads nowhere, skipped',
        'y: a symlink that leads nowhere, skipped',
        NO_CHARM,
      ]);
    }
  });

  describe('hard links part ways', () => {
    const linked = (...names: string[]) => {
      const top = makeRepository({ 'a.py': 'old_name\n' });
      for (const name of names) linkSync(join(top, 'a.py'), join(top, name));
      commitAll(top);
      return top;
    };
    const told = (outcome: RunOutcome) =>
      outcome.charms.flatMap((charm) =>
        charm.findings.map(({ id, severity, message }) => [id, severity, message]),
      );

    test('all names are edited: nothing to tell', async () => {
      const top = linked('b.py');
      expect(told(await run({ cwd: top, transforms, write: true }))).toEqual([]);
      expect(snapshot(top)).toEqual({ 'a.py': file('new_name\n'), 'b.py': file('new_name\n') });
    });

    test.each([false, true])('a name is not selected: told, write %s', async (write) => {
      const top = linked('b.py');
      const outcome = await run({ cwd: top, paths: ['a.py'], transforms, write });
      expect(told(outcome)).toEqual([
        [
          'write/hard-link',
          'warning',
          'a.py has another name (a hard link) outside this run; a write replaces the file, and there the old text stays',
        ],
      ]);
      expect(outcome.summary).toMatchObject({ changed: 1, failed: 0 });
      const edited = file(write ? 'new_name\n' : 'old_name\n');
      expect(snapshot(top)).toEqual({ 'a.py': edited, 'b.py': file('old_name\n') });
      // They are two files now.
      if (write) expect(told(await run({ cwd: top, transforms, write }))).toEqual([]);
    });

    test('two of four names are outside the repository', async () => {
      const top = linked('b.py');
      const outside = makeFolder();
      for (const name of ['x.py', 'y.py']) linkSync(join(top, 'a.py'), join(outside, name));
      const outcome = await run({ cwd: top, transforms, write: true });
      expect(told(outcome)).toEqual(
        ['a.py', 'b.py'].map((path) => [
          'write/hard-link',
          'warning',
          `${path} has 2 other names (hard links) outside this run; a write replaces the file, and there the old text stays`,
        ]),
      );
      expect(snapshot(outside)).toEqual({ 'x.py': file('old_name\n'), 'y.py': file('old_name\n') });
    });

    test.each([false, true])('a name belongs to another charm of the run, write %s', async (write) => {
      const top = makeFolder({ 'a/charmcraft.yaml': '', 'a/x.py': 'old_name\n', 'b/charmcraft.yaml': '' });
      linkSync(join(top, 'a/x.py'), join(top, 'b/x.py'));
      commitAll(top);
      const outcome = await run({ cwd: top, transforms, write });
      expect(told(outcome)).toEqual([]);
      expect(outcome.summary).toMatchObject({ changed: 2, failed: 0 });
    });

    test('a name that is deleted, and one that is only read, are nothing to tell', async () => {
      const top = makeFolder({ 'a.py': 'old_name\n', 'gone/x': 'x\n', 'c.txt': 'other\n' });
      linkSync(join(top, 'gone/x'), join(makeFolder(), 'x'));
      linkSync(join(top, 'c.txt'), join(makeFolder(), 'c'));
      commitAll(top);
      expect(told(await run({ cwd: top, transforms: [renaming, moving], write: true }))).toEqual([]);
    });
  });
});

test('a step that makes a lone surrogate fails its charm, and nothing is written', async () => {
  const broken = defineTransform({
    id: 'broken-text',
    title: 'Half of an emoji',
    safety: 'safe',
    language: 'text',
    files: ['**/*'],
    literals: ['old_name'],
    apply: (one) => one.edit.replace({ start: 0, end: 8 }, '\ud83d'),
  });
  const top = makeRepository({ 'a.txt': 'old_name\n' });
  const outcome = await run({ cwd: top, transforms: [broken], write: true });
  expect(outcome.charms[0]?.files).toMatchObject([
    { status: 'failed', error: 'its new text is not valid Unicode' },
  ]);
  expect(snapshot(top)).toEqual({ 'a.txt': file('old_name\n') });
});
