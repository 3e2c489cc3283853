/** What a run is to do: flags over the configuration over defaults, and where each value came from. */
import { presets, transforms } from '../../transforms/index.js';
import { loadConfig } from '../config.js';
import { UsageError } from '../errors.js';
import { DEFAULT_PRESET, selectTransforms, type TransformRequest, withLoaded } from '../select.js';

export interface Flags {
  readonly paths?: readonly string[] | undefined;
  readonly preset?: readonly string[] | undefined;
  readonly transform?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly option?: readonly string[] | undefined;
  readonly ignore?: readonly string[] | undefined;
  /** A file, or false for none at all. */
  readonly config?: string | false | undefined;
}

export interface Settings extends TransformRequest {
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
  readonly lineLength?: number;
}

type Origin = 'flag' | 'default' | string;
interface Value {
  readonly value: unknown;
  readonly from: Origin;
}

export interface Resolved {
  readonly settings: Settings;
  /** For `--print-config`. */
  readonly shown: Readonly<Record<string, unknown>>;
}

/** @throws UsageError for a configuration or names that are wrong */
export async function resolveSettings(flags: Flags, cwd: string): Promise<Resolved> {
  const { config, path } =
    flags.config === false ? { config: {}, path: null } : await loadConfig(cwd, flags.config);
  const from = path ?? 'default';
  const chosen = flags.preset !== undefined || flags.transform !== undefined;
  const presetNames = chosen
    ? flags.preset
    : typeof config.preset === 'string'
      ? [config.preset]
      : config.preset;
  const given = chosen ? flags.transform : config.transforms;
  const selection = await withLoaded(
    {
      ...(presetNames ? { presets: presetNames } : {}),
      ...(given ? { transforms: given } : {}),
    },
    cwd,
  );
  const ids = new Set(
    selectTransforms(selection, { presets, transforms }).transforms.map(({ transform }) => transform.id),
  );
  // What the configuration says about steps that the flags left out is not wrong, only of no use now.
  const counts = (id: string) => !chosen || ids.has(id);
  const skip = [...(config.skip ?? []).filter(counts), ...(flags.skip ?? [])];
  const options: Record<string, Record<string, unknown>> = {};
  const origins: Record<string, Record<string, Value>> = {};
  const set = (id: string, key: string, value: unknown, origin: Origin) => {
    options[id] = { ...options[id], [key]: value };
    origins[id] = { ...origins[id], [key]: { value, from: origin } };
  };
  for (const [id, values] of Object.entries(config.options ?? {})) {
    if (!counts(id)) continue;
    for (const [key, value] of Object.entries(values)) set(id, key, value, from);
  }
  for (const [id, key, value] of (flags.option ?? []).map(parseOption)) set(id, key, value, 'flag');
  const settings: Settings = {
    ...selection,
    skip,
    options,
    paths: flags.paths?.length ? flags.paths : (config.files ?? ['.']),
    ignore: [...(config.ignore ?? []), ...(flags.ignore ?? [])],
    ...(config.lineLength === undefined ? {} : { lineLength: config.lineLength }),
  };
  const steps = selectTransforms(settings, { presets, transforms }).transforms;
  const list = (inConfig: readonly string[] | undefined, inFlags: readonly string[] | undefined): Value[] => [
    ...(inConfig ?? []).map((value) => ({ value, from })),
    ...(inFlags ?? []).map((value) => ({ value, from: 'flag' })),
  ];
  return {
    settings,
    shown: {
      config: path,
      preset: presetNames
        ? { value: presetNames, from: chosen ? 'flag' : from }
        : { value: given ? [] : [DEFAULT_PRESET], from: 'default' },
      transforms: given
        ? { value: given.map(nameOf), from: chosen ? 'flag' : from }
        : { value: [], from: 'default' },
      skip: list(config.skip?.filter(counts), flags.skip),
      options: origins,
      ignore: list(config.ignore, flags.ignore),
      files: {
        value: settings.paths,
        from: flags.paths?.length ? 'flag' : config.files ? from : 'default',
      },
      lineLength: {
        value: config.lineLength ?? null,
        from: config.lineLength === undefined ? 'default' : from,
      },
      steps: steps.map(({ transform, options: values }) => ({ id: transform.id, options: values })),
    },
  };
}

function nameOf(one: NonNullable<TransformRequest['transforms']>[number]): string {
  if (typeof one === 'string') return one;
  return 'transform' in one ? one.transform.id : one.id;
}

function parseOption(given: string): [id: string, key: string, value: string] {
  const [, id, key, value] = /^([^.=]+)\.([^=]+)=(.*)$/s.exec(given) ?? [];
  if (id === undefined || key === undefined || value === undefined) {
    throw new UsageError(`--option wants ID.KEY=VALUE, not '${given}'`);
  }
  return [id, key, value];
}
