import { describe, expect, it } from '@jest/globals';
import { Charm } from '../../../transforms/kit/charm.js';
import { MemoryTree, Overlay } from '../../../transforms/kit/tree.js';

type Files = Readonly<Record<string, string>>;
const charm = (files: Files, root = '', roots = [root]) =>
  new Charm(new Overlay(new MemoryTree(files)), root, roots);

describe('origin', () => {
  const library = (patch: number) => `LIBAPI = 2\nLIBPATCH = ${patch}\n`;
  const lib = { 'lib/charms/t/v2/m.py': library(7) };
  const origin = { module: 'charms.t.v2.m', symbol: 'A', api: 2, patch: 7 };
  it.each<[string, string, Files, object | undefined]>([
    ['from import', 'from charms.t.v2.m import A\n', lib, origin],
    ['alias', 'from charms.t.v2.m import B as A\n', lib, { ...origin, symbol: 'B' }],
    [
      'parenthesised with a bracket in a comment',
      'from charms.t.v2.m import (\n    B,  # :)\n    A,\n)\n',
      lib,
      origin,
    ],
    ['backslash', 'from charms.t.v2.m import B, \\\n    A\n', lib, origin],
    ['second of a line', 'from charms.t.v2.m import B; from charms.t.v2.m import A\n', lib, origin],
    ['in a function, CRLF', 'def f():\r\n    from charms.t.v2.m import A\r\n', lib, origin],
    ['lib prefix', 'from lib.charms.t.v2.m import A\n', lib, origin],
    ['module', 'import charms.t.v2.m as A\n', lib, { ...origin, symbol: '' }],
    ['package', 'from charms.t.v2 import m as A\n', lib, { ...origin, symbol: '' }],
    ['no copy', 'from charms.t.v2.m import A\n', {}, { ...origin, patch: undefined }],
    [
      'copies that do not agree',
      'from charms.t.v2.m import A\n',
      { ...lib, 'b/lib/charms/t/v2/m.py': library(8) },
      { ...origin, patch: undefined },
    ],
    [
      'copies that agree',
      'from charms.t.v2.m import A\n',
      { ...lib, 'b/lib/charms/t/v2/m.py': library(7) },
      origin,
    ],
    [
      'two origins of one name',
      'def f():\n    from charms.t.v2.m import A\ndef g():\n    from charms.t.v1.m import A\n',
      lib,
      undefined,
    ],
    [
      'the other is in a docstring',
      '"""D.\n\nfrom charms.t.v1.m import A\n"""\nfrom charms.t.v2.m import A\n',
      lib,
      origin,
    ],
    ['twice the same', 'from charms.t.v2.m import A\nfrom charms.t.v2.m import A\n', lib, origin],
    ['not a library', 'from charms.t import A\n', lib, undefined],
    ['another name', 'from charms.t.v2.m import B\n', lib, undefined],
  ])('%s', (_, source, files, expected) => {
    expect(charm({ ...files, 'a.py': source }).origin('a.py', 'A')).toEqual(expected);
  });

  it('stays when the file changes', () => {
    const one = charm({ ...lib, 'a.py': 'from charms.t.v2.m import A\n' });
    one.tree.write('a.py', 'from new import A\n');
    expect(one.origin('a.py', 'A')).toEqual(origin);
  });
});

describe('subclasses', () => {
  it.each<[string, Files, string[]]>([
    [
      'by name, attribute, subscript',
      { 'a.py': 'class A(C): pass\nclass B(m.C): pass\nclass D(C[T], E): pass\n' },
      ['A', 'B', 'D'],
    ],
    ['by alias', { 'a.py': 'from c import C as Base\nclass A(Base): pass\n' }, ['A']],
    ['an alias of that name is another class', { 'a.py': 'from c import D as C\nclass A(C): pass\n' }, []],
    ['none', { 'a.py': 'class C: pass\nclass A(CC, metaclass=C): pass\n' }, []],
    ['not in vendored libraries', { 'lib/charms/t/v0/m.py': 'class A(C): pass\n' }, []],
  ])('%s', (_, files, expected) => {
    expect(
      charm(files)
        .subclasses('C')
        .map(({ name }) => name),
    ).toEqual(expected);
  });
});

