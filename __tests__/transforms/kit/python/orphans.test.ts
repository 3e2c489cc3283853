import { describe, expect, it } from '@jest/globals';
import { applyToCharm } from '../../../../runner/testing.js';
import { removeOrphans } from '../../../../transforms/kit/python/orphans.js';
import { removeStatements, statementOf } from '../../../../transforms/kit/python/statements.js';
import { defineTransform } from '../../../../transforms/kit/transform.js';

/** Removes the statements that call `drop(…)`, and what only they used. */
const drop = defineTransform({
  id: 'drop',
  title: 'Drop',
  safety: 'safe',
  language: 'python',
  literals: ['drop('],
  apply(file) {
    const removed = file.python.find('drop($$$)').map(statementOf);
    removeStatements(file, removed);
    if (file.charm) removeOrphans(file, file.charm, removed);
  },
});

describe('removeOrphans', () => {
  // What is left of src/charm.py, besides other files of the repository.
  it.each<[string, string, string, Record<string, string>?]>([
    ['an import', 'from a import B, C\ndrop(B)\nC\n', 'from a import C\nC\n'],
    ['an import that is used', 'from a import B\ndrop(B)\nB\n', 'from a import B\nB\n'],
    ['a constant', 'X = 1\ndrop(X)\na\n', 'a\n'],
    ['a constant and the import in it', 'from a import B\nX = B\ndrop(X)\nb\n', 'b\n'],
    ['a constant of a constant', 'X = 1\nY = X\ndrop(Y)\na\n', 'a\n'],
    ['a path', 'X = Path("a")\ndrop(X)\na\n', 'a\n'],
    ['a constant that is made with effect', 'X = f()\ndrop(X)\na\n', 'X = f()\na\n'],
    ['a constant with a comment', 'X = 1  # why\ndrop(X)\na\n', 'X = 1  # why\na\n'],
    ['a constant under a comment', '# why\nX = 1\ndrop(X)\na\n', '# why\nX = 1\na\n'],
    ['assigned twice', 'X = 1\nX = 2\ndrop(X)\na\n', 'X = 1\nX = 2\na\n'],
    ['one of a tuple', 'X, Y = 1, 2\ndrop(X)\na\n', 'X, Y = 1, 2\na\n'],
    ['only declared', 'X: int\ndrop(X)\na\n', 'X: int\na\n'],
    ['in a block', 'if a:\n    X = 1\ndrop(X)\n', 'if a:\n    X = 1\n'],
    [
      'a class constant',
      'class A:\n    X = 1\n    a = 2\n    def f(self):\n        drop(self.X)\n        return 1\n',
      'class A:\n    a = 2\n    def f(self):\n        return 1\n',
    ],
    [
      'a class constant that is read through another object',
      'class A:\n    X = 1\n    def f(self):\n        drop(self.X)\n        return b.X\n',
      'class A:\n    X = 1\n    def f(self):\n        return b.X\n',
    ],
    [
      'a class constant that another file names',
      'class A:\n    X = 1\n    def f(self):\n        drop(self.X)\n        return 1\n',
      'class A:\n    X = 1\n    def f(self):\n        return 1\n',
      { 'tests/test_a.py': 'mock.patch("src.charm.A.X")\n' },
    ],
    [
      'a constant that another file imports',
      'X = 1\ndrop(X)\na\n',
      'X = 1\na\n',
      { 'tests/test_a.py': 'from charm import X\n' },
    ],
    [
      'a constant that another file reads through the module',
      'X = 1\ndrop(X)\na\n',
      'X = 1\na\n',
      { 'tests/test_a.py': 'import charm\ncharm.X\n' },
    ],
    [
      'a star import of another file may take it',
      'X = 1\ndrop(X)\na\n',
      'X = 1\na\n',
      { 'tests/test_a.py': 'from src.charm import *\nX\n' },
    ],
    [
      'a constant of that name in another module',
      'X = 1\ndrop(X)\na\n',
      'a\n',
      { 'tests/test_a.py': 'from charm import Y\nfrom literals import X\nX\n' },
    ],
  ])('%s', (_, source, expected, ...[others = {}]) => {
    const { files, findings } = applyToCharm({ 'src/charm.py': source, ...others }, [drop]);
    expect(files).toEqual({ 'src/charm.py': expected, ...others });
    expect(findings).toEqual([]);
  });
});
