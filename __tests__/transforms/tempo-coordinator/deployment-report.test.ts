import { describe, expect, it } from '@jest/globals';
import { applyToCharm, defineTransformTest } from '../../../runner/testing.js';
import { applyTransforms } from '../../../transforms/kit/apply.js';
import transform from '../../../transforms/tempo-coordinator/deployment-report.js';

defineTransformTest(transform, '__testfixtures__');

describe('deployment-report', () => {
  it.each([
    ['docs/a.md', 'juju deploy tempo-k8s\n', 'juju integrate tempo:tempo-cluster tempo-worker:tempo-cluster'],
    ['bundle.yaml', 'charm: tempo-k8s\n', 'charm: tempo-worker-k8s'],
    ['main.tf', 'charm_name = "tempo-k8s"', 'git::https://github.com/canonical/tempo-operators//terraform'],
    ['tests/a.py', 'juju.deploy("tempo-k8s")  # jubilant', 'juju.deploy("tempo-worker-k8s"'],
    ['tests/a.py', 'await model.deploy("tempo-k8s")', 'await ops_test.model.deploy("tempo-worker-k8s"'],
  ])('has a snippet for %s', (path, text, snippet) => {
    const { result } = applyToCharm({ [path]: text }, [transform]);
    const found = result.findings.filter(({ id }) => id === 'deployment-report/deployed');
    expect(found).toHaveLength(1);
    expect(found[0]?.help).toContain(snippet);
  });

  it('says nothing where the owner of the charm is unknown', () => {
    const result = applyTransforms('juju deploy tempo-k8s\n', [transform], { path: 'README.md' });
    expect(result.status === 'unchanged' && result.findings).toEqual([]);
  });
});
