/** Imports, classes, strings and constants: what the helpers read. */
import { describe, expect, it } from '@jest/globals';
import { Charm } from '../../../../transforms/kit/charm.js';
import { selfAssignments, selfAttributes, selfReads } from '../../../../transforms/kit/python/classes.js';
import { constantString } from '../../../../transforms/kit/python/constants.js';
import { PythonFile } from '../../../../transforms/kit/python/file.js';
import { preferredQuote, stringLiteral, stringValue } from '../../../../transforms/kit/python/strings.js';
import { MemoryTree, Overlay } from '../../../../transforms/kit/tree.js';

const parse = (source: string) => new PythonFile('a.py', source);

describe('imports', () => {
  it.each<[string, string, object[]]>([
    [
      'import',
      'import a.b\n',
      [{ kind: 'import', module: '', names: [{ name: 'a.b', local: 'a', alias: undefined }] }],
    ],
    ['several', 'import a, b as c\n', [{ names: [{ local: 'a' }, { name: 'b', local: 'c', alias: 'c' }] }]],
    [
      'from',
      'from a . b import c as d, e\n',
      [
        {
          kind: 'from',
          module: 'a.b',
          parenthesized: false,
          commented: false,
          names: [{ local: 'd' }, { local: 'e' }],
        },
      ],
    ],
    ['parenthesised', 'from a import (\n    b,  # c\n)\n', [{ parenthesized: true, commented: true }]],
    ['relative', 'from . import a\nfrom ..b import c\n', [{ module: '.' }, { module: '..b' }]],
    ['star', 'from a import *\n', [{ names: [{ name: '*', local: '*' }] }]],
    ['backslash', 'from a.\\\n  b import c\n', [{ module: 'a.b' }]],
    ['__future__ binds nothing', 'from __future__ import a\n', []],
    [
      'at any depth, in order',
      'def f():\n    import a\nimport b\n',
      [{ names: [{ local: 'a' }] }, { names: [{ local: 'b' }] }],
    ],
  ])('%s', (_, source, expected) => {
    expect(parse(source).imports).toMatchObject(expected);
    expect(parse(source).imports).toHaveLength(expected.length);
  });
});

describe('classes', () => {
  const read = (source: string) => parse(source).classes;

  it.each<[string, string, object[]]>([
    ['plain', 'class A: pass\n', [{ name: 'A', bases: [], methods: [], decorators: [] }]],
    [
      'bases without keywords and comments',
      'class A(B, c.D,  # e\n    metaclass=M): pass\n',
      [{ bases: [{}, {}] }],
    ],
    ['decorated', '@a\n@b()\nclass A: pass\n', [{ decorators: [{}, {}] }]],
    ['nested', 'class A:\n    class B: pass\n', [{ name: 'A', methods: [] }, { name: 'B' }]],
    [
      'methods',
      'class A:\n    def f(self, x): pass\n    @property\n    def g(me: "A"): pass\n    @staticmethod\n    def h(x): pass\n    @property\n    @c\n    def i(): pass\n',
      [
        {
          methods: [
            { name: 'f', self: 'self', isProperty: false },
            { name: 'g', self: 'me', isProperty: true },
            { name: 'h', self: undefined, isProperty: false },
            { name: 'i', self: undefined, isProperty: false },
          ],
        },
      ],
    ],
    [
      'methods under a condition are not listed',
      'class A:\n    if x:\n        def f(self): pass\n',
      [{ methods: [] }],
    ],
    [
      'a comment before self',
      'class A:\n    def f(  # c\n        self): pass\n',
      [{ methods: [{ self: 'self' }] }],
    ],
  ])('%s', (_, source, expected) => {
    expect(read(source)).toMatchObject(expected);
  });

  it.each<[string, string, (string | undefined)[], number]>([
    ['plain', 'self.x = 1', ['1 true'], 0],
    ['annotated', 'self.x: int = 1', ['1 true'], 0],
    ['chain', 'a = self.x = 1', ['1 true'], 0],
    ['tuple', 'self.x, a = b', ['undefined true'], 0],
    ['declared', 'self.x: int', ['undefined true'], 0],
    ['augmented', 'self.x += 1', ['undefined true'], 0],
    ['conditional', 'if a:\n            self.x = 1', ['1 false'], 0],
    [
      'with, for, del',
      'with a as self.x: pass\n        for self.x in a: pass\n        del self.x',
      ['undefined true', 'undefined true', 'undefined true'],
      0,
    ],
    ['read', 'f(self.x)\n        self.x.y = self.x[0]', [], 3],
    ['value side of a for', 'for a in self.x: pass', [], 1],
    ['another object', 'a.x = other.x', [], 0],
    ['comprehension', '[self.x for a in b]', [], 1],
  ])('self attributes: %s', (_, body, stored, reads) => {
    const [owner] = read(`class A:\n    def f(self):\n        ${body}\n`);
    if (!owner) throw new Error('no class');
    expect(
      selfAssignments(owner, 'x').map(({ value, unconditional }) => `${value?.text()} ${unconditional}`),
    ).toEqual(stored);
    expect(selfReads(owner, 'x')).toHaveLength(reads);
  });

  it('a static method has no self', () => {
    const [method] = read('class A:\n    @staticmethod\n    def f(self): self.x\n')[0]?.methods ?? [];
    expect(method && selfAttributes(method, 'x')).toEqual([]);
  });
});

