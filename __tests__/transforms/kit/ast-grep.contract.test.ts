/**
 * What we build on and cannot see in types: measured facts of ast-grep's Node binding. A failure after an upgrade says
 * which of our workarounds to look at (DESIGN 6). What aborts the process runs in a child.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import python from '@ast-grep/lang-python';
import { kind as kindMatcher } from '@ast-grep/napi';
import { describe, expect, it } from '@jest/globals';
import { type PythonNode, type PythonRule, parsePython } from '../../../transforms/kit/languages.js';

const parse = (source: string) => parsePython(source);
// The contract is also about what types reject.
const loose = (rule: unknown) => rule as PythonRule;
const matches = (source: string, rule: unknown) =>
  parse(source)
    .findAll(loose(rule))
    .map((node) => node.text());
/** Methods of the binding that our own type of a node leaves out. */
const raw = (source: string) =>
  parse(source) as unknown as PythonNode & {
    commitEdits(edits: { startPos: number; endPos: number; insertedText: string }[]): string;
  };

/** Runs a script in a process of its own; `$` is the binding, with Python registered unless told not to. */
function child(script: string, register = true) {
  const lines = [
    "import * as $ from '@ast-grep/napi';",
    "import python from '@ast-grep/lang-python';",
    register ? '$.registerDynamicLanguage({ python });' : '',
    script,
  ];
  return spawnSync(process.execPath, ['--input-type=module', '-e', lines.join('\n')], { encoding: 'utf8' });
}

describe('5.1 registering', () => {
  it('Python is not built in', () => {
    const { stdout } = child("try { $.parse('python', '') } catch (e) { console.log(String(e)) }", false);
    expect(stdout).toMatch(/not supported/);
  });

  it('the name is the key, case-sensitive', () => {
    const { stdout } = child("try { $.parse('Python', '') } catch (e) { console.log(String(e)) }");
    expect(stdout).toMatch(/not supported/);
  });

  it('the first registration wins, later ones are ignored without a word', () => {
    const { stdout, status } = child(
      "$.registerDynamicLanguage({ snake: python }); console.log($.parse('python', 'a').root().kind()); try { $.parse('snake', 'a') } catch (e) { console.log('ignored') }",
    );
    expect({ stdout, status }).toEqual({ stdout: 'module\nignored\n', status: 0 });
  });

  it('a parser file that is missing aborts the process', () => {
    const { signal, stdout } = child(
      "try { $.registerDynamicLanguage({ python: { ...python, libraryPath: '/nowhere.so', extensions: ['py'] } }) } catch { } console.log('survived')",
      false,
    );
    expect({ signal, stdout }).toEqual({ signal: 'SIGABRT', stdout: '' });
  });

  it('the parser file is there', () => {
    expect(existsSync(python.libraryPath)).toBe(true);
  });
});

describe('5.2 rules', () => {
  it('unknown keys beside the rule are ignored, those inside it are errors', () => {
    expect(matches('a\n', { rule: { kind: 'identifier' }, fix: 'b', constraint: {} })).toEqual(['a']);
    expect(() => matches('a\n', { rule: { kindd: 'identifier' } })).toThrow(/kind/);
  });

  it.each<[string, unknown]>([
    ['unknown kind', { rule: { kind: 'nope' } }],
    ['bad regex', { rule: { regex: '(' } }],
    ['look-around', { rule: { regex: '(?=a)' } }],
    ['empty rule', { rule: {} }],
    ['pattern with two roots', { rule: { pattern: 'a\nb' } }],
  ])('%s throws', (_, rule) => {
    expect(() => matches('a\n', rule)).toThrow();
  });

  it('a pattern that does not parse matches nothing, without an error', () => {
    expect(matches('def f(a): pass\n', { rule: { pattern: 'def $F(' } })).toEqual([]);
  });

  it('the kind of a number function is 0 for an unknown name', () => {
    parse('');
    expect(kindMatcher('python', 'nope')).toBe(0);
  });

  it('quotes count in patterns', () => {
    expect(matches(`f("x")\nf('x')\n`, { rule: { pattern: 'f("x")' } })).toEqual(['f("x")']);
  });

  it('a trailing comma and comments do not count', () => {
    expect(matches('f(\n  a,  # c\n)\n', { rule: { pattern: 'f(a)' } })).toHaveLength(1);
  });

  it('$$$ returns commas and comments, fieldChildren only names', () => {
    const [call] = parse('f(a, b,  # c\n)\n').findAll('f($$$A)');
    expect(call?.getMultipleMatches('A').map((node) => node.kind())).toEqual([
      'identifier',
      ',',
      'identifier',
      ',',
      'comment',
    ]);
    const [statement] = parse('from m import (a, b as c,)\n').findAll('from $M import $$$N');
    expect(statement?.fieldChildren('name').map((node: PythonNode) => node.text())).toEqual(['a', 'b as c']);
  });

  it('constraints, utils, transform, field, regex and relations work', () => {
    const rule = {
      rule: { pattern: 'f($A)', inside: { kind: 'module', stopBy: 'end' } },
      constraints: { A: { regex: '^a', matches: 'name' } },
      utils: { name: { kind: 'identifier' } },
      transform: { B: { replace: { source: '$A', replace: 'a', by: 'b' } } },
    };
    const [found, ...more] = parse('f(ab)\nf(c)\nf("a")\n').findAll(loose(rule));
    expect(more).toEqual([]);
    expect(found?.getTransformed('B')).toBe('bb');
    expect(
      matches('f(x=a)\n', { rule: { kind: 'keyword_argument', has: { field: 'name', regex: '^x$' } } }),
    ).toEqual(['x=a']);
  });

  it('spaces of a dotted name are kept, expressions of f-strings are parsed', () => {
    expect(matches('import a . b\n', { rule: { kind: 'dotted_name' } })).toEqual(['a . b']);
    expect(matches('f"{a.b}"\n', { rule: { kind: 'attribute' } })).toEqual(['a.b']);
  });

  it('from __future__ is a statement of its own kind', () => {
    expect(parse('from __future__ import a\n').child(0)?.kind()).toBe('future_import_statement');
  });

  it('comments above the first statement of a block stand in front of the block', () => {
    const definition = parse('def f():\n    # c\n    a\n').child(0);
    expect(
      definition
        ?.children()
        .map((node) => node.kind())
        .slice(-2),
    ).toEqual(['comment', 'block']);
  });
});

