import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { applyToCharm } from '../../../runner/testing.js';
import transform from '../../../transforms/tempo-coordinator/charm-tracing-config.js';

it('another charm of the repository that still decorates with the old library reads nothing of this one', () => {
  const folder = '__testfixtures__/charm-tracing-config/guard-and-return-none';
  const source = readFileSync(`${folder}/input.py`, 'utf8');
  const old = source
    .replaceAll('tempo_coordinator_k8s.v0.charm_tracing', 'tempo_k8s.v1.charm_tracing')
    .replaceAll('MyCharm', 'OtherCharm');
  const files = {
    'one/charmcraft.yaml': 'name: one\n',
    'one/src/charm.py': source,
    'two/charmcraft.yaml': 'name: two\n',
    'two/src/charm.py': old,
  };
  const result = applyToCharm(files, [transform], { root: 'one' });
  expect(result.files['one/src/charm.py']).toBe(readFileSync(`${folder}/output.py`, 'utf8'));
  expect(result.files['two/src/charm.py']).toBe(old);
});
