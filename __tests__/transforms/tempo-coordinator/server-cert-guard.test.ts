import { defineTransformTest } from '../../../runner/testing.js';
import transform from '../../../transforms/tempo-coordinator/server-cert-guard.js';

defineTransformTest(transform, '__testfixtures__');
