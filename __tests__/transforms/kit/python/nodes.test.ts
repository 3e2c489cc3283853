import { describe, expect, it } from '@jest/globals';
import { must } from '../../../../transforms/kit/must.js';
import { PythonFile } from '../../../../transforms/kit/python/file.js';
import {
  field,
  firstPart,
  hasKind,
  identifiersIn,
  indentOf,
  lastPart,
  parentOf,
  textOf,
} from '../../../../transforms/kit/python/nodes.js';
import { climb } from '../../../../transforms/kit/python/parents.js';

const { root } = new PythonFile('a.py', 'x = [a, (b)]\n');
const found = (text: string) => must(root.find({ rule: { kind: 'identifier', regex: `^${text}$` } }), text);

describe('must', () => {
  it.each([0, '', false])('%j is something', (value) => {
    expect(must(value, 'value')).toBe(value);
  });

  it.each([null, undefined])('%s is nothing, and the error names what', (value) => {
    expect(() => must(value, 'value')).toThrow('this cannot be: no value');
  });
});

describe('nodes', () => {
  it('field, parent: there, or an error with the kind', () => {
    const assignment = parentOf(found('x'));
    expect(field(assignment, 'left').text()).toBe('x');
    expect(() => field(assignment, 'body')).toThrow("no 'body' of a assignment");
    expect(() => parentOf(root)).toThrow('no parent of a module');
  });

  it('text and kind of what may be missing', () => {
    expect([textOf(found('x')), textOf(null), textOf(undefined)]).toEqual(['x', '', '']);
    expect([hasKind(root, /^mod/), hasKind(root, /^x/), hasKind(null, /^mod/)]).toEqual([true, false, false]);
  });

  it('climb goes through the kinds that it is told', () => {
    const { top, below } = climb(found('b'), new Set(['parenthesized_expression', 'list']));
    expect([top.kind(), below.text()]).toEqual(['assignment', '[a, (b)]']);
    expect(climb(found('a'), new Set()).top.kind()).toBe('list');
  });
});

describe('identifiersIn', () => {
  it.each([1, 400])('finds those of the name alone, in a file of %i lines', (lines) => {
    const file = new PythonFile('a.py', 'x = f(x.y, xx, z=x)\n'.repeat(lines));
    expect(identifiersIn(file.root, 'x')).toHaveLength(3 * lines);
    expect(identifiersIn(file.root, 'xx').map((node) => node.range().start.column)).toEqual(
      Array(lines).fill(11),
    );
    expect(identifiersIn(file.root, 'gone')).toEqual([]);
  });
});

describe('texts', () => {
  it.each([
    ['a.b.c', 'a', 'c'],
    ['a', 'a', 'a'],
    ['', '', ''],
    ['.a', '', 'a'],
    ['a.', 'a', ''],
  ])('parts of %j', (dotted, first, last) => {
    expect([firstPart(dotted), lastPart(dotted)]).toEqual([first, last]);
  });

  it.each([
    ['  \ta b', '  \t'],
    ['   ', '   '],
    ['', ''],
    ['a\n  b', ''],
    ['\n  b', ''],
    [' \fb', ' '],
  ])('indentation of %j', (text, expected) => {
    expect(indentOf(text)).toBe(expected);
  });
});