describe('5.3 commitEdits, which we do not use', () => {
  it('loses what stands in front of the first token', () => {
    expect(raw('\n\nx').commitEdits([])).toBe('x');
    expect(raw('\uFEFFx').commitEdits([])).toBe('x');
    expect(raw('\n\nx').text()).toBe('x');
  });

  it('aborts for an edit in front of it', () => {
    const { signal } = child(
      "$.parse('python', '\\n\\nx').root().commitEdits([{ startPos: 0, endPos: 0, insertedText: 'a' }])",
    );
    expect(signal).toBe('SIGABRT');
  });

  it('drops overlapping edits without a word', () => {
    const edits = [
      { startPos: 0, endPos: 2, insertedText: 'x' },
      { startPos: 1, endPos: 3, insertedText: 'y' },
    ];
    expect(raw('abcd').commitEdits(edits)).toBe('xcd');
  });
});

describe('5.4 positions', () => {
  it('offsets and columns are UTF-16 units, lines count from 0', () => {
    const source = '"é漢😀"; b\n';
    const node = parse(source).find({ rule: { kind: 'identifier' } });
    expect(node?.range().start).toEqual({ line: 0, column: 8, index: 8 });
    expect(source.slice(node?.range().start.index, node?.range().end.index)).toBe('b');
  });

  it('a lone surrogate keeps its place but not its text', () => {
    const source = '"\uD800"; b\n';
    const [string] = parse(source).findAll({ rule: { kind: 'string' } });
    expect(string?.text()).toBe('"\uFFFD"');
    expect(
      parse(source)
        .find({ rule: { kind: 'identifier' } })
        ?.range().start.index,
    ).toBe(5);
  });
});

describe('5.5 line endings and odd characters', () => {
  it('CRLF stays in the text and the ranges are exact', () => {
    const source = 'if a:\r\n    b\r\n    c\r\n';
    const block = parse(source).find({ rule: { kind: 'block' } });
    expect(block?.text()).toBe('b\r\n    c');
  });

  it('a lone CR is no line end', () => {
    expect(
      parse('"""a\rb"""; c\n')
        .find({ rule: { kind: 'identifier' } })
        ?.range().start.line,
    ).toBe(0);
    expect(matches('a = 1\rb = 2\n', { rule: { kind: 'ERROR' } })).not.toEqual([]);
  });

  it('a BOM is skipped, a form feed is white space, NUL is an error', () => {
    expect(parse('\uFEFFa').range().start.index).toBe(1);
    expect(
      parse('a\n\fb\n')
        .children()
        .map((node) => node.kind()),
    ).toEqual(['expression_statement', 'expression_statement']);
    expect(matches('a\0b\n', { rule: { kind: 'ERROR' } })).not.toEqual([]);
  });
});

describe('5.6 syntax errors', () => {
  const errors = (source: string) => matches(source, { rule: { kind: 'ERROR' } }).length;
  const empty = (source: string) =>
    parse(source)
      .findAll({ rule: { regex: '^$' } })
      .filter((node) => node.isLeaf() && node.kind() !== 'module').length;

  it.each<[string, string, number, number]>([
    ['a token too many', 'x = = 3\n', 1, 0],
    ['a missing token leaves an empty leaf and no ERROR', 'def f(:\n    pass\n', 0, 1],
    ['a missing body too', 'def f():\n', 0, 1],
    ['Python 2 parses', 'print "a"\nexec "b"\nprint >>f, a\n', 0, 0],
    ['so do return and await at the top', 'return 1\nawait a\n', 0, 0],
    [
      'match, type, generics, except*, PEP 701',
      'match a:\n    case 1: pass\ntype X = int\ndef f[T](): pass\ntry: pass\nexcept* E: pass\nf"{f"{a}"}"\n',
      0,
      0,
    ],
    ['the empty string is no error', '""\n', 0, 0],
  ])('%s', (_, source, expectedErrors, expectedEmpty) => {
    expect(errors(source)).toBe(expectedErrors);
    expect(empty(source)).toBe(expectedEmpty);
  });

  it('deep nesting does not crash', () => {
    const { status } = child(
      "$.parse('python', '('.repeat(20000)); $.parse('python', 'a' + '.b'.repeat(5000)).root().text()",
    );
    expect(status).toBe(0);
  });
});
