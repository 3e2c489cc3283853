import { expect, it } from '@jest/globals';
import { PythonFile } from '../../../../transforms/kit/python/file.js';
import { around, parents } from '../../../../transforms/kit/python/parents.js';

const [x] = new PythonFile('a.py', 'class A:\n    def f(self):\n        return x\n').find('x');

it('gives the nodes around a node, innermost first', () => {
  expect(x && [...parents(x)].map((one) => one.kind())).toEqual([
    'return_statement',
    'block',
    'function_definition',
    'block',
    'class_definition',
    'module',
  ]);
});

it('finds the innermost node of a kind', () => {
  expect(x && around(x, 'class_definition')?.field('name')?.text()).toBe('A');
  expect(x && around(x, 'lambda')).toBeUndefined();
});
