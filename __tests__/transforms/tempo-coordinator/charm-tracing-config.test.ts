import { defineTransformTest } from '../../../runner/testing.js';
import transform from '../../../transforms/tempo-coordinator/charm-tracing-config.js';

defineTransformTest(transform, '__testfixtures__');
