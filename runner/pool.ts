/**
 * Repositories in child processes: a parser that crashes, or a transform that never returns, costs one charm and not
 * the run. Outcomes come in the order of the repositories, whatever the number of children.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Flags } from './cli/settings.js';
import { type Listing, listRepository, type Repository } from './discover.js';
import { plainError } from './errors.js';
import { type Job, milliseconds, TIMEOUT } from './job.js';
import { failedCharm } from './outcome.js';
import { slashed } from './paths.js';
import type { CharmOutcome } from './result.js';

export interface ChildrenOptions {
  /** How many at once. Default: as many as the machine has cores. */
  readonly jobs?: number;
  /** Seconds that one charm may take. */
  readonly timeout?: number;
  /** What a child makes its transforms from: functions cannot be sent. */
  readonly flags: Flags;
}

/** Fewer repositories are done sooner in one process (docs/performance.md). */
const MANY = 12;
/** Seconds that a child gets to stop. */
const GRACE = 5;
/** How many repositories a child may be ahead of the slowest one, so that memory stays flat. */
const AHEAD = 4;

/** The part of a job that can be sent. */
export type PlainJob = Omit<
  Job,
  'transforms' | 'verify' | 'signal' | 'review' | 'notice' | 'starting' | 'visiting' | 'limited' | 'skip'
>;

export type ToChild =
  | { readonly kind: 'setup'; readonly flags: Flags; readonly job: PlainJob; readonly seconds: number }
  | {
      readonly kind: 'repository';
      readonly repository: Repository;
      readonly skip: readonly (readonly [string, string])[];
      readonly listing: Listing | undefined;
    }
  | { readonly kind: 'abort' };

export type FromChild =
  | { readonly kind: 'start'; readonly charm: string }
  | { readonly kind: 'visit'; readonly transform: string; readonly path: string | null }
  | { readonly kind: 'charm'; readonly charm: CharmOutcome }
  | { readonly kind: 'notice'; readonly line: string }
  | { readonly kind: 'done'; readonly nested: readonly Repository[] }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'aborted' };

/** The program of a child; there is none where the sources themselves run, as in tests. */
const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url));

/** Whether children are worth it: for many repositories, for code that is not ours, and when they are asked for. */
export function wantsChildren(
  job: Job,
  { jobs }: ChildrenOptions,
  repositories: number,
  custom: boolean,
): boolean {
  const wanted = custom || jobs !== undefined || repositories >= MANY;
  return wanted && job.review === undefined && existsSync(WORKER);
}

interface Result {
  readonly charms: readonly CharmOutcome[];
  readonly notices: readonly string[];
  readonly nested: readonly Repository[];
}

/**
 * As `runCharms`, in children.
 *
 * @param known top folders of all repositories met so far; those found inside others are added
 */
export async function* runInChildren(
  repositories: readonly Repository[],
  known: Set<string>,
  job: Job,
  options: ChildrenOptions,
): AsyncGenerator<CharmOutcome> {
  const queue = [...repositories];
  const jobs = Math.max(1, options.jobs ?? availableParallelism());
  const free = Array.from({ length: jobs }, () => new Slot(job, options));
  const slots = [...free];
  const waiting: ((slot: Slot) => void)[] = [];
  const work = async (repository: Repository): Promise<Result> => {
    // git is started from here: to fork a child, whose memory is full of trees, takes several times as long.
    const listing = repository.git ? listRepository(repository, job.gitignore) : undefined;
    listing?.catch(() => undefined);
    const slot = free.shift() ?? (await new Promise<Slot>((resolve) => waiting.push(resolve)));
    try {
      return await slot.work(repository, listing);
    } finally {
      const next = waiting.shift();
      if (next) next(slot);
      else free.push(slot);
    }
  };
  const end = () => {
    for (const slot of slots) slot.end();
  };
  // A second Ctrl-C leaves at once; a child that loops would stay for ever.
  process.once('exit', end);
  const started: (Promise<Result> | undefined)[] = [];
  try {
    for (let at = 0; at < queue.length; at += 1) {
      for (let next = started.length; !job.signal?.aborted && next < at + jobs * AHEAD; next += 1) {
        const repository = queue[next];
        if (!repository) break;
        started.push(work(repository));
      }
      const result = await started[at];
      started[at] = undefined;
      if (!result) break;
      result.notices.forEach(job.notice);
      yield* result.charms;
      for (const repository of result.nested) {
        if (!known.has(repository.top)) queue.push(repository);
        known.add(repository.top);
      }
    }
    job.signal?.throwIfAborted();
  } finally {
    process.off('exit', end);
    end();
  }
}

/** A place for one child. It starts when there is work, and again when the last one died. */
class Slot {
  #child: ChildProcess | undefined;

  constructor(
    readonly job: Job,
    readonly options: ChildrenOptions,
  ) {}

