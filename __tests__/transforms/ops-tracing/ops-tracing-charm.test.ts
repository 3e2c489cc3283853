import { defineTransformTest } from '../../../runner/testing.js';
import transform from '../../../transforms/ops-tracing/ops-tracing-charm.js';

defineTransformTest(transform, '__testfixtures__');
