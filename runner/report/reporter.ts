/** What a report is made with. A report writes to where it is told; it reads nothing and knows no terminal. */
import type { CharmOutcome, RunOutcome, TransformInfo } from '../result.js';

/** One run's output in one format. */
export interface Reporter {
  /** Called once, before the first charm. */
  begin?(transforms: readonly TransformInfo[]): void;
  /** Called for each charm as soon as it is done, in the order of the outcome. */
  charm?(charm: CharmOutcome): void | Promise<void>;
  /** Called once, at the end. For formats that stream, texts and diffs are gone from the outcome by then. */
  end?(outcome: RunOutcome): void | Promise<void>;
}

export interface ReportContext {
  /** Writes text; resolves when there is room for more. */
  readonly write: (text: string) => Promise<void>;
  readonly color: boolean;
  /** Columns of the terminal, for reports that are made for one. */
  readonly width?: number;
  /** Version of tempo-codemods. */
  readonly version: string;
}

export interface Format {
  /** All is written in `charm`, so texts and diffs need not be kept until the end. */
  readonly streams: boolean;
  create(context: ReportContext): Reporter | Promise<Reporter>;
}

/** A format that is one text, made at the end. */
export function wholeReport(render: (outcome: RunOutcome, context: ReportContext) => string): Format {
  return {
    streams: false,
    create: (context) => ({ end: (outcome) => context.write(render(outcome, context)) }),
  };
}
