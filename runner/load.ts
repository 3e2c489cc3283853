/** Transforms and settings of the user's own: TypeScript, JavaScript and rule files. Runs what it loads. */
import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ConfiguredTransform } from '../transforms/kit/apply.js';
import type { Transform } from '../transforms/kit/transform.js';
import { plainError, UsageError } from './errors.js';

const CODE = ['.ts', '.mts', '.js', '.mjs'];
const RULES = ['.yml', '.yaml'];

/**
 * Loads the transforms of a file: its default export (one transform or a list), or its ast-grep rules.
 *
 * @param path relative to `cwd`
 * @throws UsageError when it is missing, fails to load, or holds no transform
 */
export async function loadTransforms(
  path: string,
  cwd = process.cwd(),
): Promise<readonly ConfiguredTransform[]> {
  const file = resolve(cwd, path);
  const kind = extname(file).toLowerCase();
  if (RULES.includes(kind)) {
    const { readRules } = await import('./rules.js');
    return readRules(readText(file, path), path).map((transform) => configured(located(transform, file)));
  }
  if (!CODE.includes(kind)) {
    throw new UsageError(`${path}: a transform file ends in ${[...CODE, ...RULES].join(', ')}`);
  }
  const exported = await loadDefault(file, path);
  const { transforms } = await import('../transforms/index.js');
  const builtIn = new Set<unknown>(Object.values(transforms));
  const list = Array.isArray(exported) ? exported : [exported];
  if (list.length === 0) throw new UsageError(`${path}: its default export is an empty list`);
  return list.map((one: unknown) => {
    const own = (transform: Transform) => (builtIn.has(transform) ? transform : located(transform, file));
    if (isConfigured(one)) return { ...one, transform: own(one.transform) };
    if (isTransform(one)) return configured(own(one));
    throw new UsageError(
      `${path}: its default export is no transform; write 'export default defineTransform({ … })'`,
    );
  });
}

function configured(transform: Transform): ConfiguredTransform {
  const defaults = Object.entries(transform.options).map(([key, spec]) => [key, spec.default]);
  return { transform, options: Object.fromEntries(defaults) };
}

/** Findings of a step without a page of its own lead to its source: the header says what it does. */
function located(transform: Transform, file: string): Transform {
  return transform.docs === undefined ? { ...transform, docs: pathToFileURL(file).href } : transform;
}

/**
 * The default export of a TypeScript or JavaScript file.
 *
 * `tempo-codemods` and its entries resolve to this very package, whether or not the file's own project has installed
 * it: one process must not hold two copies.
 */
export async function loadDefault(file: string, shown: string): Promise<unknown> {
  const [{ createJiti }, library, kit, testing, { transforms }] = await Promise.all([
    import('jiti'),
    import('./index.js'),
    import('../transforms/kit/index.js'),
    import('./testing.js'),
    import('../transforms/index.js'),
  ]);
  const single = Object.entries(transforms).map(([id, transform]) => [
    `tempo-codemods/transforms/${id}`,
    { default: transform },
  ]);
  const jiti = createJiti(import.meta.url, {
    // No compiled code in a folder that others may write to.
    fsCache: false,
    interopDefault: false,
    virtualModules: {
      'tempo-codemods': library,
      'tempo-codemods/kit': kit,
      'tempo-codemods/testing': testing,
      ...Object.fromEntries(single),
    },
  });
  readText(file, shown);
  let loaded: unknown;
  try {
    loaded = await jiti.import(file);
  } catch (error) {
    throw new UsageError(`${shown}: cannot be loaded: ${plainError(error).split('\n')[0]}`);
  }
  if (typeof loaded === 'object' && loaded !== null && 'default' in loaded) return loaded.default;
  throw new UsageError(`${shown}: has no default export`);
}

function readText(file: string, shown: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${shown}: ${plainError(error)}`);
  }
}

/** Whether a value was made by `defineTransform`. */
export function isTransform(value: unknown): value is Transform {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['id', 'title', 'safety', 'language'].every((key) => typeof Reflect.get(value, key) === 'string') &&
    Array.isArray(Reflect.get(value, 'literals')) &&
    typeof Reflect.get(value, 'plan') === 'function'
  );
}

function isConfigured(value: unknown): value is ConfiguredTransform {
  return typeof value === 'object' && value !== null && 'transform' in value && isTransform(value.transform);
}
