/** One repository: list, pre-filter, then charm by charm: apply, verify, write. */
import { join } from 'node:path';
import type { Listing, Repository } from './discover.js';
import { type Draft, draftCharm } from './draft.js';
import { plainError } from './errors.js';
import { findingOutcome } from './findings.js';
import type { Job } from './job.js';
import { type Fetched, fetchEach, fetchLibrary } from './libs.js';
import { charmOutcome, failedFile, type Written } from './outcome.js';
import { type OpenRepository, openRepository, type Root } from './repository.js';
import type { CharmOutcome } from './result.js';
import { notices, readFindings, unreadable } from './unread.js';
import { writeChanges } from './write.js';

/**
 * Works on one repository; yields one outcome for each charm, in a stable order.
 *
 * @param listing its files, when they are known already
 * @returns repositories inside this one, to be worked on by themselves
 * @throws GitError when git refuses to read the repository; the signal's reason when aborted
 */
export async function* migrateRepository(
  repository: Repository,
  job: Job,
  listing?: Listing,
): AsyncGenerator<CharmOutcome, readonly Repository[]> {
  const opened = await openRepository(repository, job, listing);
  notices(opened, repository, job);
  for (const root of opened.repository.roots) {
    job.signal?.throwIfAborted();
    if (root.files.length === 0) continue;
    const outcome = await migrateCharm(opened.repository, root, job);
    // Files around charms are worth a word only when there is something to say.
    const worth =
      root.isCharm ||
      opened.repository.roots.length === 1 ||
      outcome.candidates > 0 ||
      root.acknowledging.length > 0;
    if (worth || outcome.findings.length > 0) yield outcome;
  }
  return opened.nested;
}

async function migrateCharm(repository: OpenRepository, root: Root, job: Job): Promise<CharmOutcome> {
  const lost = job.skip?.get(repository.show(root.path));
  if (lost !== undefined) return { ...withoutSteps(repository, root), failed: lost };
  job.starting?.(repository.show(root.path));
  const workable = root.candidates.some(
    (path) => !repository.scan.unfit.has(path) && !repository.scan.unreadable.has(path),
  );
  if (!workable) return withoutSteps(repository, root);
  try {
    const rejected = new Set<string>();
    for (;;) {
      const draft = await draftCharm(repository, root, job, rejected);
      const outcome = (written: Written) =>
        charmOutcome(withoutSteps(repository, root), draft, written, repository);
      const refused = job.review ? await job.review(outcome({ state: 'dry' })) : new Set<string>();
      if (refused.size === 0) return outcome(await commit(repository, draft, job));
      for (const group of refused) rejected.add(group);
    }
  } catch (error) {
    job.signal?.throwIfAborted();
    return { ...withoutSteps(repository, root), failed: plainError(error) };
  }
}

/** What can be told of a charm without running any step. */
function withoutSteps(repository: OpenRepository, root: Root): CharmOutcome {
  const charm = repository.show(root.path);
  const path = (one: string) => repository.show(one);
  return {
    root: charm,
    name: null,
    scanned: root.files.length,
    candidates: root.candidates.length,
    files: [...unreadable(repository, root)].map(([one, reason]) =>
      failedFile(charm, path(one), `cannot be read: ${reason}`, null),
    ),
    findings: readFindings(repository, root).map((one) =>
      findingOutcome(one, { charm, path }, undefined, null),
    ),
    actions: [],
    acknowledging: root.acknowledging.map(path),
    failed: null,
  };
}

/** Writes a draft if that is wanted, safe and possible, and puts it into the repository's overlay. */
async function commit(repository: OpenRepository, draft: Draft, job: Job): Promise<Written> {
  const { changes, impossible } = draft;
  if (impossible.size > 0) {
    return { state: 'failed', why: 'not every file can be changed, so none is', files: impossible };
  }
  if (job.write && changes.length > 0) {
    if (repository.guard === undefined) {
      job.notice(
        `${repository.show('')}: not in a git repository, so there is no safety net but your own copy`,
      );
    } else if (!job.allowDirty) {
      const files = await repository.guard.refusals(changes);
      const why = 'git could not bring back every file; commit or stash first, or give --allow-dirty';
      if (files.size > 0) return { state: 'failed', why, files };
    }
    const failures = await writeChanges(repository.top, changes);
    if (failures.length > 0) {
      const files = new Map(failures.map(({ path, message }) => [path, message]));
      return { state: 'failed', why: 'not every file could be written, so none is', files };
    }
  }
  for (const { path, after } of changes) repository.overlay.write(path, after);
  return job.write ? { state: 'written', fetched: await fetchAll(repository, draft, job) } : { state: 'dry' };
}

async function fetchAll(repository: OpenRepository, draft: Draft, job: Job): Promise<Fetched | undefined> {
  if (job.libraries.kind !== 'charmcraft') return undefined;
  return fetchEach(draft.result.actions, ({ library, root }) =>
    fetchLibrary(join(repository.top, root), library, job.signal),
  );
}
