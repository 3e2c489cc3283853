import { describe, expect, it } from '@jest/globals';
import { defineTransformTest } from '../../../runner/testing.js';
import { applyTransforms } from '../../../transforms/kit/apply.js';
import renameLibModules from '../../../transforms/tempo-coordinator/rename-lib-modules.js';
import transform from '../../../transforms/tempo-coordinator/tracing-protocols.js';

defineTransformTest(transform, '__testfixtures__', { with: [renameLibModules] });

describe('without a charm', () => {
  it.each([
    ['x = TracingEndpointRequirer(self, protocols=["kafka"])\n', ['tracing-protocols/no-facts']],
    ["x = TracingEndpointRequirer(self, protocols=['tempo'])\n", ['tracing-protocols/no-facts']],
    ['x = TracingEndpointRequirer(self, protocols=["zipkin"])\n', []],
    ['x = y.get_endpoint("kafka")\n', []],
  ])('%s', (source, ids) => {
    const result = applyTransforms(source, [transform], { path: 'charm.py' });
    expect(result.status === 'unchanged' && result.findings.map((one) => one.id)).toEqual(ids);
  });
});
