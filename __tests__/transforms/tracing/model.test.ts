import { describe, expect, it } from '@jest/globals';
import { Charm } from '../../../transforms/kit/charm.js';
import { must } from '../../../transforms/kit/must.js';
import { MemoryTree, Overlay } from '../../../transforms/kit/tree.js';
import { memberOf, relatives } from '../../../transforms/tracing/model.js';

const classA = (files: Record<string, string>) => {
  const charm = new Charm(new Overlay(new MemoryTree(files)));
  const owner = charm
    .parsed('class A')
    .flatMap(({ classes }) => classes.filter(({ name }) => name === 'A'))[0];
  return { charm, owner: must(owner, 'class A') };
};

describe('relatives', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['none', { 'a.py': 'class A: pass\nclass B: pass\n' }, []],
    [
      'bases',
      { 'a.py': 'class A(b.B[T], C): pass\n', 'b.py': 'class B(D): pass\nclass D: pass\n' },
      ['base B', 'base D'],
    ],
    [
      'a base of two bases',
      { 'a.py': 'class A(B, C): pass\nclass B(D): pass\nclass C(D): pass\nclass D: pass\n' },
      ['base B', 'base D', 'base C'],
    ],
    [
      'two classes of one name',
      { 'a.py': 'class A(B): pass\n', 'b.py': 'class B: pass\n', 'c.py': 'class B: pass\n' },
      ['base B', 'base B'],
    ],
    [
      'subclasses',
      { 'a.py': 'class A: pass\nclass B(A): pass\n', 'b.py': 'class C(a.B): pass\n' },
      ['subclass B', 'subclass C'],
    ],
    [
      'a subclass by two ways',
      { 'a.py': 'class A: pass\nclass B(A): pass\nclass C(A, B): pass\n' },
      ['subclass B', 'subclass C'],
    ],
    [
      'a class of the name of a subclass',
      { 'a.py': 'class A: pass\nclass B(A): pass\n', 'b.py': 'class B: pass\n' },
      ['subclass B'],
    ],
  ])('%s', (_, files, expected) => {
    const { charm, owner } = classA(files);
    expect(relatives(charm, owner).map((one) => `${one.side} ${one.owner.name}`)).toEqual(expected);
  });
});

describe('memberOf', () => {
  it.each<[string, string, string]>([
    ['property', '@property\n    def x(self): return 1', 'getter'],
    ['method', 'def x(self): return 1', 'getter'],
    ['method with a parameter', 'def x(self, a): return 1', 'decorated'],
    ['cached property', '@cached_property\n    def x(self): return 1', 'decorated'],
    ['defined twice', 'def x(self): return 1\n    def x(self): return 2', 'decorated'],
    ['class attribute', 'x = 1', 'assigned 1'],
    ['instance attribute', 'def f(self):\n        self.x = 2', 'assigned 2'],
    ['declared only', 'x: int', 'assigned undefined'],
    ['both', 'x = 1\n    def f(self):\n        self.x = 2', 'assigned undefined'],
    ['nothing', 'y = 1', 'absent'],
  ])('%s', (_, body, expected) => {
    const member = memberOf(classA({ 'a.py': `class A:\n    ${body}\n` }).owner, 'x');
    expect(member.kind === 'assigned' ? `assigned ${member.value?.text()}` : member.kind).toBe(expected);
  });
});
