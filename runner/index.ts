/** The library entry of tempo-codemods. */
export { presets, transforms } from '../transforms/index.js';
export {
  type ApplyOptions,
  type ApplyResult,
  applyTransforms,
  type ConfiguredTransform,
  type LocatedFinding,
  type StepRecord,
} from '../transforms/kit/apply.js';
export type { Preset, PresetStep } from '../transforms/kit/preset.js';
export {
  type Action,
  type CharmContext,
  type DefinedTransform,
  defineTransform,
  type FileContext,
  type Finding,
  type Rule,
  type Safety,
  type Severity,
  type Transform,
  type TransformSpec,
} from '../transforms/kit/transform.js';
export { type Config, configure, defineConfig, type LoadedConfig, loadConfig } from './config.js';
export { UsageError } from './errors.js';
export type { LibrarySource } from './libs.js';
export { loadTransforms } from './load.js';
export type * from './result.js';
export { type RunOptions, run } from './run.js';
export type { TransformRequest } from './select.js';
export { runOnText, type TextOutcome, type TextRequest } from './stdin.js';
