import { describe, expect, it } from '@jest/globals';
import { PythonFile } from '../../../../transforms/kit/python/file.js';
import { canRemoveItems, removeWithItems, withItems } from '../../../../transforms/kit/python/unwrapWith.js';
import { edited } from './edited.js';

/** The first statement of a source. */
function statement(source: string) {
  const [node] = new PythonFile('a.py', source).root.namedChildren();
  if (!node) throw new Error('no statement');
  return node;
}

describe('canRemoveItems', () => {
  it.each<[string, string, boolean]>([
    ['plain', 'with a:\n    b\n', true],
    ['a comment in the body', 'with a:\n    b  # c\n', true],
    ['a comment behind the colon', 'with a:  # c\n    b\n', false],
    ['a comment in the header', 'with (\n    a,  # c\n    b,\n):\n    c\n', false],
    ['on the line of another statement', 'with a: b; c\n', true],
    ['no with at all', 'a\n', false],
  ])('%s', (_, source, expected) => {
    expect(canRemoveItems(source, statement(source))).toBe(expected);
  });
});

describe('withItems', () => {
  it.each<[string, string, string[]]>([
    ['one', 'with a() as b: c\n', ['a() as b']],
    ['several', 'with a, b as c: d\n', ['a', 'b as c']],
    ['in parentheses', 'with (\n    a,\n    b,\n): c\n', ['a', 'b']],
    ['no with at all', 'a\n', []],
  ])('%s', (_, source, expected) => {
    expect(withItems(statement(source)).map((item) => item.text())).toEqual(expected);
  });
});

describe('removeWithItems', () => {
  // Items whose source begins with `X` go.
  it.each<[string, string, string]>([
    ['first', 'with X, b:\n    c\n', 'with b:\n    c\n'],
    ['last', 'with a, X:\n    c\n', 'with a:\n    c\n'],
    ['middle', 'with a, X, b:\n    c\n', 'with a, b:\n    c\n'],
    ['all but one', 'with X1, a, X2, X3:\n    c\n', 'with a:\n    c\n'],
    ['the only one', 'with X:\n    b\n    c\nd\n', 'b\nc\nd\n'],
    ['all', 'with X1, X2:\n    b\n', 'b\n'],
    ['on its line', 'with X: b\n', 'b\n'],
    ['in a block', 'if a:\n    with X:\n        b\n\n        c\n', 'if a:\n    b\n\n    c\n'],
    ['tabs', 'if a:\n\twith X:\n\t\tb\n', 'if a:\n\tb\n'],
    [
      'a string of several lines',
      'with X:\n    b = """\n    c\n    """\n    d\n',
      'b = """\n    c\n    """\nd\n',
    ],
    ['a line less indented than the body', 'with X:\n    b(\n  c)\n', 'b(\nc)\n'],
    ['CRLF', 'with X:\r\n    b\r\n', 'b\r\n'],
  ])('%s', (_, source, expected) => {
    const output = edited(source, (file) => {
      const [node] = file.python.find({ rule: { kind: 'with_statement' } });
      if (!node) throw new Error('no with');
      removeWithItems(
        file,
        node,
        withItems(node).filter((item) => item.text().startsWith('X')),
      );
    });
    expect(output).toBe(expected);
  });
});
