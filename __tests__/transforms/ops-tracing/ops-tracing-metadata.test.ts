import { defineTransformTest } from '../../../runner/testing.js';
import transform from '../../../transforms/ops-tracing/ops-tracing-metadata.js';

defineTransformTest(transform, '__testfixtures__');
