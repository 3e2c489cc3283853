import { describe, expect, it } from '@jest/globals';
import {
  addArgument,
  argument,
  callArguments,
  callsOf,
  removeArguments,
} from '../../../../transforms/kit/python/calls.js';
import { PythonFile } from '../../../../transforms/kit/python/file.js';
import type { PythonNode } from '../../../../transforms/kit/transform.js';
import { edited } from './edited.js';

/** The call of `f`. */
function callIn(root: PythonNode): PythonNode {
  const call = root.find({ rule: { kind: 'call', has: { field: 'function', regex: '^f$' } } });
  if (!call) throw new Error('no call of f');
  return call;
}

// Line length 40.
describe('addArgument', () => {
  it.each<[string, string, string, string]>([
    ['first', 'f()\n', 'x=1', 'f(x=1)\n'],
    ['first between blanks', 'f( )\n', 'x=1', 'f(x=1)\n'],
    ['second', 'f(a)\n', 'x=1', 'f(a, x=1)\n'],
    ['behind a splat', 'f(*a, **b)\n', 'x=1', 'f(*a, **b, x=1)\n'],
    [
      'exactly at the limit',
      `f(${'a'.repeat(31)})  \n`.replace('  ', ''),
      'x=12',
      `f(${'a'.repeat(31)}, x=12)\n`,
    ],
    [
      'one more than the limit',
      `f(${'a'.repeat(32)})\n`,
      'x=12',
      `f(\n    ${'a'.repeat(32)},\n    x=12,\n)\n`,
    ],
    ['wide characters count twice', `f("${'漢'.repeat(15)}")\n`, 'x=1', `f("${'漢'.repeat(15)}", x=1)\n`],
    [
      'wide characters that do not fit',
      `f("${'漢'.repeat(16)}")\n`,
      'x=1',
      `f(\n    "${'漢'.repeat(16)}",\n    x=1,\n)\n`,
    ],
    [
      'all on an indented line',
      `yyyyyyyyyyyyyyyy = f(aaaaaaaa, bbbbbbb)\n`,
      'x=1',
      'yyyyyyyyyyyyyyyy = f(\n    aaaaaaaa, bbbbbbb, x=1\n)\n',
    ],
    ['first that does not fit', `${'y'.repeat(34)} = f()\n`, 'x=1', `${'y'.repeat(34)} = f(\n    x=1\n)\n`],
    ['on the line of the arguments', 'f(\n    a, b\n)\n', 'x=1', 'f(\n    a, b, x=1\n)\n'],
    [
      'on the line of the arguments, too long',
      `yyyyyyyyyyy = f(\n    ${'a'.repeat(15)}, ${'b'.repeat(15)}\n)\n`,
      'x=1',
      `yyyyyyyyyyy = f(\n    ${'a'.repeat(15)},\n    ${'b'.repeat(15)},\n    x=1,\n)\n`,
    ],
    ['one argument a line', 'f(\n    a,\n    b,\n)\n', 'x=1', 'f(\n    a,\n    b,\n    x=1,\n)\n'],
    ['one argument', 'f(\n    a,\n)\n', 'x=1', 'f(\n    a,\n    x=1,\n)\n'],
    [
      'a comment behind the last stays there',
      'f(\n    a,\n    b,  # why\n)\n',
      'x=1',
      'f(\n    a,\n    b,  # why\n    x=1,\n)\n',
    ],
    [
      'a comment behind the last without a comma',
      'f(\n    a,\n    b  # why\n)\n',
      'x=1',
      'f(\n    a,\n    b,  # why\n    x=1,\n)\n',
    ],
    [
      'a comment behind another',
      'f(\n    a,  # why\n    b,\n)\n',
      'x=1',
      'f(\n    a,  # why\n    b,\n    x=1,\n)\n',
    ],
    [
      'a comment on a line of its own',
      'f(\n    # why\n    a,\n)\n',
      'x=1',
      'f(\n    # why\n    a,\n    x=1,\n)\n',
    ],
    ['a comment at the end', 'f(\n    a,\n    # why\n)\n', 'x=1', 'f(\n    a,\n    x=1,\n    # why\n)\n'],
    ['nothing but a comment', 'f(\n    # why\n)\n', 'x=1', 'f(\n    # why\n    x=1,\n)\n'],
    ['nothing but a comment behind the bracket', 'f(  # why\n)\n', 'x=1', 'f(  # why\n    x=1,\n)\n'],
    ['a comment, arguments on one line', 'f(  # why\n    a, b\n)\n', 'x=1', 'f(  # why\n    a, b, x=1\n)\n'],
    ['a list of several lines', 'f([\n    1,\n])\n', 'x=1', 'f(\n    [\n        1,\n    ],\n    x=1,\n)\n'],
    ['a multi-line string', 'f(a, """\n  s\n""")\n', 'x=1', 'f(\n    a,\n    """\n  s\n""",\n    x=1,\n)\n'],
    [
      'in a method',
      'class A:\n    def m(self):\n        self.a = f(self, [\n            1,\n        ])\n',
      'x=1',
      'class A:\n    def m(self):\n        self.a = f(\n            self,\n            [\n                1,\n            ],\n            x=1,\n        )\n',
    ],
    ['aligned with the bracket', 'f(a,\n  b)\n', 'x=1', 'f(\n    a,\n    b,\n    x=1,\n)\n'],
    ['CRLF', 'f(\r\n    a,\r\n)\r\n', 'x=1', 'f(\r\n    a,\r\n    x=1,\r\n)\r\n'],
    ['tabs', 'if y:\n\tf(\n\t\ta,\n\t)\n', 'x=1', 'if y:\n\tf(\n\t\ta,\n\t\tx=1,\n\t)\n'],
  ])('%s', (_, source, added, expected) => {
    expect(edited(source, (file) => addArgument(file, callIn(file.python.root), added))).toBe(expected);
  });

  it('refuses a generator argument', () => {
    expect(() =>
      edited('f(a for a in b)\n', (file) => addArgument(file, callIn(file.python.root), 'x')),
    ).toThrow('no argument list');
  });
});

