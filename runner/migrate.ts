/** One repository: list, pre-filter, then charm by charm: apply, verify, write. */
import { existsSync, lstatSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import createIgnore from 'ignore';
import {
  type ConfiguredTransform,
  type LocatedFinding,
  type PipelineResult,
  pipeline,
  type Verify,
} from '../transforms/kit/apply.js';
import { Charm } from '../transforms/kit/charm.js';
import { mapForward, type Range } from '../transforms/kit/edits.js';
import { protection } from '../transforms/kit/protected.js';
import { Overlay } from '../transforms/kit/tree.js';
import { charmRoots, isWhole, listRepository, type Repository, selector, slashed } from './discover.js';
import { plainError } from './errors.js';
import { findingOutcome, runnerFinding, type Shown } from './findings.js';
import { GitGuard } from './guard.js';
import { fetchLibrary, type LibrarySource, libraryFrom, libraryPath } from './libs.js';
import { gitPatch } from './patch.js';
import type { CharmOutcome, FileOutcome, FileStatus } from './result.js';
import { type ScanResult, scan } from './scan.js';
import { DiskTree } from './tree.js';
import { type Change, writeChanges } from './write.js';

/** What to do with every repository. */
export interface Job {
  /** Absolute, without symlinks; outcomes show paths relative to it. */
  readonly cwd: string;
  readonly transforms: readonly ConfiguredTransform[];
  readonly verify: readonly Verify[];
  /** A file that contains none of these, and has none in its path, is not looked at. */
  readonly literals: readonly string[];
  readonly write: boolean;
  readonly allowDirty: boolean;
  /** false: files that git ignores count too. */
  readonly gitignore: boolean;
  /** Patterns as in a `.gitignore`, relative to `cwd` or to the repository's top: such files are never edited. */
  readonly ignore: readonly string[];
  readonly libraries: LibrarySource;
  /** LIBIDs that fetched libraries must have, by module. */
  readonly libids: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Called before anything is written; returns edit groups to leave out, none when all is accepted. */
  readonly review?: ((draft: CharmOutcome) => Promise<ReadonlySet<string>>) | undefined;
  /** A line for people. */
  notice(line: string): void;
  /** Called when work on a charm begins. */
  readonly starting?: ((charm: string) => void) | undefined;
}

/** Facts ask for it in every charm that is migrated, so the scan answers it on the way. */
const FACT_LITERAL = 'charms.';

/**
 * Works on one repository; yields one outcome for each charm, in a stable order.
 *
 * @returns repositories inside this one, to be worked on by themselves
 * @throws GitError when git refuses to read the repository; the signal's reason when aborted
 */
export async function* migrateRepository(
  repository: Repository,
  job: Job,
): AsyncGenerator<CharmOutcome, readonly Repository[]> {
  const { files, nested, notices } = await listRepository(repository, job.gitignore);
  notices.forEach(job.notice);
  const found = await scan(repository.top, files, [...job.literals, FACT_LITERAL], job.signal);
  const roots = charmRoots(files);
  const byRoot = partition(files, roots);
  const state: RepositoryState = {
    repository,
    job,
    roots,
    scan: found,
    tree: new DiskTree(repository.top, files, found),
    selected: selectorOf(repository, job),
    candidates: candidatesOf(files, found, job.literals),
    guard: repository.git ? new GitGuard(repository.top, !job.gitignore) : undefined,
    overlay: undefined,
  };
  noteAbsent(state, files);
  noteEmpty(state, files);
  for (const root of roots) {
    job.signal?.throwIfAborted();
    const own = (byRoot.get(root) ?? []).filter(state.selected);
    if (own.length === 0) continue;
    const isCharm =
      files.includes(joined(root, 'charmcraft.yaml')) || files.includes(joined(root, 'metadata.yaml'));
    const outcome = await migrateCharm(state, root, own);
    if (isCharm || roots.length === 1 || outcome.candidates > 0 || outcome.findings.length > 0) yield outcome;
  }
  return nested;
}

interface RepositoryState {
  readonly repository: Repository;
  readonly job: Job;
  readonly roots: readonly string[];
  readonly scan: ScanResult;
  readonly tree: DiskTree;
  readonly selected: (path: string) => boolean;
  readonly candidates: ReadonlySet<string>;
  readonly guard: GitGuard | undefined;
  /** What the charms so far made of the files. */
  overlay: Overlay | undefined;
}

async function migrateCharm(
  state: RepositoryState,
  root: string,
  own: readonly string[],
): Promise<CharmOutcome> {
  const { job, scan: found } = state;
  const shown: Shown = {
    charm: slashed(relative(job.cwd, join(state.repository.top, root))) || '.',
    path: (path) => slashed(relative(job.cwd, join(state.repository.top, path))),
  };
  job.starting?.(shown.charm);
  const candidates = own.filter((path) => state.candidates.has(path));
  const unread = readFindings(found, own);
  const base: CharmOutcome = {
    root: shown.charm,
    name: null,
    scanned: own.length,
    candidates: candidates.length,
    files: unreadableFiles(found, own, shown),
    findings: unread.map((finding) => findingOutcome(finding, shown, undefined, null)),
    actions: [],
    failed: null,
  };
  if (!candidates.some((path) => !found.unfit.has(path) && !found.unreadable.has(path))) return base;
  state.overlay ??= new Overlay(state.tree);
  try {
    const rejected = new Set<string>();
    for (;;) {
      const draft = await applySteps(state, root, candidates, rejected, shown);
      const outcome = (written: Written) => describe(base, draft, shown, written);
      const refused = job.review ? await job.review(outcome({ state: 'dry' })) : new Set<string>();
      if (refused.size > 0) {
        for (const group of refused) rejected.add(group);
        continue;
      }
      return outcome(await commit(state, root, draft));
    }
  } catch (error) {
    job.signal?.throwIfAborted();
    return { ...base, failed: plainError(error) };
  }
}

/** What the pipeline made of a charm, not yet on disk. */
interface Draft {
  readonly name: string | null;
  readonly changes: readonly Change[];
  /** Paths of changed files with the executable bit. */
  readonly executable: ReadonlySet<string>;
  readonly result: PipelineResult;
  readonly findings: readonly LocatedFinding[];
  /** Files that cannot be changed as the steps want, with the reason. */
  readonly impossible: ReadonlyMap<string, string>;
  /** Text of a file before this charm, undefined when there is none. */
  read(path: string): string | undefined;
}

async function applySteps(
  state: RepositoryState,
  root: string,
  candidates: readonly string[],
  rejected: ReadonlySet<string>,
  shown: Shown,
): Promise<Draft> {
  const { job, repository, selected } = state;
  const before = state.overlay ?? new Overlay(state.tree);
  const overlay = new Overlay(before);
  const charm = new Charm(overlay, root, state.roots);
  const name = charm.metadata?.name ?? null;
  const broken = await syntaxErrors(charm, candidates, job.signal);
  const result = await drive(
    pipeline(charm, job.transforms, {
      selected,
      wholeRoot: isWhole(root, repository.selection),
      rejected,
      verify: job.verify,
    }),
    job.signal,
  );
  charm.release();
  const findings = [...broken.map((finding) => moved(finding, result)), ...result.findings].filter(
    (finding) => finding.file === null || selected(finding.file),
  );
  for (const failure of result.failures) {
    if (failure.path !== null) continue;
    findings.push(
      runnerFinding(
        'verify/transform-failed',
        'error',
        null,
        `transform '${failure.transform}' failed on charm '${shown.charm}': ${failure.message}`,
        `Nothing of this step was applied. Leave it out with --skip ${failure.transform}, and please report the bug.`,
      ),
    );
  }
  if (job.libraries.kind === 'folder') {
    for (const action of result.actions) {
      if (action.kind !== 'fetch') continue;
      const path = joined(action.root, libraryPath(action.library) ?? action.library);
      const library = await libraryFrom(job.libraries.folder, action.library, job.libids[action.library]);
      if ('text' in library) overlay.write(path, library.text);
      else findings.push(fetchFailed(action.library, library.problem));
    }
  }
  const changes = [...overlay.changes]
    .filter(([path]) => selected(path))
    .map(([path, after]): Change => ({ path, before: before.read(path) ?? null, after }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    name,
    changes,
    executable: new Set(
      changes.map(({ path }) => path).filter((path) => isExecutable(join(repository.top, path))),
    ),
    result,
    findings,
    impossible: impossible(repository.top, changes),
    read: (path) => before.read(path),
  };
}

/** How the files are after the run. */
type Written =
  | { readonly state: 'dry' | 'written'; readonly findings?: readonly LocatedFinding[] }
  | { readonly state: 'failed'; readonly why: string; readonly files: ReadonlyMap<string, string> };

async function commit(state: RepositoryState, root: string, draft: Draft): Promise<Written> {
  const { job, repository, overlay } = state;
  const { changes, impossible: cannot } = draft;
  if (cannot.size > 0) return { state: 'failed', why: 'not every file can be changed', files: cannot };
  if (job.write && changes.length > 0) {
    if (state.guard === undefined) {
      job.notice(`${repository.top}: not in a git repository, so there is no safety net but your own copy`);
    } else if (!job.allowDirty) {
      const refused = await state.guard.refusals(changes);
      if (refused.size > 0) {
        const why = 'git could not bring these files back; commit or stash them first, or give --allow-dirty';
        return { state: 'failed', why, files: refused };
      }
    }
    const failures = await writeChanges(repository.top, changes);
    if (failures.length > 0) {
      const files = new Map(failures.map(({ path, message }) => [path, message]));
      return { state: 'failed', why: 'not every file could be written, so none is', files };
    }
  }
  for (const { path, after } of changes) overlay?.write(path, after);
  return {
    state: job.write ? 'written' : 'dry',
    findings: job.write ? await fetchAll(state, root, draft) : [],
  };
}

async function fetchAll(state: RepositoryState, _root: string, draft: Draft): Promise<LocatedFinding[]> {
  if (state.job.libraries.kind !== 'charmcraft') return [];
  const findings: LocatedFinding[] = [];
  for (const action of draft.result.actions) {
    if (action.kind !== 'fetch') continue;
    const folder = join(state.repository.top, action.root);
    const problem = await fetchLibrary(folder, action.library, state.job.signal);
    if (problem !== undefined) findings.push(fetchFailed(action.library, problem));
  }
  return findings;
}

function fetchFailed(library: string, problem: string): LocatedFinding {
  return runnerFinding(
    'write/fetch-failed',
    'error',
    null,
    `${library} could not be fetched: ${problem}`,
    `Run \`charmcraft fetch-lib ${library}\` in the charm's folder.`,
  );
}

/** The outcome of a charm, with all places as they are on disk now. */
function describe(base: CharmOutcome, draft: Draft, shown: Shown, written: Written): CharmOutcome {
  const { result, changes } = draft;
  const onDisk = new Map(
    written.state === 'written' ? changes.map(({ path, after }) => [path, after ?? undefined]) : [],
  );
  const textOf = (path: string) => (onDisk.has(path) ? onDisk.get(path) : draft.read(path));
  const failures = new Map(
    result.failures.flatMap(({ transform, path, message }) =>
      path === null ? [] : [[path, `transform '${transform}' failed: ${message}`] as const],
    ),
  );
  const lost = written.state === 'failed' ? written : undefined;
  const files = changes.map(({ path, before, after }): FileOutcome => {
    const steps = result.steps.filter((step) => step.path === path);
    const made = [...steps.map((step) => step.transform), ...deleters(result, path)];
    const status: FileStatus = before === null ? 'created' : after === null ? 'deleted' : 'modified';
    const why = lost && (lost.files.get(path) ?? 'not written, because another file of the charm failed');
    return {
      charm: shown.charm,
      path: shown.path(path),
      status: lost ? 'failed' : status,
      transforms: [...new Set(made)],
      diff: lost
        ? ''
        : gitPatch({ path: shown.path(path), before, after, executable: draft.executable.has(path) }),
      error: why ?? failures.get(path) ?? null,
      before,
      after,
      steps: steps.map(({ path: _, ...step }) => step),
    };
  });
  const untouched = [...failures]
    .filter(([path]) => !changes.some((change) => change.path === path))
    .map(([path, error]) => failedFile(shown, path, error, draft.read(path) ?? null));
  const findings = [...draft.findings, ...(written.state === 'failed' ? [] : (written.findings ?? []))];
  return {
    ...base,
    name: draft.name,
    files: [...base.files, ...files, ...untouched].sort((a, b) => (a.path < b.path ? -1 : 1)),
    findings: [
      ...base.findings,
      ...findings.map((finding) => {
        const range = written.state === 'written' ? finding.rangeAfter : finding.rangeBefore;
        return findingOutcome(
          finding,
          shown,
          finding.file === null ? undefined : textOf(finding.file),
          range,
        );
      }),
    ].sort(byPlace),
    actions: result.actions,
    failed: lost?.why ?? null,
  };
}

function byPlace(a: CharmOutcome['findings'][number], b: CharmOutcome['findings'][number]): number {
  if (a.file !== b.file) return (a.file ?? '') < (b.file ?? '') ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function deleters(result: PipelineResult, path: string): string[] {
  return result.actions.flatMap((action) =>
    action.kind === 'delete' && action.path === path ? [action.transform] : [],
  );
}

/** Lets a pipeline run; the event loop frees its syntax trees after each file. */
async function drive<T>(steps: Generator<void, T>, signal: AbortSignal | undefined): Promise<T> {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    signal?.throwIfAborted();
    await setImmediate();
  }
}

async function syntaxErrors(
  charm: Charm,
  candidates: readonly string[],
  signal: AbortSignal | undefined,
): Promise<LocatedFinding[]> {
  const found: LocatedFinding[] = [];
  for (const path of candidates) {
    if (!/\.pyi?$/.test(path) || protection(path, charm) !== undefined) continue;
    const first = charm.python(path)?.syntaxErrors[0];
    if (first) {
      found.push(
        runnerFinding(
          'read/syntax-error',
          'warning',
          path,
          `${path} has a syntax error here; the statement is left as it is`,
          'Correct the error and run again, or migrate the statement by hand.',
          first,
        ),
      );
    }
    signal?.throwIfAborted();
    await setImmediate();
  }
  return found;
}

/** The same finding after the steps. */
function moved(finding: LocatedFinding, result: PipelineResult): LocatedFinding {
  if (finding.range === null) return finding;
  const steps = result.steps.filter((step) => step.path === finding.file);
  const move = (offset: number) => steps.reduce((at, step) => mapForward(step.edits, at), offset);
  const start = move(finding.range.start);
  const rangeAfter: Range = { start, end: Math.max(start, move(finding.range.end)) };
  return { ...finding, rangeAfter };
}

function impossible(top: string, changes: readonly Change[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { path, before, after } of changes) {
    if (before === null && existsSync(join(top, path))) {
      found.set(path, 'would be created, but is there already (ignored by git, or not text)');
    }
    // A lone surrogate has no UTF-8 form: it would come out as U+FFFD.
    if (after !== null && Buffer.from(after).toString() !== after)
      found.set(path, 'its new text is not valid Unicode');
  }
  return found;
}

function readFindings(found: ScanResult, own: readonly string[]): LocatedFinding[] {
  return own.flatMap((path) => {
    const unreadable = found.unreadable.get(path);
    if (unreadable !== undefined) {
      const help = 'Make it readable and run again.';
      return [runnerFinding('read/unreadable', 'error', path, `${path} cannot be read: ${unreadable}`, help)];
    }
    const unfit = found.unfit.get(path);
    if (unfit === undefined || (unfit === 'binary' && !/\.pyi?$/.test(path))) return [];
    const why = {
      binary: 'has NUL bytes, so it is not text',
      'not-utf8': 'is not UTF-8',
      'coding-cookie': 'declares an encoding other than UTF-8',
    }[unfit];
    const help = 'Save it as UTF-8 (and drop the coding comment) and run again, or migrate it by hand.';
    return [
      runnerFinding(
        'read/not-utf8',
        'warning',
        path,
        `${path} ${why}; it mentions the libraries and was skipped`,
        help,
      ),
    ];
  });
}

function unreadableFiles(found: ScanResult, own: readonly string[], shown: Shown): FileOutcome[] {
  return own.flatMap((path) => {
    const reason = found.unreadable.get(path);
    return reason === undefined ? [] : [failedFile(shown, path, `cannot be read: ${reason}`, null)];
  });
}

function failedFile(shown: Shown, path: string, error: string, text: string | null): FileOutcome {
  return {
    charm: shown.charm,
    path: shown.path(path),
    status: 'failed',
    transforms: [],
    diff: '',
    error,
    before: text,
    after: text,
    steps: [],
  };
}

function noteAbsent(state: RepositoryState, files: readonly string[]): void {
  const { top } = state.repository;
  for (const path of files) {
    const kind = state.scan.absent.get(path);
    if (kind === undefined || !state.selected(path)) continue;
    const line = slashed(relative(state.job.cwd, join(top, path)));
    if (kind === 'symlink' && !existsSync(join(top, path))) {
      state.job.notice(`${line}: a symlink that leads nowhere, skipped`);
    } else if (kind === 'special') {
      state.job.notice(`${line}: not a regular file, skipped`);
    } else if (kind === 'folder' && existsSync(join(top, path, '.git'))) {
      state.job.notice(`${line}: a git submodule, not entered; name it on the command line to migrate it`);
    } else if (kind === 'missing' && path.includes('\uFFFD')) {
      state.job.notice(`${line}: its name is not UTF-8, skipped; rename it and run again`);
    }
  }
}

function noteEmpty(state: RepositoryState, files: readonly string[]): void {
  const { repository, roots, job, selected } = state;
  const where = slashed(relative(job.cwd, repository.top)) || '.';
  for (const path of repository.selection.files) {
    if (!files.includes(path)) {
      const line = slashed(relative(job.cwd, join(repository.top, path)));
      job.notice(`${line}: ignored by git, so it is left alone; --no-gitignore includes it`);
    }
  }
  const own = files.filter(selected);
  if (own.length === 0) {
    if (repository.selection.files.length === 0) job.notice(`${where}: no files here, or all are ignored`);
  } else if (roots.length === 1 && !files.includes('charmcraft.yaml') && !files.includes('metadata.yaml')) {
    const python = own.some((path) => path.endsWith('.py'));
    job.notice(
      `${where}: no charm here (no charmcraft.yaml or metadata.yaml)${
        python ? '; worked on as a library' : ' and no Python file'
      }`,
    );
  }
}

function selectorOf(repository: Repository, job: Job): (path: string) => boolean {
  const inside = selector(repository.selection);
  if (job.ignore.length === 0) return inside;
  const patterns = createIgnore({ ignorecase: false, allowRelativePaths: true }).add([...job.ignore]);
  const prefix = slashed(relative(job.cwd, repository.top));
  const near = prefix === '' || prefix.startsWith('..') ? undefined : prefix;
  return (path) =>
    inside(path) && !patterns.ignores(path) && !(near !== undefined && patterns.ignores(joined(near, path)));
}

function candidatesOf(files: readonly string[], found: ScanResult, literals: readonly string[]): Set<string> {
  const candidates = new Set(literals.flatMap((literal) => [...(found.hits.get(literal) ?? [])]));
  for (const path of files) {
    if (!found.absent.has(path) && literals.some((literal) => path.includes(literal))) candidates.add(path);
  }
  return candidates;
}

function partition(files: readonly string[], roots: readonly string[]): Map<string, string[]> {
  const byRoot = new Map<string, string[]>(roots.map((root) => [root, []]));
  for (const path of files) {
    let folder = path;
    do folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    while (!byRoot.has(folder));
    byRoot.get(folder)?.push(path);
  }
  return byRoot;
}

function joined(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

function isExecutable(path: string): boolean {
  try {
    return (lstatSync(path).mode & 0o100) !== 0;
  } catch {
    return false;
  }
}
