import { describe, expect, it } from '@jest/globals';
import { Charm } from '../../../transforms/kit/charm.js';
import { MemoryTree, Overlay } from '../../../transforms/kit/tree.js';
import { oldProviderData } from '../../../transforms/tracing/providerData.js';

/** What is reported of a charm whose requirer came from this library and LIBPATCH, and is the coordinator's now. */
function reported(
  body: string,
  { api = 2, patch = 3 as number | null, renamed = true, top = '' } = {},
): string[] {
  const old = `charms.tempo_k8s.v${api}.tracing`;
  const source = (module: string) =>
    `from ${module} import TracingEndpointRequirer\n${top}\nclass C:\n    def __init__(self):\n        self.t = TracingEndpointRequirer(self)\n${body.replace(/^(?=.)/gm, '    ')}\n`;
  const library =
    patch === null ? {} : { [`lib/charms/tempo_k8s/v${api}/tracing.py`]: `LIBPATCH = ${patch}\n` };
  const charm = new Charm(new Overlay(new MemoryTree({ 'src/charm.py': source(old), ...library })));
  if (renamed) charm.tree.write('src/charm.py', source('charms.tempo_coordinator_k8s.v0.tracing'));
  return oldProviderData(charm).map(({ node, why }) => `${node.range().start.line + 1}: ${why}`);
}

const GET = 'def f(self):\n    return self.t.get_all_endpoints()\n';
const READS = 'def on_changed(self, event):\n    event.host, event.ingesters, event.receivers, other.host\n';
const OBSERVE = 'def f(self):\n    self.framework.observe(self.t.on.endpoint_changed, self.on_changed)\n';

describe('get_all_endpoints', () => {
  it.each<[string, Parameters<typeof reported>[1], boolean]>([
    ['v0', { api: 0, patch: 8 }, true],
    ['v1', { api: 1, patch: 6 }, true],
    ['early v2', { patch: 5 }, true],
    ['later v2', { patch: 6 }, false],
    ['v2 of unknown patch', { patch: null }, false],
    ['still on the old library', { patch: 3, renamed: false }, false],
  ])('%s', (_, options, expected) => {
    expect(reported(GET, options)).toEqual(
      expected ? ['7: `self.t.get_all_endpoints()` gave a host and ports'] : [],
    );
  });

  it('of an annotated requirer, but of nothing else', () => {
    const some =
      'def f(self, some: TracingEndpointRequirer, other):\n    some.get_all_endpoints()\n    other.get_all_endpoints()\n';
    expect(reported(some)).toEqual(['7: `some.get_all_endpoints()` gave a host and ports']);
  });

  it('not where two origins are possible', () => {
    const top = 'def g():\n    from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer';
    expect(reported(GET, { top })).toEqual([]);
  });
});

describe('endpoint_changed', () => {
  const both = ['9: `event.host` gave the host', '9: `event.ingesters` gave the protocols and ports'];
  it.each<[string, string, string[]]>([
    ['observed', OBSERVE + READS, both],
    [
      'with keywords',
      `def f(self):\n    self.framework.observe(observer=self.on_changed, bound_event=self.t.on.endpoint_changed)\n${READS}`,
      both,
    ],
    ['annotated', OBSERVE + READS.replace('event)', 'event: EndpointChangedEvent)'), both],
    ['another event', OBSERVE.replace('endpoint_changed', 'endpoint_removed') + READS, []],
    ["another object's event", OBSERVE.replace('self.t', 'self.u') + READS, []],
    ['a handler elsewhere', OBSERVE.replace('self.on_changed', 'handlers.on_other') + READS, []],
    ['a handler that is made', OBSERVE.replace('self.on_changed', 'make()') + READS, []],
    [
      'a generator',
      OBSERVE.replace('self.t.on.endpoint_changed, self.on_changed', 'e for e in endpoint_changed') + READS,
      [],
    ],
    ['a handler without a parameter', OBSERVE + READS.replace(', event', ''), []],
  ])('%s', (_, body, expected) => {
    expect(reported(body)).toEqual(expected);
  });
});
