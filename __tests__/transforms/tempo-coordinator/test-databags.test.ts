import { describe, expect, it } from '@jest/globals';
import { applyToCharm, defineTransformTest } from '../../../runner/testing.js';
import { applyTransforms } from '../../../transforms/kit/apply.js';
import rename from '../../../transforms/tempo-coordinator/rename-lib-modules.js';
import transform from '../../../transforms/tempo-coordinator/test-databags.js';

defineTransformTest(transform, '__testfixtures__');

describe('test-databags among others', () => {
  it('frees an import of Ingester for the rename', () => {
    const source = [
      'from charms.tempo_k8s.v1.tracing import Ingester, TracingProviderAppData',
      '',
      'db = TracingProviderAppData(host="a", ingesters=[Ingester(protocol="zipkin", port=1)])',
      '',
    ].join('\n');
    const { files, findings } = applyToCharm({ 'tests/unit/test_charm.py': source }, [transform, rename]);
    expect(files['tests/unit/test_charm.py']).toMatch(
      /^from charms\.tempo_coordinator_k8s\.v0\.tracing import \(\n {4}ProtocolType,\n {4}Receiver,\n {4}TracingProviderAppData,\n\)\n/,
    );
    expect(findings).toEqual([]);
  });

  it('does not convert where the rest of the charm is unknown', () => {
    const source = 'data = {"host": "a", "ingesters": "[]"}\n';
    const result = applyTransforms(source, [transform], { path: 'tests/test_charm.py' });
    expect(result.status).toBe('unchanged');
    expect(result.status === 'unchanged' && result.findings.map(({ id }) => id)).toEqual([
      'test-databags/stays-behind',
    ]);
  });
});