describe('strings', () => {
  it.each<[string, string, string | undefined, string?]>([
    ['double', '"a"', 'a', '"'],
    ['single', "'a'", 'a', "'"],
    ['triple', '"""a\nb"""', 'a\nb', '"""'],
    ['raw', 'r"a\\b"', 'a\\b', '"'],
    ['unicode prefix', 'u"a"', 'a', '"'],
    ['empty', '""', '', '"'],
    ['in parentheses', '("a")', 'a', '"'],
    ['with a comment in parentheses', '("a"  # c\n)', undefined],
    ['two in parentheses', '("a" "b")', undefined],
    ['escape', '"a\\n"', undefined],
    ['f-string', 'f"a"', undefined],
    ['bytes', 'b"a"', undefined],
    ['raw bytes', 'rb"a"', undefined],
    ['concatenated', '"a" "b"', undefined],
    ['another expression', 'a', undefined],
    ['a tuple', '("a", "b")', undefined],
  ])('%s', (_, source, value, ...[quote]) => {
    const node = parse(`${source}\n`).root.child(0)?.child(0);
    if (!node) throw new Error('no expression');
    const literal = stringLiteral(node);
    expect([stringValue(node), literal?.quote]).toEqual([value, quote]);
    if (literal) expect(`${source}\n`.slice(literal.content.start, literal.content.end)).toBe(value);
  });

  it('of nothing is nothing', () => {
    expect([stringValue(null), stringValue(undefined)]).toEqual([undefined, undefined]);
  });

  it.each<[string, string, string]>([
    ['none', 'a\n', '"'],
    ['tie', `a = "a"\nb = 'b'\n`, '"'],
    ['single', `a = 'a'\nb = 'b'\nc = "c"\n`, "'"],
    ['docstrings do not count', `"""D."""\na = 'a'\nb = 'b'\n`, "'"],
    ['apostrophes do not count', `# don't, can't, won't\na = "a"\n`, '"'],
    ['with prefixes', `a = r'a'\n`, "'"],
  ])('preferred quote: %s', (_, source, expected) => {
    expect(preferredQuote(source)).toBe(expected);
  });
});

