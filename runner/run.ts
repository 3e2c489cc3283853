/** A whole run: paths in, outcomes out. Prints nothing and never exits. */
import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { LIBIDS } from '../transforms/facts/libraries.js';
import { presets, transforms } from '../transforms/index.js';
import { Accepted, type AcceptedOptions } from './accepted.js';
import { FAILURES } from './acknowledge.js';
import { discover, type Repository } from './discover.js';
import { plainError } from './errors.js';
import { patchBase } from './git.js';
import type { Job } from './job.js';
import type { LibrarySource } from './libs.js';
import { migrateRepository } from './migrate.js';
import { failedCharm } from './outcome.js';
import { slashed } from './paths.js';
import { withPins } from './pins.js';
import { type ChildrenOptions, runInChildren, wantsChildren } from './pool.js';
import type { CharmOutcome, RunOutcome, Summary, TransformInfo } from './result.js';
import { type SelectedTransforms, selectTransforms, type TransformRequest, withLoaded } from './select.js';

export interface RunOptions extends TransformRequest, AcceptedOptions {
  /** Default: the process's working directory. Paths in the outcome are relative to it. */
  readonly cwd?: string;
  /** Files, folders and globs; default: the working directory. */
  readonly paths?: readonly string[];
  /** Write the changes. Default: false, nothing on disk is touched. */
  readonly write?: boolean;
  /** Write although git has uncommitted changes in the files to be written. */
  readonly allowDirty?: boolean;
  /** Respect `.gitignore` and its like. Default true. */
  readonly gitignore?: boolean;
  /** Files never to edit; patterns as in a `.gitignore`, relative to `cwd` or to the repository's top. */
  readonly ignore?: readonly string[];
  /** Line length of the formatter. Default: what each charm's configuration says, else 88. */
  readonly lineLength?: number;
  /** How to get the new libraries. Default: not at all, the findings tell the commands. */
  readonly libraries?: LibrarySource;
  /** Stops between two files; what is written of a charm by then is finished first. */
  readonly signal?: AbortSignal;
  /** Called before a charm is written; returns edit groups to leave out. It is asked again until it returns none. */
  readonly review?: (draft: CharmOutcome) => Promise<ReadonlySet<string>>;
  /** Called once, before the first charm, with what will run. */
  readonly onTransforms?: (transforms: readonly TransformInfo[]) => void;
  /** Called with each charm as it is done, in the order of the outcome. */
  readonly onCharm?: (charm: CharmOutcome) => void | Promise<void>;
  /** Called when work on a charm begins. */
  readonly onStart?: (charm: string) => void;
  /** Called once, with the number of repositories. */
  readonly onRepositories?: (count: number) => void;
  /** Only each `of`-th repository, from the `index`-th on (from 1), in the order of their paths. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** Allows child processes: for many repositories, and for transforms that are not built in. */
  readonly children?: ChildrenOptions;
  /** Forget texts, steps and diffs of a charm after `onCharm`, so that memory stays flat for any number of charms. */
  readonly lean?: boolean;
}

/**
 * Runs transforms over charms.
 *
 * @returns what was found, changed and (with `write`) written; files and charms that failed are in it
 * @throws UsageError for names that do not exist. All else is told in the outcome.
 */
