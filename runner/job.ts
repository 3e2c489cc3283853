/** What to do with every repository of a run. */
import type { ConfiguredTransform, Verify } from '../transforms/kit/apply.js';
import type { LibrarySource } from './libs.js';
import type { CharmOutcome } from './result.js';

/** Seconds that a charm may take in a child process; the largest charm of the benchmark takes less than one. */
export const TIMEOUT = 120;

/** Seconds as timers take them: whole, and no more than fits (beyond, they fire at once). */
export function milliseconds(seconds: number): number {
  return Math.min(Math.ceil(seconds * 1000), 2 ** 31 - 1);
}

export interface Job {
  /** Absolute, without symlinks; outcomes show paths relative to it. */
  readonly cwd: string;
  /** Absolute; paths in patches are relative to it. */
  readonly patchBase: string;
  readonly transforms: readonly ConfiguredTransform[];
  readonly verify: readonly Verify[];
  /** A file that contains none of these is not looked at. */
  readonly literals: readonly string[];
  /** A repository in which no file contains any of these, or has one in its path, is not looked at any further. */
  readonly gate: readonly string[];
  readonly write: boolean;
  readonly allowDirty: boolean;
  /** false: files that git ignores count too. */
  readonly gitignore: boolean;
  /** Patterns as in a `.gitignore`, relative to `cwd` or to the repository's top: such files are never edited. */
  readonly ignore: readonly string[];
  /** Over what the formatter's configuration says; undefined: that. */
  readonly lineLength: number | undefined;
  readonly libraries: LibrarySource;
  /** LIBIDs that fetched libraries must have, by module. */
  readonly libids: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Called before a charm is written; returns edit groups to leave out, none when all is accepted. */
  readonly review?: ((draft: CharmOutcome) => Promise<ReadonlySet<string>>) | undefined;
  /** A line for people. */
  readonly notice: (line: string) => void;
  /** Called when work on a charm begins. */
  readonly starting?: ((charm: string) => void) | undefined;
  /** Called before a transform looks at a file; null: at the charm as a whole. */
  readonly visiting?: ((transform: string, path: string | null) => void) | undefined;
  /** Calls code that may never return, in a process that then has to end. Default: a plain call. */
  readonly limited?: (<T>(call: () => T) => T) | undefined;
  /** Charms that took a process with them, with what happened: they are not tried again. */
  readonly skip?: ReadonlyMap<string, string> | undefined;
}
