/** From names to an ordered list of transforms with their options. */
import type { ConfiguredTransform, Verify } from '../transforms/kit/apply.js';
import type { Preset } from '../transforms/kit/preset.js';
import { type OptionSpec, optionValues, type Transform } from '../transforms/kit/transform.js';
import { UsageError } from './errors.js';
import { unknownName } from './nearest.js';

export const DEFAULT_PRESET = 'tempo-coordinator';

export interface TransformRequest {
  /** Names of presets, in order. Default: `tempo-coordinator`, when no transforms are given either. */
  readonly presets?: readonly string[];
  /** Names of built-in transforms, files, or your own; in order, after those of the presets. */
  readonly transforms?: readonly (string | Transform | ConfiguredTransform)[];
  /** Ids to leave out. */
  readonly skip?: readonly string[];
  /** Options by transform id and key; strings are converted. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Whether a name means a file: no id has a dot or a slash. */
export function isTransformFile(name: string): boolean {
  return /[./\\]/.test(name);
}

/** The same request with the transforms that are named by their files loaded. */
export async function withLoaded(request: TransformRequest, cwd: string): Promise<TransformRequest> {
  if (!request.transforms?.some((one) => typeof one === 'string' && isTransformFile(one))) return request;
  const { loadTransforms } = await import('./load.js');
  const loaded = request.transforms.map((one) =>
    typeof one === 'string' && isTransformFile(one) ? loadTransforms(one, cwd) : [one],
  );
  return { ...request, transforms: (await Promise.all(loaded)).flat() };
}

export interface SelectedTransforms {
  readonly presets: readonly string[];
  readonly transforms: readonly ConfiguredTransform[];
  readonly verify: readonly Verify[];
  /** A file without any of these needs no look. */
  readonly literals: readonly string[];
  /** A repository without any of these needs no look. */
  readonly gate: readonly string[];
}

export interface Registry {
  readonly presets: Readonly<Record<string, Preset>>;
  readonly transforms: Readonly<Record<string, Transform>>;
}

/** @throws UsageError for names and options that do not exist, with the nearest name and the list */
export function selectTransforms(request: TransformRequest, registry: Registry): SelectedTransforms {
  const given = request.transforms ?? [];
  const presetNames = request.presets ?? (given.length > 0 ? [] : [DEFAULT_PRESET]);
  const presets = presetNames.map((name) => {
    const preset = own(registry.presets, name);
    if (!preset) throw new UsageError(unknownName('preset', name, Object.keys(registry.presets)));
    return preset;
  });
  const all = new Map<string, ConfiguredTransform>();
  const add = (transform: Transform, values?: Readonly<Record<string, unknown>>) => {
    const other = all.get(transform.id);
    if (other && other.transform !== transform) {
      throw new UsageError(`two transforms have the id '${transform.id}'; give yours another one`);
    }
    if (!other || values) all.set(transform.id, { transform, options: values ?? optionValues(transform) });
  };
  for (const preset of presets) for (const step of preset.steps) add(step.transform);
  for (const one of given) {
    if (typeof one !== 'string') {
      if ('transform' in one) add(one.transform, one.options);
      else add(one);
      continue;
    }
    const transform = own(registry.transforms, one);
    if (!transform) throw new UsageError(unknownName('transform', one, Object.keys(registry.transforms)));
    add(transform);
  }
  for (const name of request.skip ?? []) {
    const known = [...new Set([...all.keys(), ...Object.keys(registry.transforms)])];
    if (!known.includes(name)) throw new UsageError(unknownName('transform', name, known));
    all.delete(name);
  }
  for (const [id, values] of Object.entries(request.options ?? {})) {
    const configured = all.get(id);
    if (!configured) throw new UsageError(unknownName('transform in this run', id, [...all.keys()]));
    const checked = Object.entries(values).map(([key, value]) => [
      key,
      checkOption(configured.transform, key, value),
    ]);
    all.set(id, { ...configured, options: { ...configured.options, ...Object.fromEntries(checked) } });
  }
  const transforms = [...all.values()];
  // A single built-in step is checked as the whole preset is: what it leaves behind must be known too.
  const checkers = Object.values(registry.presets).filter(
    (preset) =>
      presets.includes(preset) ||
      (presets.length === 0 &&
        preset.steps.some((step) => all.get(step.transform.id)?.transform === step.transform)),
  );
  return {
    presets: presetNames,
    transforms,
    verify: [...new Set(checkers.flatMap((preset) => preset.verify))],
    literals: [
      ...new Set([
        ...transforms.flatMap(({ transform }) => transform.literals),
        ...checkers.flatMap((preset) => preset.literals),
      ]),
    ],
    gate: [
      ...new Set([
        ...checkers.flatMap((preset) => preset.gate),
        // Nobody vouches for a transform that is in no preset.
        ...transforms
          .filter(({ transform }) =>
            checkers.every((preset) => preset.steps.every((step) => step.transform !== transform)),
          )
          .flatMap(({ transform }) => transform.literals),
      ]),
    ],
  };
}

function checkOption(transform: Transform, key: string, value: unknown): unknown {
  const spec = own(transform.options, key);
  if (!spec) {
    throw new UsageError(unknownName(`option of '${transform.id}'`, key, Object.keys(transform.options)));
  }
  const converted = typeof value === 'string' ? convert(spec, value) : value;
  if (typeof converted !== spec.type || Number.isNaN(converted)) {
    throw new UsageError(`option '${transform.id}.${key}' wants a ${spec.type}, not '${String(value)}'`);
  }
  return converted;
}

function convert(spec: OptionSpec, value: string): unknown {
  if (spec.type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  if (spec.type === 'number') return value.trim() === '' ? Number.NaN : Number(value);
  return value;
}

/** Not what every object inherits: nobody means the transform 'constructor'. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
