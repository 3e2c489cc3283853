import { describe, expect, it } from '@jest/globals';
import { applyEdits } from '../../../transforms/kit/edits.js';
import { references, rewriteReferences } from '../../../transforms/tracing/references.js';

function rewrite(text: string): string {
  return applyEdits(
    text,
    rewriteReferences(text).edits.map((edit) => ({ ...edit, group: 'g' })),
  );
}

describe('rewriteReferences', () => {
  it.each([
    ['a dotted module', 'charms.tempo_k8s.v2.tracing', 'charms.tempo_coordinator_k8s.v0.tracing'],
    [
      'a path',
      '# lib/charms/tempo_k8s/v1/charm_tracing.py',
      '# lib/charms/tempo_coordinator_k8s/v0/charm_tracing.py',
    ],
    ['a short path', '"tempo_k8s/v2/tracing.py"', '"tempo_coordinator_k8s/v0/tracing.py"'],
    [
      'the merged module',
      'tempo_k8s/v0/charm_instrumentation.py',
      'tempo_coordinator_k8s/v0/charm_tracing.py',
    ],
    [
      'the merged module, dotted',
      'lib.charms.tempo_k8s.v0.charm_instrumentation',
      'lib.charms.tempo_coordinator_k8s.v0.charm_tracing',
    ],
    [
      'a name in it',
      'charms.tempo_k8s.v2.tracing.ProtocolType',
      'charms.tempo_coordinator_k8s.v0.tracing.ProtocolType',
    ],
    [
      'a renamed name in it',
      'charms.tempo_k8s.v1.tracing.IngesterProtocol',
      'charms.tempo_coordinator_k8s.v0.tracing.ReceiverProtocol',
    ],
    ['a version folder', 'lib/charms/tempo_k8s/v1/', 'lib/charms/tempo_coordinator_k8s/v0/'],
    [
      'a package',
      'from charms.tempo_k8s.v1 import charm_tracing',
      'from charms.tempo_coordinator_k8s.v0 import charm_tracing',
    ],
    ['the package alone', '**/lib/charms/tempo_k8s/**', '**/lib/charms/tempo_coordinator_k8s/**'],
    [
      'damage of the sed',
      'tempo_coordinator_k8s.v0/charm_tracing.py',
      'tempo_coordinator_k8s/v0/charm_tracing.py',
    ],
    [
      'an API that never was',
      'tempo_coordinator_k8s/v1/charm_tracing.py',
      'tempo_coordinator_k8s/v0/charm_tracing.py',
    ],
    ['a forgotten API', 'tempo_coordinator_k8s/v/tracing.py', 'tempo_coordinator_k8s/v0/tracing.py'],
    [
      'two on a line',
      'tempo_k8s.v1.charm_tracing, tempo_k8s.v2.tracing',
      'tempo_coordinator_k8s.v0.charm_tracing, tempo_coordinator_k8s.v0.tracing',
    ],
  ])('rewrites %s', (_, before, after) => {
    expect(rewrite(before)).toBe(after);
    expect(rewrite(after)).toBe(after);
  });

  it.each([
    ['a longer name', 'my_tempo_k8s.v1.tracing'],
    ['another version', 'charms.tempo_k8s.v3.tracing'],
    ['the charm name as data', 'app = "tempo_k8s"'],
    ['the charm', 'juju deploy tempo-k8s'],
    ['the new library', 'charms.tempo_coordinator_k8s.v0.tracing and tempo_coordinator_k8s/v0/tracing.py'],
    ['another library of the coordinator', 'tempo_coordinator_k8s/v1/tempo_api.py'],
    ['no reference', 'nothing'],
  ])('leaves %s', (_, text) => {
    expect(references(text)).toEqual([]);
  });

  it('lists what has no successor', () => {
    const text = 'x charms.tempo_k8s.v0.tempo_scrape.Y, charms.tempo_k8s.v1.unheard_of';
    expect(rewriteReferences(text).edits).toEqual([]);
    expect(rewriteReferences(text).left.map((one) => one.module)).toEqual([
      'charms.tempo_k8s.v0.tempo_scrape',
      'charms.tempo_k8s.v1.unheard_of',
    ]);
  });
});