describe('attributeUses', () => {
  it.each<[string, string, object[]]>([
    [
      'self',
      'class A:\n    def f(self):\n        self.x\n',
      [{ kind: 'attribute', text: 'self', selfOf: 'A' }],
    ],
    [
      'self of a lambda in a method',
      'class A:\n    def f(self):\n        lambda: self.x\n',
      [{ selfOf: 'A' }],
    ],
    [
      'a comment before self',
      'class A:\n    def f(  # c\n        self: "A",\n    ):\n        self.x\n',
      [{ selfOf: 'A' }],
    ],
    ['of a decorated method', 'class A:\n    @p\n    def f(self):\n        self.x\n', [{ selfOf: 'A' }]],
    [
      'self of a method, in a function that has another first parameter',
      'class A:\n    def f(self):\n        def g(y):\n            self.x\n',
      [{ selfOf: 'A' }],
    ],
    ['a name of the module', 'a.x\n', [{ text: 'a', selfOf: undefined }]],
    ['in a function of no class', 'def f(y):\n    a.x\n', [{ text: 'a', selfOf: undefined }]],
    ['first parameter of a function', 'def f(self):\n    self.x\n', [{ selfOf: undefined }]],
    ['something else', 'a.b.x\n', [{ text: 'a.b', selfOf: undefined }]],
    [
      'strings',
      'f("x", "a.b.x", "ax", "x.a", f"{a}.x")\n',
      [{ kind: 'string', text: 'x' }, { text: 'a.b.x' }, { text: '.x' }],
    ],
    ['variables and keywords are none', 'x = f(x=x)\n', []],
  ])('%s', (_, source, expected) => {
    expect(charm({ 'a.py': source }).attributeUses('x')).toMatchObject(expected);
  });

  it('takes names with regex characters as they are', () => {
    expect(charm({ 'a.py': '"a.b"; "aXb"\n' }).attributeUses('a.b')).toHaveLength(1);
  });
});

describe('a file that cannot be read', () => {
  const files = { 'a.py': 'class A(C):\n    x.y\n', 'bad.py': '', 'lib/charms/t/v2/m.py': '' };
  // Bytes can be searched where they cannot be decoded.
  class Bytes extends MemoryTree {
    override read(path: string) {
      return path === 'a.py' ? super.read(path) : undefined;
    }
    override contains() {
      return true;
    }
  }
  const one = new Charm(new Overlay(new Bytes(files)));

  it('holds nothing', () => {
    expect([one.python('bad.py'), one.textOf('bad.py'), one.textOf('a.py')]).toEqual([
      undefined,
      '',
      files['a.py'],
    ]);
    expect(one.parsed('y').map(({ path }) => path)).toEqual(['a.py']);
    expect(one.subclasses('C').map(({ path }) => path)).toEqual(['a.py']);
    expect(one.attributeUses('y').map(({ path }) => path)).toEqual(['a.py']);
  });

  it('as a library has no version', () => {
    expect(one.libraries).toEqual([
      expect.objectContaining({
        module: 'charms.t.v2.m',
        patch: undefined,
        libid: undefined,
        tombstone: false,
      }),
    ]);
  });
});

describe('vendored', () => {
  it('is the copy of the root itself, else that of the top, never that of a neighbour', () => {
    const copy = (root: string) => `${root}lib/charms/t/v0/m.py`;
    const seen = (files: Files) =>
      charm(files, 'a', ['', 'a', 'b'])
        .vendored('charms.t.v0.m')
        .map(({ path }) => path);
    expect(seen({ [copy('a/')]: '', [copy('b/')]: '', [copy('')]: '' })).toEqual([copy('a/')]);
    expect(seen({ [copy('b/')]: '', [copy('')]: '' })).toEqual([copy('')]);
    expect(seen({ [copy('b/')]: '' })).toEqual([]);
  });
});

describe('roots', () => {
  const files = { 'a.py': '', 'x/b.py': '', 'x/y/c.py': '' };
  it.each<[string, string, string[]]>([
    ['the top without nested roots', '', ['a.py']],
    ['a root without those in it', 'x', ['x/b.py']],
    ['the innermost', 'x/y', ['x/y/c.py']],
  ])('%s', (_, root, expected) => {
    const one = charm(files, root, ['', 'x', 'x/y']);
    expect(one.files()).toEqual(expected);
    expect(expected.map((path) => one.relative(path))).toEqual(
      expected.map((path) => path.split('/').at(-1)),
    );
    expect(one.at('m')).toBe(root === '' ? 'm' : `${root}/m`);
  });

  it('a file of another root has no relative path', () => {
    expect(charm(files, 'x', ['', 'x']).relative('a.py')).toBeUndefined();
  });
});

