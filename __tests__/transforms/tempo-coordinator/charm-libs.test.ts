import { defineTransformTest } from '../../../runner/testing.js';
import transform from '../../../transforms/tempo-coordinator/charm-libs.js';

defineTransformTest(transform, '__testfixtures__');
