import { describe, expect, it } from '@jest/globals';
import { defineTransformTest } from '../../../runner/testing.js';
import { applyTransforms } from '../../../transforms/kit/apply.js';
import charmTracingArguments from '../../../transforms/tempo-coordinator/charm-tracing-arguments.js';
import renameLibModules from '../../../transforms/tempo-coordinator/rename-lib-modules.js';
import transform from '../../../transforms/tempo-coordinator/tracing-endpoint-getters.js';

defineTransformTest(transform, '__testfixtures__', { with: [renameLibModules, charmTracingArguments] });

describe('without a charm', () => {
  const ids = (source: string) => {
    const result = applyTransforms(source, [transform], { path: 'charm.py' });
    return result.status === 'unchanged' ? result.findings.map((one) => one.id) : result.status;
  };

  it('only reports', () => {
    const source =
      'from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer\nx = self.tracing.zipkin_endpoint()\n';
    expect(ids(source)).toEqual(['tracing-endpoint-getters/no-facts']);
  });

  it('says nothing where no requirer is mentioned', () => {
    expect(ids('x = self.zipkin_endpoint()\n')).toEqual([]);
  });
});