describe('metadata', () => {
  it('is right for each of many charms, also when more texts came by than are remembered', () => {
    const roots = Array.from({ length: 600 }, (_, index) => `c${index}`);
    const files = Object.fromEntries(roots.map((root) => [`${root}/metadata.yaml`, `name: ${root}\n`]));
    const names = () => roots.map((root) => charm(files, root, roots).metadata?.name);
    expect([names(), names()]).toEqual([roots, roots]);
  });

  const endpoints = 'requires:\n  t:\n    interface: tracing\n    limit: 1\n    optional: true\n  u: null\n';
  it.each<[string, Files, object | undefined]>([
    [
      'metadata.yaml',
      { 'metadata.yaml': `name: a\n${endpoints}` },
      {
        name: 'a',
        endpoints: [
          { name: 't', role: 'requires', interface: 'tracing', limit: 1, optional: true },
          { name: 'u', interface: undefined },
        ],
      },
    ],
    [
      'the one with the endpoints',
      { 'charmcraft.yaml': 'type: charm\n', 'metadata.yaml': `name: a\n${endpoints}` },
      { path: 'metadata.yaml' },
    ],
    [
      'charmcraft.yaml first',
      { 'charmcraft.yaml': `name: b\n${endpoints}`, 'metadata.yaml': `name: a\n${endpoints}` },
      { name: 'b' },
    ],
    ['none has endpoints', { 'charmcraft.yaml': 'name: b\n' }, { name: 'b', endpoints: [] }],
    ['BOM', { 'metadata.yaml': '\uFEFFname: a\nrequires: []\n' }, { name: 'a', endpoints: [] }],
    ['broken', { 'metadata.yaml': 'a: [\n' }, undefined],
    ['not a map', { 'metadata.yaml': '- a\n' }, undefined],
    ['none', {}, undefined],
  ])('%s', (_, files, expected) => {
    const found = charm(files).metadata;
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  });
});

describe('libraries', () => {
  it('are read by path and header', () => {
    const text = 'LIBID = "0123456789abcdef0123456789abcdef"\nLIBPATCH = 3\n';
    const one = charm({
      'lib/charms/t/v1/m.py': text,
      'x/lib/charms/t/v1/n.py': 'raise DeprecationWarning("gone")\n',
      'lib/charms/t/m.py': '',
    });
    expect(one.libraries).toEqual([
      {
        path: 'lib/charms/t/v1/m.py',
        module: 'charms.t.v1.m',
        charm: 't',
        api: 1,
        patch: 3,
        libid: '0123456789abcdef0123456789abcdef',
        tombstone: false,
      },
      {
        path: 'x/lib/charms/t/v1/n.py',
        module: 'charms.t.v1.n',
        charm: 't',
        api: 1,
        patch: undefined,
        libid: undefined,
        tombstone: true,
      },
    ]);
    expect(one.vendored('lib.charms.t.v1.m')).toHaveLength(1);
  });
});

describe('caches', () => {
  it('a version of a file is parsed once, a new one anew', () => {
    const one = charm({ 'a.py': 'a\n' });
    const first = one.python('a.py');
    expect(one.python('a.py')).toBe(first);
    expect(one.preparse('a.py', 'a\n')).toBe(first);
    const next = one.preparse('a.py', 'b\n');
    expect(one.preparse('a.py', 'b\n')).toBe(next);
    one.tree.write('a.py', 'b\n');
    expect(one.python('a.py')).toBe(next);
    one.release();
    expect(one.python('a.py')).not.toBe(next);
    expect(one.python('none.py')).toBeUndefined();
  });

  it('facts are kept until the tree changes', () => {
    const one = charm({ 'a.py': 'x\n' });
    expect(one.pythonFiles('x')).toBe(one.pythonFiles('x'));
    expect(one.pythonFiles('x')).toEqual(['a.py']);
    one.tree.write('a.py', null);
    expect(one.pythonFiles('x')).toEqual([]);
  });
});
