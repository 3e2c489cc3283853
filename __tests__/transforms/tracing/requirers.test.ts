import { describe, expect, it } from '@jest/globals';
import { Charm } from '../../../transforms/kit/charm.js';
import { MemoryTree, Overlay } from '../../../transforms/kit/tree.js';
import { isRequirerClass, requirerOf, requirers } from '../../../transforms/tracing/requirers.js';

const V1 = 'from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer\n';

function charmOf(files: Record<string, string>): Charm {
  return new Charm(new Overlay(new MemoryTree(files)));
}

/** What the object of each `.probe` in a file means. */
function probes(files: Record<string, string>, path = 'src/charm.py'): (string | undefined)[] {
  const charm = charmOf(files);
  const file = charm.python(path);
  if (!file) throw new Error(path);
  return file.find({ rule: { pattern: '$OBJECT.probe' } }).map((node) => {
    const object = node.field('object');
    const found = object ? requirerOf(charm, file, object) : undefined;
    switch (found?.kind) {
      case 'requirer':
        return `${found.requirer.owner?.name ?? ''}.${found.requirer.attribute ?? ''}`;
      case 'some':
        return `some v${found.origin?.api ?? '?'}`;
      default:
        return found?.kind;
    }
  });
}

describe('requirers', () => {
  const one = (code: string, more: Record<string, string> = {}) =>
    requirers(charmOf({ 'src/charm.py': code, ...more }))[0];

  it('finds the assignment, the relation and the protocols', () => {
    const found = one(
      `${V1}REL = "trace"\nclass C:\n    P = "otlp_http"\n    def __init__(self):\n        self.t = TracingEndpointRequirer(self, REL, protocols=[self.P, "zipkin"])\n`,
    );
    expect(found).toMatchObject({
      attribute: 't',
      certain: true,
      relation: 'trace',
      origin: { module: 'charms.tempo_k8s.v1.tracing', api: 1, patch: undefined },
      protocols: { kind: 'list', names: ['otlp_http', 'zipkin'], fixed: false },
    });
  });

  it.each([
    ['absent', 'self', { kind: 'absent' }],
    ['None', 'self, protocols=None', { kind: 'absent' }],
    ['keyword arguments unpacked', 'self, **options', { kind: 'unknown' }],
    ['a call', 'self, protocols=make()', { kind: 'unknown' }],
    ['a computed element', 'self, protocols=[make()]', { kind: 'unknown' }],
    ['a tuple', 'self, protocols=("zipkin",)', { kind: 'list', fixed: true }],
    ['a constant', 'self, protocols=LIST', { kind: 'list', names: ['zipkin'], fixed: false }],
    ['a constant read elsewhere', 'self, protocols=BOTH', { kind: 'list', fixed: true }],
    ['an imported constant', 'self, protocols=FAR', { kind: 'list', names: ['otlp_grpc'], fixed: false }],
  ])('protocols: %s', (_, args, expected) => {
    const code = `${V1}from literals import FAR\nLIST = ["zipkin"]\nBOTH = ["zipkin"]\nprint(BOTH)\nclass C:\n    def __init__(self):\n        self.t = TracingEndpointRequirer(${args})\n`;
    expect(one(code, { 'src/literals.py': 'FAR = ["otlp_grpc"]\n' })?.protocols).toMatchObject(expected);
  });

  it.each([
    ['default', 'self', 'tracing'],
    ['computed', 'self, relation_name=make()', undefined],
    ['unpacked', '*args', undefined],
  ])('relation: %s', (_, args, expected) => {
    expect(one(`${V1}x = TracingEndpointRequirer(${args})\n`)?.relation).toBe(expected);
  });

  it('is not certain when it is assigned twice, under a condition, or outside __init__', () => {
    const under = (body: string) => one(`${V1}class C:\n${body}`)?.certain;
    const make = 'self.t = TracingEndpointRequirer(self)';
    expect(under(`    def __init__(self):\n        if self.on:\n            ${make}\n`)).toBe(false);
    expect(under(`    def __init__(self):\n        ${make}\n        self.t = None\n`)).toBe(false);
    expect(under(`    def setup(self):\n        ${make}\n`)).toBe(false);
    expect(under(`    def __init__(self):\n        self.ts["a"] = TracingEndpointRequirer(self)\n`)).toBe(
      false,
    );
  });

  it.each([
    ['an alias', 'from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer as R\nR(self)\n', 2],
    ['a module alias', 'import charms.tempo_k8s.v1.tracing as t\nt.TracingEndpointRequirer(self)\n', 1],
    [
      'a whole module',
      'import charms.tempo_k8s.v0.tracing\ncharms.tempo_k8s.v0.tracing.TracingEndpointRequirer(self)\n',
      0,
    ],
    [
      'the lib prefix',
      'from lib.charms.tempo_k8s.v2.tracing import TracingEndpointRequirer\nTracingEndpointRequirer(self)\n',
      2,
    ],
  ])('imports: %s', (_, code, api) => {
    expect(one(code)?.origin).toMatchObject({ api, module: `charms.tempo_k8s.v${api}.tracing` });
  });

  it('is not fooled by the name alone', () => {
    expect(
      one('from mine import TracingEndpointRequirer\nx = TracingEndpointRequirer(self)\n'),
    ).toBeUndefined();
    expect(one('class TracingEndpointRequirer: ...\nx = TracingEndpointRequirer(self)\n')).toBeUndefined();
    expect(
      one(`${V1}def f(TracingEndpointRequirer):\n    return TracingEndpointRequirer(self)\n`),
    ).toBeUndefined();
  });

  it('tells the class from an instance', () => {
    const file = charmOf({ 'a.py': `${V1}f(TracingEndpointRequirer, other)\n` }).python('a.py');
    const args = file?.find({ rule: { kind: 'argument_list' } })[0]?.namedChildren() ?? [];
    expect(args.map((node) => file && isRequirerClass(file, node))).toEqual([true, false]);
  });

  it('remembers the library across the rename, with the LIBPATCH of the vendored copy', () => {
    const tree = new Overlay(
      new MemoryTree({
        'src/charm.py': `${V1}x = TracingEndpointRequirer(self)\n`,
        'lib/charms/tempo_k8s/v1/tracing.py': 'LIBAPI = 1\nLIBPATCH = 3\n',
      }),
    );
    const charm = new Charm(tree);
    expect(requirers(charm)[0]?.origin).toMatchObject({ api: 1, patch: 3 });
    tree.write(
      'src/charm.py',
      'from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer\nx = TracingEndpointRequirer(self)\n',
    );
    expect(requirers(charm)[0]?.origin).toMatchObject({
      module: 'charms.tempo_k8s.v1.tracing',
      api: 1,
      patch: 3,
    });
  });
});

