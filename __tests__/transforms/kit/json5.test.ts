import { describe, expect, it } from '@jest/globals';
import { itemRemoval, objectAround } from '../../../transforms/kit/json5.js';

const text = `{
  // { not a brace
  list: [
    { a: "}", b: '{' },
    { c: 1 }
  ],
  /* { */ "x-y": { d: { e: 2 } },
  one: [{ f: 3 }],
  two: [{ g: 4 }, { h: 5 }]
}
`;

describe('objectAround', () => {
  it.each([
    ['a:', `{ a: "}", b: '{' }`],
    ['c:', '{ c: 1 }'],
    ['e:', 'd: { e: 2 }'],
    ['d:', '"x-y": { d: { e: 2 } }'],
  ])('finds the object of %s', (key, expected) => {
    const range = objectAround(text, text.indexOf(key));
    expect(range && text.slice(range.start, range.end)).toBe(expected);
  });

  it.each([`{ a: { x: "} }, b: { c: 1 } }`, '{ a: { x: 1 /* } }', "{ a: { x: '} } }"])(
    'knows nothing behind what does not end: %s',
    (broken) => {
      expect(objectAround(broken, broken.indexOf('x'))).toBeUndefined();
    },
  );

  it.each(['list', 'not a brace'])('is not the whole file: %s', (key) => {
    expect(objectAround(text, text.indexOf(key))).toBeUndefined();
  });
});

describe('itemRemoval beside other things', () => {
  it('what stands behind the item on its line stays', () => {
    const source = '[\n  { a: 1 }, // why\n  { b: 2 }\n]\n';
    const start = source.indexOf('{ a');
    const range = itemRemoval(source, { start, end: start + '{ a: 1 }'.length });
    expect(source.slice(0, range.start) + source.slice(range.end)).toBe('[\n   // why\n  { b: 2 }\n]\n');
  });
});

describe('itemRemoval', () => {
  it.each([
    ['a:', `  list: [\n    { c: 1 }\n  ],`],
    ['c:', `    { a: "}", b: '{' }\n  ],`],
    ['d:', '  /* { */ \n  one'],
    ['f:', 'one: [],'],
    ['g:', 'two: [ { h: 5 }]'],
    ['h:', 'two: [{ g: 4 }]'],
  ])('leaves a valid list without %s', (key, expected) => {
    const range = objectAround(text, text.indexOf(key)) ?? { start: 0, end: 0 };
    const { start, end } = itemRemoval(text, range);
    expect(text.slice(0, start) + text.slice(end)).toContain(expected);
  });
});
