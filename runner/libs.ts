/** Gets the libraries that steps ask for: from a folder, or by charmcraft. Nothing else is ever executed. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { glob } from 'tinyglobby';
import type { LocatedFinding, OwnedAction } from '../transforms/kit/apply.js';
import type { Action } from '../transforms/kit/transform.js';
import { codeOf } from './errors.js';
import { runnerFinding } from './findings.js';

/** How to get new libraries; `none`: the steps tell the commands, nothing is executed. */
export type LibrarySource =
  | { readonly kind: 'none' }
  | { readonly kind: 'charmcraft' }
  | { readonly kind: 'folder'; readonly folder: string };

const MODULE = /^charms\.([a-z0-9_]+)\.v(\d+)\.([a-z0-9_]+)$/;

/** `charms.x.v0.y` → `lib/charms/x/v0/y.py`; undefined for anything else. */
export function libraryPath(module: string): string | undefined {
  const match = MODULE.exec(module);
  return match ? `lib/charms/${match[1]}/v${match[2]}/${match[3]}.py` : undefined;
}

/** A library and its place in a charm, or why there is none. */
export type Library = { readonly path: string; readonly text: string } | { readonly problem: string };

/** For each library that was asked for: what went wrong, undefined when it was had. */
export type Fetched = ReadonlyMap<string, string | undefined>;

/** Gets libraries one after the other. */
export async function fetchEach(
  actions: readonly Action[],
  get: (action: Action & { readonly kind: 'fetch' }) => Promise<string | undefined>,
): Promise<Fetched> {
  const fetched = new Map<string, string | undefined>();
  for (const action of actions) if (action.kind === 'fetch') fetched.set(action.library, await get(action));
  return fetched;
}

/**
 * What a charm's findings are after libraries were fetched: the step that asked for them told the commands in a finding
 * `<id>/fetch`, which is settled when all of them are there; each that is not is a failure.
 */
export function afterFetching(
  findings: readonly LocatedFinding[],
  actions: readonly OwnedAction[],
  fetched: Fetched,
): LocatedFinding[] {
  const settled = new Set(
    actions
      .filter((action) => action.kind === 'fetch')
      .filter(({ transform }, _, all) =>
        all.every((other) => other.transform !== transform || fetched.get(other.library) === undefined),
      )
      .map(({ transform }) => `${transform}/fetch`),
  );
  const failures = [...fetched].flatMap(([library, problem]) =>
    problem === undefined
      ? []
      : [
          runnerFinding(
            'write/fetch-failed',
            'error',
            null,
            `${library} could not be fetched: ${problem}`,
            `Run \`charmcraft fetch-lib ${library}\` in the charm's folder.`,
          ),
        ],
  );
  return [...findings.filter(({ id }) => !settled.has(id)), ...failures];
}

/**
 * Finds a library in a folder: `<folder>/…/charms/<charm>/vN/<lib>.py`, the copy with the highest LIBPATCH.
 *
 * @param module `charms.tempo_coordinator_k8s.v0.tracing`
 * @param libid the LIBID that it must have; undefined: any
 */
export async function libraryFrom(
  folder: string,
  module: string,
  libid: string | undefined,
): Promise<Library> {
  const path = libraryPath(module);
  const api = MODULE.exec(module)?.[2];
  if (path === undefined) return { problem: `'${module}' is no library` };
  const tail = path.replace(/^lib\//, '');
  const matches = await glob([tail, `**/${tail}`], { cwd: folder, absolute: true, dot: true });
  if (matches.length === 0) return { problem: `${folder} has no ${tail}` };
  const copies = await Promise.all(
    matches.sort().map(async (match) => {
      const text = await readFile(match, 'utf8');
      const constant = (name: string) => new RegExp(`^${name}\\s*=\\s*["']?(\\w+)`, 'm').exec(text)?.[1];
      const wrong =
        constant('LIBAPI') !== api
          ? `LIBAPI is ${constant('LIBAPI') ?? 'missing'}, not ${api}`
          : libid !== undefined && constant('LIBID') !== libid
            ? `LIBID is ${constant('LIBID') ?? 'missing'}, not ${libid}`
            : undefined;
      return { match, text, wrong, patch: Number(constant('LIBPATCH') ?? -1) };
    }),
  );
  const best = copies.filter((copy) => copy.wrong === undefined).sort((a, b) => b.patch - a.patch)[0];
  if (best) return { path, text: best.text };
  return { problem: copies.map((copy) => `${copy.match}: ${copy.wrong}`).join('; ') };
}

/**
 * Runs `charmcraft fetch-lib <module>` in a charm root, found on PATH, without a shell.
 *
 * @returns what went wrong, with charmcraft's own words; undefined when it succeeded
 */
export function fetchLibrary(
  root: string,
  module: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (libraryPath(module) === undefined) return Promise.resolve(`'${module}' is no library`);
  return new Promise((resolve) => {
    const options = { cwd: root, env: process.env, ...(signal ? { signal } : {}) };
    execFile('charmcraft', ['fetch-lib', module], options, (error, stdout, stderr) => {
      if (!error) resolve(undefined);
      else if (codeOf(error) === 'ENOENT') resolve('charmcraft is not installed (not found on PATH)');
      else resolve([error.message.split('\n')[0], stdout.trim(), stderr.trim()].filter(Boolean).join('\n'));
    });
  });
}
