import { describe, expect, it } from '@jest/globals';
import { PythonFile } from '../../../../transforms/kit/python/file.js';
import { literalValue } from '../../../../transforms/kit/python/literals.js';

function read(expression: string): unknown {
  const statement = new PythonFile('a.py', `x = ${expression}\n`).find({ rule: { kind: 'assignment' } })[0];
  const value = statement?.field('right');
  return value ? literalValue(value) : 'no value';
}

describe('literalValue', () => {
  it.each([
    ['"a"', 'a'],
    ['12', 12],
    ['True', true],
    ['False', false],
    ['None', null],
    ['[1, "a",  # why\n]', [1, 'a']],
    ['("a",)', ['a']],
    ['{"a": {"b": [1]}}', { a: { b: [1] } }],
  ])('reads %s', (expression, value) => {
    expect(read(expression)).toEqual(value);
  });

  it.each(['name', 'f"{a}"', '0x10', '[name]', '{name: 1}', '{"a": name}', '{**name}', '-1', 'f()'])(
    'does not read %s',
    (expression) => {
      expect(read(expression)).toBeUndefined();
    },
  );
});