describe('requirerOf', () => {
  const INIT = '    def __init__(self):\n        self.t = TracingEndpointRequirer(self)\n';

  it('follows self, a local alias and an annotated parameter', () => {
    const code = `${V1}class C:\n${INIT}    def f(self):\n        t = self.t\n        t.probe\n        self.t.probe\n        self.u.probe\n    def g(self, r: "TracingEndpointRequirer", o: Optional[TracingEndpointRequirer] = None):\n        r.probe\n        o.probe\n        self.probe\n    @staticmethod\n    def h(self):\n        self.t.probe\n`;
    expect(probes({ 'src/charm.py': code })).toEqual([
      'C.t',
      'C.t',
      undefined,
      'some v1',
      'some v1',
      undefined,
      undefined,
    ]);
  });

  it('follows base classes in other modules', () => {
    const files = {
      'src/abstract_charm.py': `${V1}class Base(ops.CharmBase):\n${INIT}`,
      'src/charm.py':
        'import abstract_charm\nclass C(abstract_charm.Base, Generic[T]):\n    def f(self):\n        self.t.probe\n',
    };
    expect(probes(files)).toEqual(['Base.t']);
  });

  it('follows a charm that is handed to another object, and tests', () => {
    const files = {
      'src/charm.py': `${V1}class C:\n${INIT}`,
      'src/handler.py':
        'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from charm import C\nclass H:\n    peer: "C"\n    def __init__(self, charm: "C | None"):\n        self.charm = charm\n    def f(self):\n        self.charm.t.probe\n        self.peer.t.probe\n        C().t.probe\n',
    };
    expect(probes(files, 'src/handler.py')).toEqual(['C.t', 'C.t', 'C.t']);
  });

  it('knows the requirers of the coordinated-workers library', () => {
    const code =
      'from cosl.coordinated_workers.coordinator import Coordinator\nclass C:\n    def __init__(self):\n        self.coordinator = Coordinator(self)\n    def f(self):\n        self.coordinator.tracing.probe\n        self.coordinator.nginx.probe\n';
    expect(probes({ 'src/charm.py': code })).toEqual(['library', undefined]);
  });

  it.each([
    ['assigned twice', 'self.t = TracingEndpointRequirer(self)\n        self.t = None', 'self.t.probe'],
    ['another class', 'self.t = Other(self)', 'self.t.probe'],
    ['a tuple', 'self.t, x = pair()', 'self.t.probe'],
    ['a subscript', 'self.t = {"a": TracingEndpointRequirer(self)}', 'self.t["a"].probe'],
    ['a loop variable', 'self.t = TracingEndpointRequirer(self)\n        for t in all():', '    t.probe'],
    [
      'an alias with two values',
      'self.t = TracingEndpointRequirer(self)\n        t = self.t\n        t = None',
      't.probe',
    ],
    ['part of a tuple assignment', 'self.t = 1\n        t, u = 1, 2', 't.probe'],
    ['itself', 'self.t = self.t', 'self.t.probe'],
    ['a free name', 'pass', 'free.probe'],
    ['an odd annotation', 'def f(x: Callable[[], T]):', '    x.probe'],
    ['a missing module', 'def f(x: gone.Thing):', '    x.probe'],
    ['an ambiguous import', 'pass', 'Twice().probe'],
  ])('gives up on %s', (_, first, probe) => {
    const code = `${V1}import gone\ntry:\n    from a import Twice\nexcept ImportError:\n    from b import Twice\nclass C:\n    def __init__(self):\n        ${first}\n        ${probe}\n`;
    expect(probes({ 'src/charm.py': code })).toEqual([undefined]);
  });

  it('survives classes that inherit from one another', () => {
    const code = 'class A(B):\n    def f(self):\n        self.t.probe\nclass B(A): ...\n';
    expect(probes({ 'src/charm.py': code })).toEqual([undefined]);
  });

  it('takes an annotated attribute for some requirer, and a twice defined class for none', () => {
    const code = `${V1}class C:\n    t: TracingEndpointRequirer\n    def f(self, twice: Twice):\n        self.t.probe\n        twice.t.probe\nclass Twice: ...\nclass Twice: ...\n`;
    expect(probes({ 'src/charm.py': code })).toEqual(['some v1', undefined]);
  });
});
