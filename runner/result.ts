/** What a run gives: plain data, no syntax trees, safe to send between processes. */

import type { OwnedAction } from '../transforms/kit/apply.js';
import type { Edit } from '../transforms/kit/edits.js';
import type { FindingKind, Safety, Severity } from '../transforms/kit/transform.js';

/** One version of a file, made by one step. Offsets of the edits are UTF-16 units of `before`. */
export interface Step {
  readonly transform: string;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly Edit[];
}

export type FileStatus = 'modified' | 'created' | 'deleted' | 'failed';

export interface FileOutcome {
  /** Charm root relative to the working directory, `.` for the directory itself. */
  readonly charm: string;
  /** Relative to the working directory, `/` as separator. */
  readonly path: string;
  readonly status: FileStatus;
  /** Ids of the transforms that made the change, in order. */
  readonly transforms: readonly string[];
  /**
   * A git patch of this file; empty for status `failed`. As in git's own patches its paths are relative to the top of
   * the work tree that the working directory lies in; outside git, to the working directory.
   */
  readonly diff: string;
  readonly error: string | null;
  /** The texts, null where the file does not exist; not part of the JSON. */
  readonly before: string | null;
  readonly after: string | null;
  readonly steps: readonly Step[];
}

/** Lines of the file around a finding, so that reports can show code of files that the run did not change. */
export interface Excerpt {
  /** Number of the first of the lines, from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

export interface FindingOutcome {
  readonly id: string;
  readonly severity: Severity;
  readonly transform: string | null;
  readonly charm: string;
  /** Relative to the working directory; null when it is about the charm as a whole. */
  readonly file: string | null;
  /** From 1, columns in UTF-16 units, in the file as it is on disk after the run; null without a place. */
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  readonly message: string;
  readonly help: string;
  readonly docs: string;
  /** Not part of the JSON. */
  readonly excerpt?: Excerpt;
}

export interface CharmOutcome {
  /** Relative to the working directory, `.` for the directory itself. */
  readonly root: string;
  readonly name: string | null;
  readonly scanned: number;
  readonly candidates: number;
  readonly files: readonly FileOutcome[];
  readonly findings: readonly FindingOutcome[];
  readonly actions: readonly OwnedAction[];
  /** Files with a comment that acknowledges findings. Not part of the JSON. */
  readonly acknowledging?: readonly string[];
  /** Set when the charm as a whole failed. */
  readonly failed: string | null;
}

export interface Summary {
  charms: number;
  scanned: number;
  candidates: number;
  changed: number;
  created: number;
  deleted: number;
  failed: number;
  findings: { error: number; warning: number; info: number };
}

/** What reports need to know of a transform. */
export interface TransformInfo {
  readonly id: string;
  readonly title: string;
  readonly safety: Safety;
  /** Why it stands where it stands, from the preset; reports show it as the reason. */
  readonly why?: string;
  /** What its findings mean, by reason. */
  readonly findings?: Readonly<Record<string, FindingKind>>;
}

export interface RunOutcome {
  readonly presets: readonly string[];
  readonly transforms: readonly TransformInfo[];
  readonly written: boolean;
  readonly charms: readonly CharmOutcome[];
  readonly summary: Summary;
  /** Paths that cannot be worked on (they do not exist, …), one line each: exit code 2. */
  readonly problems?: readonly string[];
  /** Lines for people: what was skipped and why. */
  readonly notices?: readonly string[];
  /** The signal stopped the run; charms that were not reached are missing. */
  readonly aborted?: boolean;
}
