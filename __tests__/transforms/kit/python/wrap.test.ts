import { describe, expect, it } from '@jest/globals';
import {
  width,
  wrapBrackets,
  wrapConditional,
  wrapFromImport,
} from '../../../../transforms/kit/python/wrap.js';
import type { Layout } from '../../../../transforms/kit/transform.js';

const layout: Layout = { eol: '\n', indent: '    ', lineLength: 30 };
const margin = '';

describe('width', () => {
  it.each<[string, string, number]>([
    ['empty', '', 0],
    ['ASCII', 'abc', 3],
    ['accents', 'é', 1],
    ['combining marks count nothing', 'e\u0301', 1],
    ['Chinese', '漢字', 4],
    ['full width', 'Ａ', 2],
    ['half width', 'ｱ', 1],
    ['emoji', '😀', 2],
    ['box drawing is ambiguous, so narrow', '─', 1],
  ])('%s', (_, text, expected) => {
    expect(width(text)).toBe(expected);
  });
});

describe('wrapBrackets', () => {
  it.each<[string, string, string[], string, string]>([
    ['no argument', 'f(', [], ')', 'f()'],
    ['no argument, too long', `${'x'.repeat(30)}(`, [], ')', `${'x'.repeat(30)}()`],
    [
      'exactly at the limit',
      'x = f(',
      ['a'.repeat(11), 'b'.repeat(10)],
      ')',
      `x = f(${'a'.repeat(11)}, ${'b'.repeat(10)})`,
    ],
    [
      'one over: an indented line',
      'x = f(',
      ['a'.repeat(11), 'b'.repeat(11)],
      ')',
      `x = f(\n    ${'a'.repeat(11)}, ${'b'.repeat(11)}\n)`,
    ],
    [
      'the indented line exactly at the limit',
      'x = f(',
      ['a'.repeat(12), 'b'.repeat(12)],
      ')',
      `x = f(\n    ${'a'.repeat(12)}, ${'b'.repeat(12)}\n)`,
    ],
    [
      'over it: a line each',
      'x = f(',
      ['a'.repeat(12), 'b'.repeat(13)],
      ')',
      `x = f(\n    ${'a'.repeat(12)},\n    ${'b'.repeat(13)},\n)`,
    ],
    ['a single long one gets no comma', 'f(', ['a'.repeat(40)], ')', `f(\n    ${'a'.repeat(40)}\n)`],
    ['the tail counts', 'f(', ['a'.repeat(24)], ')[0][1]', `f(\n    ${'a'.repeat(24)}\n)[0][1]`],
    ['an argument of several lines', 'f(', ['a', '[\n1]'], ')', 'f(\n    a,\n    [\n1],\n)'],
  ])('%s', (_, head, args, tail, expected) => {
    expect(wrapBrackets(head, args, tail, { margin, layout })).toBe(expected);
  });

  it('counts the margin and uses line ending and indentation of the file', () => {
    const tabs: Layout = { eol: '\r\n', indent: '\t', lineLength: 30 };
    expect(wrapBrackets('f(', ['a'.repeat(14), 'b'.repeat(14)], ')', { margin: '\t', layout: tabs })).toBe(
      `f(\r\n\t\t${'a'.repeat(14)},\r\n\t\t${'b'.repeat(14)},\r\n\t)`,
    );
  });
});

describe('wrapFromImport', () => {
  it.each<[string, string[], string, string]>([
    ['exactly at the limit', ['abcdef', 'ghijk'], '', 'from m import abcdef, ghijk'.padEnd(27)],
    [
      'one over: one name a line, never two',
      ['abcdefgh', 'ijklmnop'],
      '',
      'from m import (\n    abcdefgh,\n    ijklmnop,\n)',
    ],
    ['a single long name', ['a'.repeat(20)], '', `from m import (\n    ${'a'.repeat(20)},\n)`],
    [
      'the comment behind it counts',
      ['abcdef', 'ghijk'],
      '  # c',
      'from m import (\n    abcdef,\n    ghijk,\n)',
    ],
  ])('%s', (_, names, tail, expected) => {
    expect(wrapFromImport('m', names, { margin, layout }, tail)).toBe(expected.trimEnd());
  });

  it('30 of 30 stays, 31 wraps', () => {
    expect(wrapFromImport('m', ['a'.repeat(16)], { margin, layout })).toBe(`from m import ${'a'.repeat(16)}`);
    expect(wrapFromImport('m', ['a'.repeat(17)], { margin, layout })).toContain('(\n');
  });
});

describe('wrapConditional', () => {
  it.each<[string, string, [string, string, string], string]>([
    ['fits', 'return ', ['a', 'b', 'None'], 'return a if b else None'],
    [
      'in parentheses',
      'return ',
      ['aaaaaa', 'bbbbbb', 'None'],
      'return (\n    aaaaaa if bbbbbb else None\n)',
    ],
    [
      'a line for each part',
      'return ',
      ['a'.repeat(12), 'b'.repeat(12), 'None'],
      `return (\n    ${'a'.repeat(12)}\n    if ${'b'.repeat(12)}\n    else None\n)`,
    ],
  ])('%s', (_, head, parts, expected) => {
    expect(wrapConditional(head, parts, { margin, layout })).toBe(expected);
  });
});
