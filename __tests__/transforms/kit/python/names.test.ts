import { describe, expect, it } from '@jest/globals';
import { PythonFile } from '../../../../transforms/kit/python/file.js';
import { attributeChain, leftmost, withoutLibPrefix } from '../../../../transforms/kit/python/names.js';

const parse = (source: string) => new PythonFile('a.py', source);

/** What the argument of the first `use(…)` in a source means. */
function qualified(source: string): string | undefined {
  const file = parse(source);
  const argument = file.find('use($X)')[0]?.getMatch('X');
  if (!argument) throw new Error('the source has no use(…)');
  return file.names.qualify(argument);
}

/** `line role kind-of-scope` for each occurrence. */
function occurrences(source: string, name: string): string[] {
  const file = parse(source);
  const kinds = new Map(file.find({ rule: { regex: '' } }).map((node) => [node.id(), node.kind()]));
  return file.names
    .occurrences(name)
    .map(({ node, role, scope }) => `${node.range().start.line + 1} ${role} ${kinds.get(scope)}`);
}

describe('qualify', () => {
  it.each<[string, string, string | undefined]>([
    ['from import', 'from a.b import C\nuse(C)\n', 'a.b.C'],
    ['attribute of a from import', 'from a.b import C\nuse(C.d.e)\n', 'a.b.C.d.e'],
    ['alias', 'from a.b import C as D\nuse(D)\n', 'a.b.C'],
    ['the imported name behind an alias is not bound', 'from a.b import C as D\nuse(C)\n', undefined],
    ['module', 'import a.b\nuse(a.b.C)\n', 'a.b.C'],
    ['module alias', 'import a.b as t\nuse(t.C)\n', 'a.b.C'],
    ['two modules of one package', 'import a.b\nimport a.c\nuse(a.c.X)\n', 'a.c.X'],
    ['two modules in one statement', 'import a.b, a.c\nuse(a.b.X)\n', 'a.b.X'],
    ['relative import', 'from ..a import C\nuse(C)\n', '..a.C'],
    ['spaces in the module', 'from a . b import C\nuse(C)\n', 'a.b.C'],
    ['lib prefix', 'from lib.charms.x import C\nuse(C)\n', 'charms.x.C'],
    ['the last of two aliases in one list', 'from a import b as n, c as n\nuse(n)\n', 'a.c'],
    ['the same import twice', 'from a import C\nfrom a import C\nuse(C)\n', 'a.C'],
    ['in a function that imports', 'def f():\n    from a import C\n    use(C)\n', 'a.C'],
    ['outside the function that imports', 'def f():\n    from a import C\nuse(C)\n', undefined],
    [
      'from a method past the class',
      'from a import C\nclass K:\n    C = 1\n    def m(self):\n        use(C)\n',
      'a.C',
    ],
    ['in the class that binds', 'from a import C\nclass K:\n    C = 1\n    use(C)\n', undefined],
    ['two imports of different things', 'from a import C\nfrom b import C\nuse(C)\n', undefined],
    ['not imported', 'use(C)\n', undefined],
    ['not a name', 'from a import C\nuse(C())\n', undefined],
    ['attribute of a call', 'from a import C\nuse(C().d)\n', undefined],
    ['assigned too', 'from a import C\nC = 1\nuse(C)\n', undefined],
    ['assigned under a condition', 'from a import C\nif x:\n    C = 1\nuse(C)\n', undefined],
    ['assigned in a tuple', 'from a import C\n(C, d), *e = x\nuse(C)\n', undefined],
    ['assigned in a chain', 'from a import C\nb = C = 1\nuse(C)\n', undefined],
    ['annotated', 'from a import C\nC: int\nuse(C)\n', undefined],
    ['added to', 'from a import C\nC += 1\nuse(C)\n', undefined],
    ['deleted', 'from a import C\ndel C\nuse(C)\n', undefined],
    ['walrus', 'from a import C\nif (C := f()):\n    use(C)\n', undefined],
    ['walrus in a comprehension of the module', 'from a import C\n[C := x for x in y]\nuse(C)\n', undefined],
    ['value side of a walrus', 'from a import C\n(x := C)\nuse(C)\n', 'a.C'],
    ['value side of an addition', 'from a import C\nx += C\nuse(C)\n', 'a.C'],
    ['context manager', 'from a import C\nwith C as x:\n    use(C)\n', 'a.C'],
    ['target of a context manager', 'from a import C\nwith x as C:\n    use(C)\n', undefined],
    [
      'a file that is one syntax error',
      'from a import C\nuse(C)\nclass K(B):\n    def f(self, *a):\n        x = [use(\n',
      'a.C',
    ],
    ['walrus in a function only', 'from a import C\ndef f():\n    (C := 1)\nuse(C)\n', 'a.C'],
    ['for target', 'from a import C\nfor C in x: pass\nuse(C)\n', undefined],
    ['with target', 'from a import C\nwith x as C: pass\nuse(C)\n', undefined],
    ['with target in parentheses', 'from a import C\nwith (x as (C, d)): pass\nuse(C)\n', undefined],
    ['except target', 'from a import C\ntry: pass\nexcept E as C: pass\nuse(C)\n', undefined],
    ['match capture', 'from a import C\nmatch x:\n    case C: pass\nuse(C)\n', undefined],
    ['match capture in a sequence', 'from a import C\nmatch x:\n    case [1, *C]: pass\nuse(C)\n', undefined],
    [
      'match capture of a mapping',
      'from a import C\nmatch x:\n    case {"k": 1, **C}: pass\nuse(C)\n',
      undefined,
    ],
    ['match capture in a union', 'from a import C\nmatch x:\n    case (1 | C): pass\nuse(C)\n', undefined],
    ['match capture behind as', 'from a import C\nmatch x:\n    case 1 as C: pass\nuse(C)\n', undefined],
    ['match capture of a keyword', 'from a import C\nmatch x:\n    case K(k=C): pass\nuse(C)\n', undefined],
    ['match class is a use', 'from a import C\nmatch x:\n    case C(): pass\nuse(C)\n', 'a.C'],
    ['match value is a use', 'from a import C\nmatch x:\n    case C.d: pass\nuse(C)\n', 'a.C'],
    ['match keyword is none', 'from a import C\nmatch x:\n    case K(C=1): pass\nuse(C)\n', 'a.C'],
    ['function of that name', 'from a import C\ndef C(): pass\nuse(C)\n', undefined],
    ['class of that name', 'from a import C\nclass C: pass\nuse(C)\n', undefined],
    ['type alias of that name', 'from a import C\ntype C = int\nuse(C)\n', undefined],
    ['method of that name', 'from a import C\nclass K:\n    def C(self): pass\nuse(C)\n', 'a.C'],
    ['attribute of that name', 'from a import C\nx.C = 1\nuse(C)\n', 'a.C'],
    ['item of that name', 'from a import C\nC[0], C.d = 1, 2\nuse(C)\n', 'a.C'],
    ['keyword argument of that name', 'from a import C\nf(C=1)\nuse(C)\n', 'a.C'],
    ['parameter', 'from a import C\ndef f(C):\n    use(C)\n', undefined],
    ['typed parameter with a default', 'from a import C\ndef f(C: int = 1):\n    use(C)\n', undefined],
    ['star parameter', 'from a import C\ndef f(*C: int):\n    use(C)\n', undefined],
    ['parameter of a lambda', 'from a import C\nlambda C: use(C)\n', undefined],
    [
      'parameter of an outer function',
      'from a import C\ndef f(C):\n    def g():\n        use(C)\n',
      undefined,
    ],
    ['default value', 'from a import C\ndef f(C=use(C)): pass\n', 'a.C'],
    ['default value of a lambda', 'from a import C\nlambda C=use(C): 1\n', 'a.C'],
    ['annotation', 'from a import C\ndef f(C: use(C)): pass\n', 'a.C'],
    ['decorator', 'from a import C\n@use(C)\ndef f(C): pass\n', 'a.C'],
    ['base class', 'from a import C\nclass K(use(C)):\n    C = 1\n', 'a.C'],
    ['type parameter', 'from a import C\ndef f[C](x: use(C)): pass\n', undefined],
    [
      'type parameter in the body',
      'from a import C\nclass K[C: int]:\n    def f(self):\n        use(C)\n',
      undefined,
    ],
    ['several type parameters', 'from a import C\ndef f[*C, **P](): use(C)\n', undefined],
    ['bound of a type parameter', 'from a import C\ndef f[T: use(C)](): pass\n', 'a.C'],
    ['subscript in an annotation', 'from a import C\ndef f(x: list[C]): use(C)\n', 'a.C'],
    ['comprehension variable', 'from a import C\n[use(C) for C in x]\n', undefined],
    ['first iterable of a comprehension', 'from a import C\n[1 for C in use(C)]\n', 'a.C'],
    ['second iterable of a comprehension', 'from a import C\n[1 for C in x for y in use(C)]\n', undefined],
    ['variable of a comprehension elsewhere', 'from a import C\n[C for C in x]\nuse(C)\n', 'a.C'],
    [
      'class scope in the first iterable',
      'from a import C\nclass K:\n    C = 1\n    [1 for y in use(C)]\n',
      undefined,
    ],
    [
      'class scope in a comprehension',
      'from a import C\nclass K:\n    C = 1\n    [use(C) for y in x]\n',
      'a.C',
    ],
    [
      'class scope in a nested class',
      'from a import C\nclass K:\n    C = 1\n    class L:\n        use(C)\n',
      'a.C',
    ],
    [
      'class scope in an annotation',
      'from a import C\nclass K:\n    C = 1\n    def f[T](x: use(C)): pass\n',
      undefined,
    ],
    ['global rebinding', 'from a import C\ndef f():\n    global C\n    C = 1\nuse(C)\n', undefined],
    ['global import', 'def f():\n    global C\n    from a import C\nuse(C)\n', 'a.C'],
    ['global without rebinding', 'from a import C\ndef f():\n    global C\n    use(C)\n', 'a.C'],
    [
      'global past a local of the outer function',
      'from a import C\ndef f(C):\n    def g():\n        global C\n        use(C)\n',
      'a.C',
    ],
    [
      'nonlocal rebinding',
      'def f():\n    from a import C\n    def g():\n        nonlocal C\n        C = 1\n    use(C)\n',
      undefined,
    ],
    [
      'nonlocal past the module',
      'from a import C\ndef f(C):\n    def g():\n        nonlocal C\n        C = 1\nuse(C)\n',
      'a.C',
    ],
    [
      'fallback of a failed import',
      'try:\n    from a import C\nexcept ImportError:\n    C = None\nuse(C)\n',
      'a.C',
    ],
    [
      'fallback function',
      'try:\n    from a import C\nexcept ImportError:\n    def C(): pass\nuse(C)\n',
      'a.C',
    ],
    [
      'other import as fallback',
      'try:\n    from a import C\nexcept ImportError:\n    from b import C\nuse(C)\n',
      undefined,
    ],
    [
      'rebinding in the try itself',
      'try:\n    from a import C\n    C = 1\nexcept ImportError: pass\nuse(C)\n',
      undefined,
    ],
    [
      'rebinding beside an import in except',
      'try: pass\nexcept E:\n    from a import C\n    C = 1\nuse(C)\n',
      undefined,
    ],
    ['fallback of another try', 'from a import C\ntry: pass\nexcept E:\n    C = 1\nuse(C)\n', undefined],
    ['star import behind it', 'from a import C\nfrom b import *\nuse(C)\n', undefined],
    ['star import of the same module', 'from a import C\nfrom a import *\nuse(C)\n', 'a.C'],
    ['star import in front of it', 'from b import *\nfrom a import C\nuse(C)\n', 'a.C'],
    ['star import alone', 'from a import *\nuse(C)\n', undefined],
    ['star import and a local import', 'def f():\n    from a import C\n    use(C)\nfrom b import *\n', 'a.C'],
    ['under TYPE_CHECKING', 'if TYPE_CHECKING:\n    from a import C\nuse(C)\n', 'a.C'],
    ['from __future__ binds nothing', 'from __future__ import annotations\nuse(annotations)\n', undefined],
    ['f-string', 'from a import C\nf"{use(C)!r:>{C}}"\n', 'a.C'],
    ['name with letters of another script', 'from a import naïve_ñ as ñ\nuse(ñ)\n', 'a.naïve_ñ'],
  ])('%s', (_, source, expected) => {
    expect(qualified(source)).toBe(expected);
  });
});