describe('removeArguments', () => {
  // Arguments whose source begins with `X` go.
  it.each<[string, string, string]>([
    ['none', 'f(a)\n', 'f(a)\n'],
    ['the only one', 'f(X)\n', 'f()\n'],
    ['the only one with a comma', 'f(X,)\n', 'f()\n'],
    ['first', 'f(X, b)\n', 'f(b)\n'],
    ['last', 'f(a, X)\n', 'f(a)\n'],
    ['last with a comma', 'f(a, X,)\n', 'f(a,)\n'],
    ['keyword in the middle', 'f(a, X=1, b=2)\n', 'f(a, b=2)\n'],
    ['first two', 'f(X, X2, c)\n', 'f(c)\n'],
    ['last two', 'f(a, X, X2)\n', 'f(a)\n'],
    ['outer two', 'f(X, b, X2)\n', 'f(b)\n'],
    ['all', 'f(X, X2)\n', 'f()\n'],
    ['a line', 'f(\n    a,\n    X,\n    b,\n)\n', 'f(\n    a,\n    b,\n)\n'],
    ['the last line', 'f(\n    a,\n    X,\n)\n', 'f(\n    a,\n)\n'],
    ['the only line', 'f(\n    X,\n)\n', 'f()\n'],
    ['on the indented line, the rest fits', 'f(\n    a, X\n)\n', 'f(a)\n'],
    [
      'on the indented line, the rest is too long',
      `f(\n    X, ${'a'.repeat(18)}, ${'b'.repeat(18)}\n)\n`,
      `f(\n    ${'a'.repeat(18)}, ${'b'.repeat(18)}\n)\n`,
    ],
    ['its comment stays', 'f(\n    X,  # why\n    b,\n)\n', 'f(\n    # why\n    b,\n)\n'],
    ['another comment stays', 'f(\n    X,\n    b,  # why\n)\n', 'f(\n    b,  # why\n)\n'],
    ['a comment in an emptied list stays', 'f(\n    X,  # why\n)\n', 'f(\n    # why\n)\n'],
    ['the only one, with a comment behind it', 'f(X  # why\n)\n', 'f(  # why\n)\n'],
    ['last without a comma, with a comment', 'f(\n    a,  # why\n    X\n)\n', 'f(\n    a,  # why\n)\n'],
    ['CRLF', 'f(\r\n    a,\r\n    X,\r\n)\r\n', 'f(\r\n    a,\r\n)\r\n'],
  ])('%s', (_, source, expected) => {
    const output = edited(source, (file) => {
      const call = callIn(file.python.root);
      const removed = callArguments(call)?.all.filter((one) => one.node.text().startsWith('X'));
      removeArguments(file, call, removed ?? []);
    });
    expect(output).toBe(expected);
  });

  it('leaves a generator argument alone', () => {
    const source = 'f(a for a in b)\n';
    expect(edited(source, (file) => removeArguments(file, callIn(file.python.root), []))).toBe(source);
  });
});

describe('argument', () => {
  it.each<[string, string, string | undefined]>([
    ['by keyword', 'f(1, x=2)\n', '2'],
    ['by position', 'f(1)\n', '1'],
    ['keyword wins', 'f(1, x=2)\n', '2'],
    ['absent', 'f(y=1)\n', undefined],
    ['a comment is no argument', 'f(  # c\n    1,\n)\n', '1'],
    ['a generator is none', 'f(a for a in b)\n', undefined],
  ])('%s', (_, source, expected) => {
    expect(argument(callIn(new PythonFile('a.py', source).root), 'x', 0)?.value.text()).toBe(expected);
  });

  it('only by keyword when no position is given, and tells splats', () => {
    const call = callIn(new PythonFile('a.py', 'f(1, *a)\n').root);
    expect(argument(call, 'x')).toBeUndefined();
    expect(callArguments(call)).toMatchObject({ splat: true, positional: [{}] });
  });
});

describe('callsOf', () => {
  it.each<[string, string, number]>([
    ['from import', 'from a.b import C\nC(1)\nC()\n', 2],
    ['alias', 'from a.b import C as D\nD()\n', 1],
    ['module', 'import a.b\na.b.C()\n', 1],
    ['module alias', 'import a.b as t\nt.C()\n', 1],
    ['package', 'from a import b\nb.C()\n', 1],
    ['spaces', 'import a.b as t\nt . C()\n', 1],
    ['inside another', 'from a.b import C\nC(C())\n', 2],
    ['not imported', 'C()\n', 0],
    ['imported from elsewhere', 'from b import C\nC()\n', 0],
    ['shadowed', 'from a.b import C\ndef f(C):\n    C()\n', 0],
    ['a method of it', 'from a.b import C\nC.d()\n', 0],
    ['a longer name', 'from a.b import C\nCD()\n', 0],
  ])('%s', (_, source, count) => {
    expect(callsOf(new PythonFile('a.py', source), 'a.b.C')).toHaveLength(count);
  });

  it('takes the lib prefix', () => {
    const find = (source: string) => callsOf(new PythonFile('a.py', source), 'charms.x.C');
    expect(find('from lib.charms.x import C\nC()\n')).toHaveLength(1);
    expect(find('import lib.charms.x\nlib.charms.x.C()\n')).toHaveLength(1);
    expect(find('import lib.charms.x as t\nt.C()\n')).toHaveLength(1);
  });
});
