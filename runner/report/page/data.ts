/** The data between the report and its page. Types only, and none of the rest of the program: the page is its own. */

export type PageSeverity = 'error' | 'warning' | 'info';

/** `failed`: not migrated. `fix`: it has errors. `look`: it has warnings. */
export type CharmState = 'failed' | 'fix' | 'look' | 'ready' | 'untouched';

export interface PageHunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly oldLines: number;
  readonly newLines: number;
  /** Ids of transforms. */
  readonly makers: readonly string[];
  /** With their sign in front. */
  readonly lines: readonly string[];
}

export interface PageFile {
  readonly path: string;
  readonly status: 'modified' | 'created' | 'deleted' | 'failed';
  readonly transforms: readonly string[];
  readonly error: string | null;
  readonly added: number;
  readonly removed: number;
  /** null: too long to be worth it (a deleted library). */
  readonly hunks: readonly PageHunk[] | null;
}

export interface PageFinding {
  /** Stays the same from run to run, so that ticks do. */
  readonly key: string;
  readonly id: string;
  readonly severity: PageSeverity;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly help: string;
  readonly docs: string | null;
  /** Line number, text, and the marked columns if any. */
  readonly frame: readonly (readonly [number, string, number, number] | readonly [number, string])[];
}

export interface PageCharm {
  readonly root: string;
  readonly name: string | null;
  readonly state: CharmState;
  readonly failed: string | null;
  readonly files: readonly PageFile[];
  readonly findings: readonly PageFinding[];
}

export interface PageData {
  readonly title: string;
  readonly version: string;
  readonly generated: string | null;
  readonly written: boolean;
  readonly scanned: number;
  /** The summary in words. */
  readonly files: string;
  readonly left: string;
  readonly counts: Readonly<Record<PageSeverity, number>>;
  readonly transforms: readonly {
    readonly id: string;
    readonly title: string;
    readonly review: boolean;
    readonly why: string;
    /** How many files it changed. */
    readonly files: number;
  }[];
  readonly charms: readonly PageCharm[];
}

export interface PageOptions {
  readonly version: string;
  readonly title?: string;
  /** When the report was made, as it shall be shown. */
  readonly generated?: string;
}