describe('occurrences', () => {
  it.each<[string, string, string[]]>([
    ['assignment and use', 'x = 1\nx\n', ['1 bind module', '2 read module']],
    ['augmented assignment reads and binds', 'x += 1\n', ['1 read module', '1 bind module']],
    [
      'del reads and binds',
      'del x, (y, x)\n',
      ['1 read module', '1 bind module', '1 read module', '1 bind module'],
    ],
    [
      'parameters belong to the function',
      'def f(x, *, y=x): x\n',
      ['1 bind function_definition', '1 read module', '1 read function_definition'],
    ],
    ['lambda', 'lambda x: x\n', ['1 bind lambda', '1 read lambda']],
    [
      'comprehension',
      '[x for x in x]\n',
      ['1 read list_comprehension', '1 bind list_comprehension', '1 read module'],
    ],
    [
      'generator, set and dict',
      '(x for x in a)\n{x for x in a}\n{x: 1 for x in a}\n',
      [
        '1 read generator_expression',
        '1 bind generator_expression',
        '2 read set_comprehension',
        '2 bind set_comprehension',
        '3 read dictionary_comprehension',
        '3 bind dictionary_comprehension',
      ],
    ],
    [
      'declarations',
      'def f():\n    global x\n    x = 1\n',
      ['2 declare function_definition', '3 bind module'],
    ],
    [
      'nonlocal',
      'def f():\n  x = 1\n  def g():\n    nonlocal x\n    x = 2\n    x\n',
      [
        '2 bind function_definition',
        '4 declare function_definition',
        '5 bind function_definition',
        '6 read function_definition',
      ],
    ],
    ['type parameter', 'class K[x](B[x]): pass\n', ['1 bind type_parameter', '1 read type_parameter']],
    ['mapping pattern with a value as key', 'match a:\n  case {x.y: 1}: pass\n', ['2 read module']],
    ['dotted import binds its head only', 'import x.y\nimport y.x\n', ['1 bind module']],
    ['from import of a module of that name', 'from x.y import z\nfrom .x import w\n', []],
    ['aliased import of that name', 'import x as y\nfrom a import x as y\n', []],
    ['attribute, keyword and string', 'a.x\nf(x=1)\n"x"\n# x\n', []],
    ['longer names', 'xx = x_ = _x\n', []],
    ['absent', 'a = 1\n', []],
  ])('%s', (_, source, expected) => {
    expect(occurrences(source, 'x')).toEqual(expected);
  });
});