export async function run(options: RunOptions = {}): Promise<RunOutcome> {
  const cwd = realpathSync(resolve(options.cwd ?? '.'));
  const selected = selectTransforms(await withLoaded(options, cwd), { presets, transforms });
  const accepted = new Accepted(options, cwd, selected);
  const infos = transformInfos(selected);
  options.onTransforms?.(infos);
  const notices: string[] = [];
  const libraries = located(options.libraries ?? { kind: 'none' }, cwd);
  const job: Job = {
    cwd,
    patchBase: patchBase(cwd),
    ...selected,
    transforms: await withPins(selected.transforms, libraries, LIBIDS),
    write: options.write ?? false,
    allowDirty: options.allowDirty ?? false,
    gitignore: options.gitignore ?? true,
    ignore: options.ignore ?? [],
    lineLength: options.lineLength,
    libraries,
    libids: LIBIDS,
    signal: options.signal,
    review: options.review,
    starting: options.onStart,
    notice: (line) => notices.push(line),
  };
  const { repositories: all, problems } = await discover(options.paths ?? ['.'], cwd);
  const { shard, children } = options;
  const repositories = shard ? all.filter((_, at) => at % shard.of === shard.index - 1) : all;
  if (shard && all.length < shard.of) {
    notices.push(
      `--shard: ${all.length} of ${shard.of} shards have something to do; repositories inside a folder go with it, so name them one by one (repos/*)`,
    );
  }
  options.onRepositories?.(repositories.length);
  const builtIn = new Set(Object.values(transforms));
  const custom = selected.transforms.some(({ transform }) => !builtIn.has(transform));
  const work = runCharms(repositories, job, children && { ...children, custom });
  const charms: CharmOutcome[] = [];
  const summary = emptySummary();
  const emit = async (charm: CharmOutcome) => {
    addTo(summary, charm);
    await options.onCharm?.(charm);
    charms.push(options.lean ? slim(charm) : charm);
  };
  let aborted = false;
  try {
    for await (const charm of work) await emit(accepted.charm(charm));
  } catch (error) {
    if (!options.signal?.aborted) throw error;
    aborted = true;
  }
  if (!aborted) {
    const stale = await accepted.end();
    if (stale) await emit(stale);
  }
  notices.push(...accepted.notices());
  return {
    presets: selected.presets,
    transforms: infos,
    written: job.write,
    charms,
    summary,
    problems,
    notices,
    aborted,
  };
}

function located(source: LibrarySource, cwd: string): LibrarySource {
  return source.kind === 'folder' ? { ...source, folder: resolve(cwd, source.folder) } : source;
}

/** What reports tell of the transforms of this run. */
function transformInfos({ presets: names, transforms: configured }: SelectedTransforms): TransformInfo[] {
  const steps = names.flatMap((name) => presets[name]?.steps ?? []);
  const reasons = new Map(steps.map((step) => [step.transform.id, step.why]));
  return configured.map(({ transform: { id, title, safety, findings } }) => {
    const why = reasons.get(id);
    return { id, title, safety, findings, ...(why === undefined ? {} : { why }) };
  });
}

/**
 * Works on repositories one after the other, those found inside others at the end; in children as soon as so many wait
 * that it is worth it, as in a folder of clones.
 */
async function* runCharms(
  repositories: readonly Repository[],
  job: Job,
  children: (ChildrenOptions & { readonly custom: boolean }) | undefined,
): AsyncGenerator<CharmOutcome> {
  const queue = [...repositories];
  const known = new Set(queue.map((repository) => repository.top));
  for (;;) {
    if (children && wantsChildren(job, children, queue.length, children.custom)) {
      return yield* runInChildren(queue, known, job, children);
    }
    const next = queue.shift();
    if (!next) return;
    try {
      const nested = yield* migrateRepository(next, job);
      queue.push(...nested.filter((repository) => !known.has(repository.top)));
      for (const repository of nested) known.add(repository.top);
    } catch (error) {
      job.signal?.throwIfAborted();
      yield failedCharm(slashed(relative(job.cwd, next.top)) || '.', plainError(error));
    }
  }
}

export function emptySummary(): Summary {
  return {
    charms: 0,
    scanned: 0,
    candidates: 0,
    changed: 0,
    created: 0,
    deleted: 0,
    failed: 0,
    findings: { error: 0, warning: 0, info: 0 },
  };
}

/** Adds a charm to the counts. `failed` counts files, and charms that failed without naming any. */
export function addTo(summary: Summary, charm: CharmOutcome): void {
  if (charm.scanned > 0 || charm.failed !== null) summary.charms += 1;
  summary.scanned += charm.scanned;
  summary.candidates += charm.candidates;
  for (const { status, error } of charm.files) {
    if (status === 'modified') summary.changed += 1;
    if (status === 'created') summary.created += 1;
    if (status === 'deleted') summary.deleted += 1;
    if (error !== null) summary.failed += 1;
  }
  if (charm.failed !== null && charm.files.every((file) => file.error === null)) summary.failed += 1;
  for (const { id, severity } of charm.findings) {
    summary.findings[severity] += 1;
    if (FAILURES.has(id)) summary.failed += 1;
  }
}

function slim(charm: CharmOutcome): CharmOutcome {
  return {
    ...charm,
    files: charm.files.map((file) => ({ ...file, diff: '', before: null, after: null, steps: [] })),
  };
}
