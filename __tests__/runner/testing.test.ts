import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defineTransformTable, defineTransformTest, unchanged } from '../../runner/testing.js';
import { defineTransform } from '../../transforms/kit/transform.js';

const rename = defineTransform({
  id: 'old-to-new',
  title: 'Call new() instead of old()',
  safety: 'safe',
  language: 'python',
  literals: ['old'],
  rules: { call: { rule: { pattern: 'old($$$ARGS)' }, fix: 'new($$$ARGS)' } },
});

const restless = defineTransform({
  id: 'restless',
  title: 'Never rests from one run to the next',
  safety: 'safe',
  language: 'python',
  literals: ['a'],
  apply(file) {
    if (!file.text.includes('b')) file.edit.insert(0, 'b\n');
    else if (!file.text.includes('c')) file.report('x' as never, { message: '', help: '' });
  },
});

const parsesWorse = defineTransform({
  id: 'old-to-new',
  title: 'Leaves a bracket open in a file that is not looked at',
  safety: 'safe',
  language: 'python',
  literals: ['old'],
  conclude({ act, charm }) {
    if (charm.read('a.py') === 'old()\n') act({ kind: 'write', path: 'a.py', text: 'f(\n' });
  },
});

/** Runs tests that a harness defines: what failed, by name, with the message. */
function failures(define: () => void): Record<string, string> {
  const failed: Record<string, string> = {};
  const globals = globalThis as unknown as Record<string, unknown>;
  const saved = { describe: globals.describe, it: globals.it, expect: globals.expect };
  globals.describe = (_: string, body: () => void) => body();
  globals.expect = expect;
  globals.it = (name: string, body: () => void) => {
    try {
      body();
    } catch (error) {
      failed[name] = String(error);
    }
  };
  try {
    define();
  } finally {
    Object.assign(globals, saved);
  }
  return failed;
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fixtures-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function fixtures(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    const at = join(folder, 'old-to-new', path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, text);
  }
  return folder;
}

const good = { 'good/input.py': 'old(1)\n', 'good/output.py': 'new(1)\n' };

describe('defineTransformTest', () => {
  it.each<[string, Record<string, string>, Record<string, RegExp>]>([
    ['passes', good, {}],
    [
      'a folder',
      { 'good/input/a.py': 'old()\n', 'good/input/b.py': 'b\n', 'good/output/a.py': 'new()\n' },
      {},
    ],
    ['a wrong output', { 'bad/input.py': 'old(1)\n', 'bad/output.py': 'new( 1)\n' }, { bad: /new\( 1\)/ }],
    ['a missing output', { 'bad/input.py': 'old(1)\n' }, { bad: /old\(1\)/ }],
    [
      'white space at the end counts',
      { 'bad/input.py': 'old(1)\n', 'bad/output.py': 'new(1)' },
      { bad: /new/ },
    ],
    ['an unknown file', { ...good, 'good/notes.txt': '' }, { good: /notes\.txt/ }],
    [
      'an output that is the input',
      { ...good, 'same/input.py': 'a\n', 'same/output.py': 'a\n' },
      { same: /src\/charm\.py/ },
    ],
    ['input twice', { ...good, 'good/input/a.py': '' }, { good: /input/ }],
    ['no input', { ...good, 'none/findings.json': '[]' }, { none: /no input/ }],
    [
      'a finding that is not expected',
      { ...good, 'note/input.py': 'old(1  # c\n)\n' },
      { note: /old-to-new\/comment/ },
    ],
    [
      'an expected finding that is not found',
      { ...good, 'good/findings.json': '[{"id":"x"}]' },
      { good: /"x"/ },
    ],
    [
      'an expected action that is not asked for',
      { ...good, 'good/actions.json': '[{"kind":"delete"}]' },
      { good: /delete/ },
    ],
    ['a rule without a match', { 'none/input.py': 'a\n' }, { 'has no rule that no case matches': /"call"/ }],
  ])('%s', (_, files, expected) => {
    const failed = failures(() => defineTransformTest(rename, fixtures(files)));
    expect(Object.keys(failed)).toEqual(Object.keys(expected));
    for (const [name, message] of Object.entries(expected)) expect(failed[name]).toMatch(message);
  });

  it('fails when an output parses worse', () => {
    const files = {
      'case/input/a.py': 'old()\n',
      'case/output/a.py': 'f(\n',
      'case/actions.json': '[{"kind":"write","path":"a.py","text":"…","transform":"old-to-new"}]',
    };
    expect(failures(() => defineTransformTest(parsesWorse, fixtures(files)))).toEqual({
      case: expect.stringMatching(/worse/),
    });
  });
});

describe('defineTransformTable', () => {
  it.each<[string, Parameters<typeof defineTransformTable>[1], string[]]>([
    [
      'passes',
      [
        ['a', 'old(1)\n', 'new(1)\n'],
        ['b', 'a\n', unchanged],
      ],
      [],
    ],
    ['files', [['a', { 'a.py': 'old(1)\n', 'b.py': '' }, { 'a.py': 'new(1)\n' }]], []],
    [
      'findings',
      [
        ['a', 'old(1)\n', 'new(1)\n'],
        ['b', 'old(  # c\n)\n', unchanged, ['old-to-new/comment']],
      ],
      [],
    ],
    ['findings with lines', [['b', '\nold(  # c\n)\n', unchanged, ['old-to-new/comment:2']]], []],
    ['a wrong line', [['b', '\nold(  # c\n)\n', unchanged, ['old-to-new/comment:3']]], ['b']],
    ['a wrong output', [['a', 'old(1)\n', 'new(2)\n']], ['a']],
    ['a change that must not be', [['a', 'old(1)\n', unchanged]], ['a']],
    ['a finding too many', [['a', 'old(1)\nold(  # c\n)\n', 'new(1)\nold(  # c\n)\n']], ['a']],
    ['no rule matches', [['a', 'a\n', unchanged]], ['has no rule that no case matches']],
  ])('%s', (_, rows, expected) => {
    expect(Object.keys(failures(() => defineTransformTable(rename, rows)))).toEqual(expected);
  });

  it('does not ask for every rule when told so', () => {
    const failed = failures(() =>
      defineTransformTable(rename, [['a', 'a\n', unchanged]], { everyRule: false }),
    );
    expect(failed).toEqual({});
  });

  it('fails when the transform throws', () => {
    const failed = failures(() => defineTransformTable(restless, [['a', 'ab\n', unchanged]]));
    expect(failed.a).toMatch(/restless threw on src\/charm\.py/);
  });
});