describe('moduleReads', () => {
  it.each<[string, string, number[]]>([
    ['reads of the module variable only', 'x = 1\ndef f(x): x\ndef g(): x\nclass K: x\n', [3, 4]],
    ['none', 'x = 1\ndef f(x): x\n', []],
  ])('%s', (_, source, lines) => {
    const reads = parse(source).names.moduleReads('x');
    expect(reads.map((node) => node.range().start.line + 1)).toEqual(lines);
  });
});

describe('bindings', () => {
  it.each<[string, string, string[]]>([
    ['module', 'x = 1\nx = 2\ndef f(): x = 3\n', ['1', '2']],
    ['a star import behind the first may bind', 'x = 1\nfrom a import *\n', ['1', '2']],
    ['none, whatever a star import brings', 'from a import *\n', []],
    ['none', 'y = 1\n', []],
  ])('%s', (_, source, lines) => {
    const found = parse(source).names.moduleBindings('x');
    expect(found.map(({ node }) => String(node.range().start.line + 1))).toEqual(lines);
  });
});

describe('chains', () => {
  it.each<[string, string, string[] | undefined, string]>([
    ['name', 'a\n', ['a'], 'a'],
    ['chain', 'a.b.c\n', ['a', 'b', 'c'], 'a'],
    ['chain over lines', '(a\n .b)\n', undefined, '(a\n .b)'],
    ['call in it', 'a().b\n', undefined, 'a()'],
    ['literal', '1\n', undefined, '1'],
  ])('%s', (_, source, chain, left) => {
    const node = parse(source).root.child(0)?.child(0);
    if (!node) throw new Error('no expression');
    expect(attributeChain(node)).toEqual(chain);
    expect(leftmost(node).text()).toBe(left);
  });
});

describe('withoutLibPrefix', () => {
  it.each([
    ['lib.charms.a.v0.b', 'charms.a.v0.b'],
    ['charms.a', 'charms.a'],
    ['lib.other', 'lib.other'],
    ['mylib.charms.a', 'mylib.charms.a'],
  ])('%s', (module, expected) => {
    expect(withoutLibPrefix(module)).toBe(expected);
  });
});
