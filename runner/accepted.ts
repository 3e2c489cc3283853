/** What people have accepted, over a whole run. */
import { resolve } from 'node:path';
import { acknowledgeByComments, Baseline, type Ran } from './acknowledge.js';
import { UsageError } from './errors.js';
import type { CharmOutcome } from './result.js';
import { Reader } from './scan.js';
import type { SelectedTransforms } from './select.js';

export interface AcceptedOptions {
  readonly paths?: readonly string[];
  /** Findings that are accepted: a file that `updateBaseline` writes; relative to `cwd`. */
  readonly baseline?: string;
  /** Write the findings of this run into the baseline file; all of them count as accepted. */
  readonly updateBaseline?: boolean;
}

/** Takes out of the outcomes what people have accepted. */
export class Accepted {
  readonly #options: AcceptedOptions;
  readonly #cwd: string;
  readonly #ran: Ran;
  readonly #baseline: Baseline | undefined;
  #comments = 0;
  #entries = 0;

  constructor(
    options: AcceptedOptions,
    cwd: string,
    { presets: names, transforms: steps }: SelectedTransforms,
  ) {
    this.#options = options;
    this.#cwd = cwd;
    this.#ran = { transforms: new Set(steps.map(({ transform }) => transform.id)), preset: names.length > 0 };
    const { baseline, updateBaseline = false } = options;
    if (updateBaseline && baseline === undefined)
      throw new UsageError('--update-baseline needs --baseline FILE');
    this.#baseline = baseline === undefined ? undefined : new Baseline(baseline, cwd, updateBaseline);
  }

  charm(outcome: CharmOutcome): CharmOutcome {
    const byComments = acknowledgeByComments(outcome, this.#ran, (path) => this.#read(path));
    this.#comments += byComments.count;
    if (!this.#baseline) return byComments.charm;
    const byBaseline = this.#baseline.acknowledge(byComments.charm, this.#options.updateBaseline ?? false);
    this.#entries += byBaseline.count;
    return byBaseline.charm;
  }

  /** Writes the baseline, or tells what in it is of no use any more. */
  async end(): Promise<CharmOutcome | undefined> {
    const paths = this.#options.paths ?? ['.'];
    if (this.#options.updateBaseline) {
      await this.#baseline?.write(this.#ran, paths);
      return undefined;
    }
    const findings = this.#baseline?.unused(this.#ran, paths) ?? [];
    if (findings.length === 0) return undefined;
    return {
      root: '.',
      name: null,
      scanned: 0,
      candidates: 0,
      files: [],
      findings,
      actions: [],
      failed: null,
    };
  }

  notices(): string[] {
    if (this.#comments + this.#entries === 0) return [];
    const sum = this.#comments + this.#entries;
    const { baseline } = this.#options;
    const where = [
      ...(this.#comments > 0 ? [`${this.#comments} by comments`] : []),
      ...(this.#entries > 0 ? [`${this.#entries} in ${baseline}`] : []),
    ];
    return [`${sum} ${sum === 1 ? 'finding is' : 'findings are'} acknowledged: ${where.join(', ')}`];
  }

  #read(path: string): string | undefined {
    try {
      const bytes = new Reader().read(resolve(this.#cwd, path));
      return typeof bytes === 'string' ? undefined : bytes.toString('utf8');
    } catch {
      // Unreadable files are told of elsewhere.
      return undefined;
    }
  }
}
