import { defineTransformTest } from '../../../runner/testing.js';
import transform from '../../../transforms/tempo-coordinator/request-protocols-leader.js';

defineTransformTest(transform, '__testfixtures__');
