import { defineTransformTest } from '../../../runner/testing.js';
import transform from '../../../transforms/tempo-coordinator/charm-tracing-arguments.js';
import rename from '../../../transforms/tempo-coordinator/rename-lib-modules.js';

defineTransformTest(transform, '__testfixtures__', { with: [rename] });
