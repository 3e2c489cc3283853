/** A child process of the pool: works on the repositories that it is sent, one at a time. */
import { Script } from 'node:vm';
import { presets, transforms } from '../transforms/index.js';
import { resolveSettings } from './cli/settings.js';
import { codeOf, plainError } from './errors.js';
import { type Job, milliseconds } from './job.js';
import { migrateRepository } from './migrate.js';
import type { FromChild, ToChild } from './pool.js';
import { selectTransforms } from './select.js';

const controller = new AbortController();
let setup: Promise<Omit<Job, 'skip'>> | undefined;

const ENTRY = 'tempoCodemodsCall';
const CALL = new Script(`globalThis.${ENTRY}()`);

const tell = (message: FromChild) => process.send?.(message);

async function prepare({
  flags,
  job,
  seconds,
}: Extract<ToChild, { kind: 'setup' }>): Promise<Omit<Job, 'skip'>> {
  const { settings } = await resolveSettings(flags, job.cwd);
  const selected = selectTransforms(settings, { presets, transforms });
  const builtIn = new Set(Object.values(transforms));
  return {
    ...job,
    ...selected,
    limited: selected.transforms.every(({ transform }) => builtIn.has(transform))
      ? undefined
      : <T>(call: () => T) => callWithin(seconds, call),
    signal: controller.signal,
    notice: (line) => tell({ kind: 'notice', line }),
    starting: (charm) => tell({ kind: 'start', charm }),
    visiting: (transform, path) => tell({ kind: 'visit', transform, path }),
  };
}

/**
 * Calls a function, and ends the process when it takes too long. A loop stops all that JavaScript could do about it,
 * the news that the parent is gone included; the watch that `vm` keeps is a thread of its own.
 */
function callWithin<T>(seconds: number, call: () => T): T {
  let result: { readonly value: T } | undefined;
  Object.assign(globalThis, {
    [ENTRY]: () => {
      result = { value: call() };
    },
  });
  try {
    CALL.runInThisContext({ timeout: milliseconds(seconds) });
  } catch (error) {
    if (codeOf(error) === 'ERR_SCRIPT_EXECUTION_TIMEOUT') process.exit(1);
    throw error;
  }
  if (!result) throw new Error('a call without a result');
  return result.value;
}

async function work({ repository, skip, listing }: Extract<ToChild, { kind: 'repository' }>): Promise<void> {
  try {
    const job = await setup;
    if (!job) throw new Error('a repository came before the setup');
    const charms = migrateRepository(repository, { ...job, skip: new Map(skip) }, listing);
    for (let next = await charms.next(); ; next = await charms.next()) {
      if (next.done) return void tell({ kind: 'done', nested: next.value });
      tell({ kind: 'charm', charm: next.value });
    }
  } catch (error) {
    tell(controller.signal.aborted ? { kind: 'aborted' } : { kind: 'failed', why: plainError(error) });
  }
}

// Ctrl-C reaches all processes of a terminal; the parent says what is to be done.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => {
  controller.abort();
  process.exitCode = 1;
});
process.on('message', (message: ToChild) => {
  switch (message.kind) {
    case 'setup':
      setup = prepare(message);
      // Told when a repository asks for it.
      setup.catch(() => undefined);
      return;
    case 'repository':
      void work(message);
      return;
    case 'abort':
      controller.abort();
  }
});
