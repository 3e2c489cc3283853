/** Patches: `git apply` and GNU patch give the bytes that a write gives. */
import { rmSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gitPatch } from '../../runner/patch.js';
import { applyPatch, makeFolder, snapshot } from './world.js';

interface Pair {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Applies the patch of all pairs to the old files, and compares with the new ones. */
function check(pairs: readonly Pair[], tools: readonly ('git' | 'patch')[] = ['git', 'patch']): void {
  const patch = pairs.map(gitPatch).join('');
  const files = (side: 'before' | 'after') =>
    Object.fromEntries(
      pairs.flatMap((pair) => {
        const text = pair[side];
        return text === null ? [] : [[pair.path, text]];
      }),
    );
  const wanted = makeFolder(files('after'));
  for (const tool of tools) {
    const folder = makeFolder(files('before'));
    if (patch !== '') applyPatch(folder, patch, tool);
    expect(snapshot(folder)).toEqual(snapshot(wanted));
    rmSync(folder, { recursive: true });
  }
}

test.each<[string, string | null, string | null]>([
  ['LF', 'a\nb\nc\n', 'a\nB\nc\n'],
  ['CRLF', 'a\r\nb\r\nc\r\n', 'a\r\nB\r\nc\r\n'],
  ['mixed line endings', 'a\r\nb\nc\r\n', 'a\r\nB\nC\r\n'],
  ['a lone CR', 'a\rb\nc\n', 'a\rB\nc\n'],
  ['a byte order mark', '\ufeffa\nb\n', '\ufeffA\nb\n'],
  ['no newline at the end, kept', 'a\nb', 'A\nb'],
  ['no newline at the end, in the changed line', 'a\nb', 'a\nB'],
  ['a newline added at the end', 'a\nb', 'a\nb\n'],
  ['a newline removed at the end', 'a\nb\n', 'a\nb'],
  ['form feed and line separators', 'a\f\nb\u2028c\u0085d\n', 'a\f\nB\u2028c\u0085d\n'],
  ['characters beyond the BMP', '😀\nx😀y\n', '😀\nx😀z\n'],
  ['lines that look like a patch', '--- a\n+++ b\n@@ -1 +1 @@\n-x\n', '--- a\n+++ c\n@@ -1 +1 @@\n-x\n'],
  ['a file that becomes empty', 'a\n', ''],
  ['an empty file that gets text', '', 'a\n'],
  ['a new file', null, 'a\nb\n'],
  ['a new empty file', null, ''],
  ['a new file without a newline at the end', null, 'a'],
  ['a deleted file', 'a\nb\n', null],
  ['a deleted empty file', '', null],
  ['a deleted file without a newline at the end', 'a\nb', null],
  ['a long line', `${'x'.repeat(1_000_000)}\nb\n`, `${'x'.repeat(1_000_000)}y\nb\n`],
])('%s', (_, before, after) => {
  check([{ path: 'f.txt', before, after }]);
});

test('no difference, no patch', () => {
  expect(gitPatch({ path: 'a', before: 'x\n', after: 'x\n' })).toBe('');
});

test('two changes far apart make two hunks with three lines of context', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index}\n`);
  const before = lines.join('');
  const after = before.replace('line 5\n', 'five\n').replace('line 30\n', '');
  expect(gitPatch({ path: 'a', before, after }).match(/^@@.*@@$/gm)).toEqual([
    '@@ -3,7 +3,7 @@',
    '@@ -28,7 +28,6 @@',
  ]);
  check([{ path: 'a', before, after }]);
});

test('modes of new and deleted files', () => {
  expect(gitPatch({ path: 'a', before: null, after: 'x\n', executable: true })).toContain(
    'new file mode 100755\n',
  );
  expect(gitPatch({ path: 'a', before: 'x\n', after: null })).toContain('deleted file mode 100644\n');
});

test.each([
  'with space.py',
  'quote".py',
  "single'.py",
  'tab\there.py',
  'new\nline.py',
  'carriage\rreturn.py',
  'back\\slash.py',
  'é漢😀.py',
  'b/b/a.py',
  ' lead and trail ',
  '-dash',
  'a b/c d.py',
  '\u001b[31mred',
  '{$HOME}',
])('odd path %j', (path) => {
  check([{ path, before: 'a\nb\n', after: 'a\nc\n' }]);
  check([
    { path, before: 'a\nb\n', after: null },
    { path: `${path}2`, before: null, after: 'x' },
  ]);
});

test('a change that is too big for a minimal diff is still right', () => {
  const before = Array.from({ length: 6000 }, (_, index) => `old ${index}\n`).join('');
  const after = Array.from({ length: 6000 }, (_, index) => `new ${index}\n`).join('same\n');
  check([{ path: 'a', before, after }]);
});

describe('random texts', () => {
  const line = fc.oneof(
    fc.constantFrom('', 'a', 'b', ' ', '\t', '-', '+', '\\ No newline at end of file', '@@ -1 +1 @@', '\f'),
    fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => !/[\n\0]/.test(text)),
  );
  const ending = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r');
  const text = fc
    .tuple(fc.array(fc.tuple(line, ending), { maxLength: 30 }), line)
    .map(([lines, last]) => lines.flat().join('') + last);
  // An edit of a text: like what a step does. Two texts: everything else.
  const edited = fc
    .tuple(text, fc.array(fc.tuple(fc.nat(), fc.nat(4), line), { maxLength: 4 }))
    .map(([before, edits]): [string, string] => [
      before,
      edits.reduce((now, [at, length, insert]) => {
        const units = Array.from(now);
        units.splice(at % (units.length + 1), length, insert);
        return units.join('');
      }, before),
    ]);
  const sides = fc.oneof(
    { weight: 4, arbitrary: edited as fc.Arbitrary<[string | null, string | null]> },
    { weight: 2, arbitrary: fc.tuple(text, text) },
    { weight: 1, arbitrary: fc.tuple(fc.constant(null), text) },
    { weight: 1, arbitrary: fc.tuple(text, fc.constant(null)) },
  );

  test('git apply and GNU patch agree with us', () => {
    fc.assert(
      fc.property(fc.array(sides, { minLength: 40, maxLength: 40 }), (all) => {
        check(all.map(([before, after], index) => ({ path: `d${index % 7}/f${index}`, before, after })));
      }),
      { numRuns: 12, seed: 20_251_122 },
    );
  });
});