describe('constantString', () => {
  // What the argument of `use(…)` stands for.
  it.each<[string, string, string | undefined, Record<string, string>?]>([
    ['literal', 'use("a")\n', 'a'],
    ['constant', 'X = "a"\nuse(X)\n', 'a'],
    ['annotated constant', 'X: str = "a"\nuse(X)\n', 'a'],
    ['constant of a constant', 'Y = "a"\nX = Y\nuse(X)\n', 'a'],
    ['assigned twice', 'X = "a"\nX = "b"\nuse(X)\n', undefined],
    ['assigned again under a condition', 'X = "a"\nif y:\n    X = "b"\nuse(X)\n', undefined],
    ['added to', 'X = "a"\nX += "b"\nuse(X)\n', undefined],
    ['assigned again in a function', 'X = "a"\ndef f():\n    global X\n    X = "b"\nuse(X)\n', undefined],
    ['a star import may bind it', 'X = "a"\nfrom b import *\nuse(X)\n', undefined],
    ['parameter', 'X = "a"\ndef f(X):\n    use(X)\n', undefined],
    ['of a tuple', 'X, Y = "a", "b"\nuse(X)\n', undefined],
    ['annotation only', 'X: str\nuse(X)\n', undefined],
    ['itself', 'X = X\nuse(X)\n', undefined],
    ['class attribute through self', 'class A:\n    X = "a"\n    def f(self):\n        use(self.X)\n', 'a'],
    [
      'class attribute through cls',
      'class A:\n    X = "a"\n    @classmethod\n    def f(cls):\n        use(cls.X)\n',
      'a',
    ],
    ['class attribute through the class', 'class A:\n    X = "a"\nuse(A.X)\n', 'a'],
    [
      'class attribute through the class inside it',
      'class A:\n    X = "a"\n    def f(self):\n        use(A.X)\n',
      'a',
    ],
    ['two classes of the name', 'class A:\n    X = "a"\nclass A:\n    X = "b"\nuse(A.X)\n', undefined],
    [
      'instance attribute',
      'class A:\n    def __init__(self):\n        self.X = "a"\n    def f(self):\n        use(self.X)\n',
      'a',
    ],
    [
      'class and instance attribute',
      'class A:\n    X = "a"\n    def f(self):\n        self.X = "b"\n        use(self.X)\n',
      undefined,
    ],
    [
      'class attribute again under a condition',
      'class A:\n    X = "a"\n    if y:\n        X = "b"\n    def f(self):\n        use(self.X)\n',
      undefined,
    ],
    ['property', 'class A:\n    def X(self): return "a"\n    def f(self):\n        use(self.X)\n', undefined],
    [
      'attribute of an attribute',
      'class A:\n    X = "a"\n    def f(self):\n        use(self.X.y)\n',
      undefined,
    ],
    ['unknown object', 'use(a.X)\n', undefined],
    ['attribute of a call', 'use(f().X)\n', undefined],
    ['call', 'use(f())\n', undefined],
    ['imported constant', 'from literals import X\nuse(X)\n', 'a', { 'src/literals.py': 'X = "a"\n' }],
    ['imported module', 'import literals\nuse(literals.X)\n', 'a', { 'src/literals.py': 'X = "a"\n' }],
    ['relative import', 'from .literals import X\nuse(X)\n', 'a', { 'src/literals.py': 'X = "a"\n' }],
    [
      'two modules of the name',
      'from literals import X\nuse(X)\n',
      undefined,
      { 'src/literals.py': 'X = "a"\n', 'tests/literals.py': 'X = "a"\n' },
    ],
    [
      'bound twice there',
      'from literals import X\nuse(X)\n',
      undefined,
      { 'src/literals.py': 'X = "a"\nif y:\n    X = "b"\n' },
    ],
    ['not there', 'from literals import X\nuse(X)\n', undefined, { 'src/literals.py': 'Y = "X"\n' }],
    ['no such module', 'from literals import X\nuse(X)\n', undefined, {}],
    ['without a charm', 'from literals import X\nuse(X)\n', undefined],
    ['a module', 'import literals\nuse(literals)\n', undefined, {}],
  ])('%s', (_, source, expected, ...[files]) => {
    const charm = files && new Charm(new Overlay(new MemoryTree({ ...files, 'src/charm.py': source })));
    const file = parse(source);
    const node = file.find('use($X)')[0]?.getMatch('X');
    if (!node) throw new Error('no use');
    expect(constantString(file, node, charm)).toBe(expected);
  });
});

describe('syntaxErrors', () => {
  it.each<[string, string, number]>([
    ['none', 'a = ""\n', 0],
    ['empty', '', 0],
    ['a token too many', 'a = = 1\n', 1],
    ['a missing token', 'def f(:\n    pass\n', 1],
    ['a missing body', 'if a:\n', 1],
  ])('%s', (_, source, count) => {
    expect(parse(source).syntaxErrors).toHaveLength(count);
  });
});
