/**
 * Settings of a project: `tempo-codemods.config.{ts,js,mjs,json}`, or the key `tempo-codemods` of its package.json.
 *
 * A configuration file is code that runs. Only that of the working directory's own project is looked for: from the
 * working directory up to the top of its git work tree, or in the working directory alone outside git. What lies in
 * the charms that are migrated is never loaded.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { ConfiguredTransform } from '../transforms/kit/apply.js';
import type { DefinedTransform, OptionSpecs, OptionValues, Transform } from '../transforms/kit/transform.js';
import { plainError, UsageError } from './errors.js';
import { gitTop } from './git.js';
import { isTransform, loadDefault } from './load.js';
import { unknownName } from './nearest.js';
import { slashed } from './paths.js';
import { isTransformFile } from './select.js';

/** The settings. All are optional; the command line wins. */
export interface Config {
  /** Presets, in order. */
  readonly preset?: string | readonly string[];
  /** After the presets: names of built-in transforms, files (relative to this one), or transforms themselves. */
  readonly transforms?: readonly (string | Transform | ConfiguredTransform)[];
  /** Ids of transforms to leave out. */
  readonly skip?: readonly string[];
  /** Options by transform id. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, boolean | number | string>>>>;
  /** Files never to edit, as in a `.gitignore`. */
  readonly ignore?: readonly string[];
  /** Files, folders and globs to work on when the command line names none; relative to this file. */
  readonly files?: readonly string[];
  /** Line length, over what the formatter's configuration says. */
  readonly lineLength?: number;
}

/** Checks the types of a configuration; gives it back. */
export function defineConfig(config: Config): Config {
  return config;
}

/** A transform with options, checked against what it declares. */
export function configure<Id extends string, Specs extends OptionSpecs>(
  transform: DefinedTransform<Id, Specs>,
  options: Partial<OptionValues<Specs>>,
): ConfiguredTransform {
  const defaults = Object.entries(transform.options).map(([key, spec]) => [key, spec.default]);
  return { transform, options: { ...Object.fromEntries(defaults), ...options } };
}

export interface LoadedConfig {
  /** Paths in it are relative to the working directory. */
  readonly config: Config;
  /** Relative to the working directory; null when there is none. */
  readonly path: string | null;
}

const NAMES = ['ts', 'js', 'mjs', 'json'].map((end) => `tempo-codemods.config.${end}`);
const KEY = 'tempo-codemods';

/**
 * Finds and reads the configuration.
 *
 * @param file the one to read, relative to `cwd`; undefined: look for one
 * @throws UsageError that names the file and the key
 */
export async function loadConfig(cwd: string, file?: string): Promise<LoadedConfig> {
  const found = file === undefined ? find(cwd) : resolve(cwd, file);
  if (found === undefined) return { config: {}, path: null };
  const path = slashed(relative(cwd, found));
  const data = /\.json$/.test(found) ? readJson(found, path) : await loadDefault(found, path);
  return { config: moved(checkConfig(data, path), dirname(found), cwd), path };
}

function find(cwd: string): string | undefined {
  const top = gitTop(cwd) ?? cwd;
  for (let folder = cwd; ; folder = dirname(folder)) {
    const here = NAMES.map((name) => join(folder, name)).filter((path) => existsSync(path));
    const [first, second] = here;
    if (first !== undefined && second !== undefined) {
      throw new UsageError(`two configuration files: ${here.map((path) => relative(cwd, path)).join(', ')}`);
    }
    if (first !== undefined) return first;
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && hasKey(manifest)) return manifest;
    if (folder === top || dirname(folder) === folder) return undefined;
  }
}

function hasKey(manifest: string): boolean {
  try {
    const data: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    return typeof data === 'object' && data !== null && KEY in data;
  } catch {
    // Not our file: whoever needs it will say so.
    return false;
  }
}

function readJson(file: string, shown: string): unknown {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${shown}: ${plainError(error)}`);
  }
  if (!/(^|[/\\])package\.json$/.test(file)) return data;
  return typeof data === 'object' && data !== null && KEY in data ? data[KEY] : {};
}

const strings = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string');
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const KEYS: Readonly<Record<keyof Config, { readonly want: string; is(value: unknown): boolean }>> = {
  preset: { want: 'a name or a list of names', is: (value) => typeof value === 'string' || strings(value) },
  transforms: {
    want: 'a list of names, files and transforms',
    is: (value) =>
      Array.isArray(value) &&
      value.every(
        (one) => typeof one === 'string' || isTransform(one) || (isRecord(one) && isTransform(one.transform)),
      ),
  },
  skip: { want: 'a list of ids', is: strings },
  options: {
    want: 'options by transform id, such as { "my-step": { "strict": true } }',
    is: (value) => isRecord(value) && Object.values(value).every(isRecord),
  },
  ignore: { want: 'a list of patterns', is: strings },
  files: { want: 'a list of files, folders and globs', is: strings },
  lineLength: {
    want: 'a whole number above 0',
    is: (value) => typeof value === 'number' && Number.isInteger(value) && value > 0,
  },
};

function checkConfig(data: unknown, path: string): Config {
  if (!isRecord(data)) throw new UsageError(`${path}: the configuration must be an object`);
  for (const [key, value] of Object.entries(data)) {
    const known = Object.entries(KEYS).find(([name]) => name === key)?.[1];
    if (!known) throw new UsageError(`${path}: ${unknownName('key', key, Object.keys(KEYS))}`);
    if (!known.is(value)) throw new UsageError(`${path}: '${key}' must be ${known.want}`);
  }
  return data;
}

/** The same configuration with paths relative to the working directory. */
function moved(config: Config, folder: string, cwd: string): Config {
  const move = (path: string) => {
    const at = slashed(relative(cwd, join(folder, path)));
    return at.startsWith('.') ? at : `./${at}`;
  };
  return {
    ...config,
    ...(config.files ? { files: config.files.map(move) } : {}),
    ...(config.transforms
      ? {
          transforms: config.transforms.map((one) =>
            typeof one === 'string' && isTransformFile(one) ? move(one) : one,
          ),
        }
      : {}),
  };
}
