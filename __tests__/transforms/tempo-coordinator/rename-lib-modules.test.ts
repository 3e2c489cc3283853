import { join } from 'node:path';
import { defineTransformTest } from '../../../runner/testing.js';
import renameLibModules from '../../../transforms/tempo-coordinator/rename-lib-modules.js';

defineTransformTest(renameLibModules, join(import.meta.dirname, '../../../__testfixtures__'));
