/** One text in, one text out, for editors: the file's charm gives the facts, and nothing is written. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { LIBIDS } from '../transforms/facts/libraries.js';
import { presets, transforms } from '../transforms/index.js';
import { drain, pipeline } from '../transforms/kit/apply.js';
import { Charm } from '../transforms/kit/charm.js';
import { Overlay } from '../transforms/kit/tree.js';
import { acknowledgeByComments, MARKER } from './acknowledge.js';
import { discover } from './discover.js';
import { UsageError } from './errors.js';
import { findingOutcome } from './findings.js';
import type { Job } from './job.js';
import { parent, slashed } from './paths.js';
import { openRepository } from './repository.js';
import type { FindingOutcome } from './result.js';
import { selectTransforms, type TransformRequest, withLoaded } from './select.js';

export interface TextRequest extends TransformRequest {
  /** Where the text belongs, relative to `cwd`; need not exist. */
  readonly path: string;
  readonly cwd?: string;
  readonly ignore?: readonly string[];
  readonly lineLength?: number;
}

export interface TextOutcome {
  readonly output: string;
  readonly findings: readonly FindingOutcome[];
  /** Transforms that threw, one line each. */
  readonly failures: readonly string[];
}

/**
 * Applies transforms to the text of a file that may not be saved yet.
 *
 * @throws UsageError for names that do not exist, and for a path in a folder that cannot be worked on
 */
export async function runOnText(source: string, request: TextRequest): Promise<TextOutcome> {
  const cwd = realpathSync(resolve(request.cwd ?? '.'));
  const selected = selectTransforms(await withLoaded(request, cwd), { presets, transforms });
  const { repositories, problems } = await discover([existing(resolve(cwd, request.path))], cwd);
  const [found] = repositories;
  if (!found) throw new UsageError(problems.join('\n'));
  const path = slashed(relative(found.top, real(resolve(cwd, request.path))));
  const job: Job = {
    cwd,
    patchBase: cwd,
    ...selected,
    write: false,
    allowDirty: true,
    gitignore: true,
    ignore: request.ignore ?? [],
    lineLength: request.lineLength,
    libraries: { kind: 'none' },
    libids: LIBIDS,
    notice: () => undefined,
  };
  const { repository } = await openRepository({ ...found, selection: { folders: [], files: [path] } }, job);
  repository.overlay.write(path, source);
  const tree = new Overlay(repository.overlay);
  const roots = repository.roots.map((root) => root.path);
  const charm = new Charm(tree, rootOf(path, roots), roots);
  const result = drain(
    pipeline(charm, job.transforms, {
      selected: (one) => one === path && repository.isSelected(one),
      wholeRoot: false,
      verify: job.verify,
      ...(job.lineLength === undefined ? {} : { lineLength: job.lineLength }),
    }),
  );
  const output = tree.read(path) ?? source;
  const show = (one: string) => repository.show(one);
  const own = result.findings.filter((finding) => finding.file === path);
  const outcome = {
    root: '.',
    name: null,
    scanned: 1,
    candidates: 1,
    files: [],
    findings: own.map((one) => findingOutcome(one, { charm: '.', path: show }, output, one.rangeAfter)),
    actions: [],
    acknowledging: output.includes(MARKER) ? [show(path)] : [],
    failed: null,
  };
  const ran = { transforms: new Set(job.transforms.map(({ transform }) => transform.id)), preset: false };
  return {
    output,
    findings: acknowledgeByComments(outcome, ran, () => output).charm.findings,
    failures: result.failures.map(({ transform, message }) => `transform '${transform}' failed: ${message}`),
  };
}

function existing(path: string): string {
  return existsSync(path) && statSync(path).isFile() ? path : existingFolder(dirname(path));
}

function existingFolder(path: string): string {
  return existsSync(path) ? path : existingFolder(dirname(path));
}

/** Without symlinks, as far as it exists. */
function real(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(real(dirname(path)), basename(path));
}

function rootOf(path: string, roots: readonly string[]): string {
  let folder = parent(path);
  while (!roots.includes(folder)) folder = parent(folder);
  return folder;
}
