import { defineTransformTest } from '../../../runner/testing.js';
import charm from '../../../transforms/ops-tracing/ops-tracing-charm.js';
import transform from '../../../transforms/ops-tracing/ops-tracing-libs.js';

defineTransformTest(transform, '__testfixtures__', { with: [charm] });
