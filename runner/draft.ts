/** What the steps make of a charm, before anything is written. */
import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type LocatedFinding, type PipelineResult, pipeline } from '../transforms/kit/apply.js';
import { Charm } from '../transforms/kit/charm.js';
import { mapForward, type Range } from '../transforms/kit/edits.js';
import { protection } from '../transforms/kit/protected.js';
import { Overlay } from '../transforms/kit/tree.js';
import { runnerFinding } from './findings.js';
import { hardLinkFindings } from './hardLinks.js';
import type { Job } from './job.js';
import { type Fetched, fetchEach, libraryFrom } from './libs.js';
import { joined } from './paths.js';
import type { OpenRepository, Root } from './repository.js';
import type { Change } from './write.js';

export interface Draft {
  /** The charm's name in its metadata. */
  readonly name: string | null;
  /** Sorted by path. */
  readonly changes: readonly Change[];
  /** Paths of changed files with the executable bit. */
  readonly executable: ReadonlySet<string>;
  readonly result: PipelineResult;
  readonly findings: readonly LocatedFinding[];
  /** Libraries that were asked for and copied, with the problem of those that could not be; undefined: none were. */
  readonly fetched: Fetched | undefined;
  /** Files that cannot be changed as the steps want, with the reason. */
  readonly impossible: ReadonlyMap<string, string>;
  /** Text of a file that is not among the changes; undefined when there is none. */
  readonly unchanged: (path: string) => string | undefined;
}

/**
 * Runs the steps over one charm on an overlay of its own.
 *
 * @param rejected edit groups to leave out
 * @throws the signal's reason when aborted; Error when no stable set of edits is found
 */
export async function draftCharm(
  repository: OpenRepository,
  root: Root,
  job: Job,
  rejected: ReadonlySet<string>,
): Promise<Draft> {
  const before = repository.overlay;
  const overlay = new Overlay(before);
  const charm = new Charm(
    overlay,
    root.path,
    repository.roots.map((one) => one.path),
  );
  const broken = await syntaxErrors(charm, repository, root, job.signal);
  const result = await drive(
    pipeline(charm, job.transforms, {
      selected: repository.isSelected,
      wholeRoot: root.whole,
      rejected,
      verify: job.verify,
      ...(job.lineLength === undefined ? {} : { lineLength: job.lineLength }),
      onVisit: (transform, path) => job.visiting?.(transform, path === null ? null : repository.show(path)),
    }),
    job,
  );
  const name = charm.metadata?.name ?? null;
  charm.release();
  const fetched = await copyLibraries(overlay, result, job);
  const changes = [...overlay.changes]
    .filter(([path]) => repository.isSelected(path))
    .map(([path, after]): Change => ({ path, before: before.read(path) ?? null, after }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    name,
    changes,
    executable: new Set(
      changes.map(({ path }) => path).filter((path) => isExecutable(join(repository.top, path))),
    ),
    result,
    findings: [
      ...broken.map((finding) => moved(finding, result)),
      ...result.findings.filter((finding) => finding.file === null || repository.isSelected(finding.file)),
      ...failures(result, repository.show(root.path)),
      ...hardLinkFindings(repository, root, changes),
    ],
    fetched,
    impossible: impossible(repository.top, changes),
    unchanged: (path) => before.read(path),
  };
}

/** Lets a pipeline run; the event loop frees its syntax trees after each file. */
async function drive<T>(steps: Generator<void, T>, { signal, limited }: Job): Promise<T> {
  const step = () => steps.next();
  for (;;) {
    const next = limited ? limited(step) : step();
    if (next.done) return next.value;
    signal?.throwIfAborted();
    await setImmediate();
  }
}

/** The first syntax error of each candidate. The first step uses the same trees, so this parses nothing twice. */
async function syntaxErrors(
  charm: Charm,
  repository: OpenRepository,
  root: Root,
  signal: AbortSignal | undefined,
): Promise<LocatedFinding[]> {
  const found: LocatedFinding[] = [];
  for (const path of root.candidates) {
    if (!/\.pyi?$/.test(path) || protection(path, charm) !== undefined) continue;
    const first = charm.python(path)?.syntaxErrors[0];
    if (first) {
      found.push(
        runnerFinding(
          'read/syntax-error',
          'warning',
          path,
          `${repository.show(path)} has a syntax error; statements that it touches are left as they are`,
          'Correct the error and run again, or migrate these statements by hand.',
          first,
        ),
      );
    }
    signal?.throwIfAborted();
    await setImmediate();
  }
  return found;
}

/** The same finding with its place after the steps. */
function moved(finding: LocatedFinding, result: PipelineResult): LocatedFinding {
  if (finding.range === null) return finding;
  const steps = result.steps.filter((step) => step.path === finding.file);
  const move = (offset: number) => steps.reduce((at, step) => mapForward(step.edits, at), offset);
  const start = move(finding.range.start);
  const rangeAfter: Range = { start, end: Math.max(start, move(finding.range.end)) };
  return { ...finding, rangeAfter };
}

/** Transforms that threw while they looked at the charm as a whole; those that threw on a file fail that file. */
function failures(result: PipelineResult, charm: string): LocatedFinding[] {
  return result.failures
    .filter((failure) => failure.path === null)
    .map(({ transform, message }) =>
      runnerFinding(
        'verify/transform-failed',
        'error',
        null,
        `transform '${transform}' failed on charm '${charm}': ${message}`,
        `Please report the bug; --skip ${transform} leaves the step out.`,
      ),
    );
}

async function copyLibraries(
  overlay: Overlay,
  result: PipelineResult,
  job: Job,
): Promise<Fetched | undefined> {
  if (job.libraries.kind !== 'folder') return undefined;
  const { folder } = job.libraries;
  return fetchEach(result.actions, async ({ library, root }) => {
    const found = await libraryFrom(folder, library, job.libids[library]);
    if ('problem' in found) return found.problem;
    overlay.write(joined(root, found.path), found.text);
    return undefined;
  });
}

function impossible(top: string, changes: readonly Change[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { path, before, after } of changes) {
    if (before === null && existsSync(join(top, path))) {
      found.set(path, 'would be created, but is there already (ignored by git, or not text)');
    }
    // A lone surrogate has no UTF-8 form: it would come out as U+FFFD.
    if (after !== null && Buffer.from(after).toString() !== after) {
      found.set(path, 'its new text is not valid Unicode');
    }
  }
  return found;
}

function isExecutable(path: string): boolean {
  try {
    return (lstatSync(path).mode & 0o100) !== 0;
  } catch {
    return false;
  }
}