  /** Works on a repository; after a death again, without the charm that was being worked on then. */
  async work(repository: Repository, listed: Promise<Listing> | undefined): Promise<Result> {
    const skip = new Map<string, string>();
    const before = new Map<string, CharmOutcome>();
    const shown = slashed(relative(this.job.cwd, repository.top)) || '.';
    let listing: Listing | undefined;
    try {
      listing = await listed;
    } catch (error) {
      return { charms: [failedCharm(shown, plainError(error))], notices: [], nested: [] };
    }
    for (;;) {
      if (this.job.signal?.aborted) return { charms: [...before.values()], notices: [], nested: [] };
      const { charms, notices, nested, death } = await this.#attempt(repository, listing, skip, before);
      for (const charm of charms) before.set(charm.root, charm);
      if (death === undefined) return { charms, notices, nested };
      const { charm, why } = death;
      if (charm === undefined || skip.has(charm)) {
        return { charms: [...charms, failedCharm(shown, why)], notices, nested };
      }
      skip.set(charm, why);
    }
  }

  end(): void {
    this.#child?.removeAllListeners();
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #attempt(
    repository: Repository,
    listing: Listing | undefined,
    skip: ReadonlyMap<string, string>,
    before: ReadonlyMap<string, CharmOutcome>,
  ): Promise<Result & { readonly death?: { readonly charm: string | undefined; readonly why: string } }> {
    const { job } = this;
    const seconds = this.options.timeout ?? TIMEOUT;
    const child = this.#start();
    const charms: CharmOutcome[] = [];
    const notices: string[] = [];
    let charm: string | undefined;
    let place = '';
    let timer: NodeJS.Timeout | undefined;
    let late = false;
    return new Promise((resolve) => {
      // It finishes what it is writing; one that does not listen is ended.
      const abort = () => {
        send(child, { kind: 'abort' });
        rewind();
      };
      const settle = (end: { nested?: readonly Repository[]; why?: string } = {}) => {
        clearTimeout(timer);
        child.off('message', hear).off('exit', exit).off('error', exit);
        job.signal?.removeEventListener('abort', abort);
        const { nested = [], why } = end;
        resolve({ charms, notices, nested, ...(why === undefined ? {} : { death: { charm, why } }) });
      };
      const rewind = () => {
        if (late) return;
        const limit = job.signal?.aborted ? Math.min(seconds, GRACE) : seconds;
        clearTimeout(timer);
        timer = setTimeout(() => {
          late = true;
          child.kill('SIGKILL');
        }, milliseconds(limit));
      };
      const exit = (code: unknown, signal?: unknown) => {
        if (this.#child === child) this.#child = undefined;
        const how = late
          ? `took more than ${seconds} s (see --timeout)`
          : `its process died (${signal ?? `exit code ${code}`})`;
        // What it said before may still be on its way.
        const end = () => settle({ why: `${how}${place}` });
        if (child.connected) child.once('disconnect', end);
        else end();
      };
      const hear = (message: FromChild) => {
        switch (message.kind) {
          case 'start':
            charm = message.charm;
            place = '';
            job.starting?.(charm);
            return rewind();
          case 'visit':
            place = ` in '${message.transform}'${message.path === null ? '' : ` on ${message.path}`}`;
            return;
          case 'charm':
            charms.push(before.get(message.charm.root) ?? message.charm);
            charm = undefined;
            place = '';
            return rewind();
          case 'notice':
            notices.push(message.line);
            return;
          case 'done':
            return settle({ nested: message.nested });
          case 'failed':
            charms.push(failedCharm(slashed(relative(job.cwd, repository.top)) || '.', message.why));
            return settle();
          case 'aborted':
            return settle();
        }
      };
      child.on('message', hear).on('exit', exit).on('error', exit);
      job.signal?.addEventListener('abort', abort);
      rewind();
      send(child, { kind: 'repository', repository, skip: [...skip], listing });
    });
  }

  #start(): ChildProcess {
    if (this.#child) return this.#child;
    const {
      transforms: _transforms,
      verify: _verify,
      signal: _signal,
      review: _review,
      notice: _notice,
      starting: _starting,
      visiting: _visiting,
      limited: _limited,
      skip: _skip,
      ...plain
    } = this.job;
    // What a transform prints must not get into the product on stdout.
    const child = fork(WORKER, { serialization: 'advanced', stdio: ['ignore', 2, 2, 'ipc'] });
    // More than the parent gives it: only a child whose parent was killed comes to its own limit.
    const seconds = (this.options.timeout ?? TIMEOUT) + GRACE;
    send(child, { kind: 'setup', flags: this.options.flags, job: plain, seconds });
    this.#child = child;
    return child;
  }
}

/** A child that is gone tells so by its exit. */
function send(child: ChildProcess, message: ToChild): void {
  if (child.connected) child.send(message, () => undefined);
}
