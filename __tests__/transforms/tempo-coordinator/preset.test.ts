import { definePresetTest } from '../../../runner/testing.js';
import { presets } from '../../../transforms/index.js';

const { 'tempo-coordinator': preset } = presets;
if (preset) definePresetTest(preset, '__testfixtures__');
