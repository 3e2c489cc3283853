/**
 * Acknowledged findings: `# tempo-codemods: ignore[<id>]` on the finding's line or alone on the line above, and
 * baseline files. An acknowledgement that matches nothing is a finding itself.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import picomatch from 'picomatch';
import { writeAtomic } from './atomic.js';
import { codeOf, plainError, UsageError } from './errors.js';
import { runnerFinding } from './findings.js';
import { slashed } from './paths.js';
import type { CharmOutcome, FindingOutcome } from './result.js';

/** A file with a comment of ours contains it. */
export const MARKER = 'tempo-codemods: ignore[';
const COMMENT = /#\s*tempo-codemods: ignore\[([^[\]\n]*)\]/;

/** They say that a part of the run failed: nobody can agree with that. */
export const FAILURES: ReadonlySet<string> = new Set(['verify/transform-failed', 'write/fetch-failed']);

/** What was run, so that an acknowledgement of what was not is not called useless. */
export interface Ran {
  /** Ids of the transforms. */
  readonly transforms: ReadonlySet<string>;
  /** A preset as a whole, so that the runner's own checks were made. */
  readonly preset: boolean;
}

function wasJudged(id: string, ran: Ran): boolean {
  const owner = id.slice(0, id.indexOf('/'));
  return ran.transforms.has(owner) || (ran.preset && ['read', 'verify', 'write'].includes(owner));
}

interface Comment {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly ids: readonly string[];
  /** Nothing else on its line, so it is about the next one. */
  readonly alone: boolean;
  readonly used: Set<string>;
}

/**
 * Takes out of a charm's findings those that a comment acknowledges.
 *
 * @param read text of a file by its path in the outcome, as it is on disk now
 * @returns the charm with what is left, and how many were taken out
 */
export function acknowledgeByComments(
  charm: CharmOutcome,
  ran: Ran,
  read: (path: string) => string | undefined,
): { readonly charm: CharmOutcome; readonly count: number } {
  const files = new Map(
    (charm.acknowledging ?? []).map((path) => [path, commentsIn(read(path) ?? '')] as const),
  );
  if (files.size === 0) return { charm, count: 0 };
  const left = charm.findings.filter((finding) => {
    if (FAILURES.has(finding.id)) return true;
    const comment = files.get(finding.file ?? '')?.find((one) => covers(one, finding));
    comment?.used.add(finding.id);
    return comment === undefined;
  });
  const useless = [...files].flatMap(([path, comments]) =>
    comments.flatMap((comment) =>
      comment.ids
        .filter((id) => !comment.used.has(id) && wasJudged(id, ran))
        .map((id) => uselessComment(charm.root, path, comment, id)),
    ),
  );
  return {
    charm: { ...charm, findings: [...left, ...useless] },
    count: charm.findings.length - left.length,
  };
}

function commentsIn(text: string): Comment[] {
  return text.split(/\r\n|\n/).flatMap((line, index) => {
    const match = COMMENT.exec(line);
    if (!match) return [];
    const ids = (match[1] ?? '').split(',').map((id) => id.trim());
    const alone = line.slice(0, match.index).trim() === '';
    const place = { line: index + 1, column: match.index + 1, length: match[0].length };
    return [{ ...place, ids, alone, used: new Set<string>() }];
  });
}

function covers(comment: Comment, { id, line }: FindingOutcome): boolean {
  if (!comment.ids.includes(id)) return false;
  return line === null || line === comment.line || (comment.alone && line === comment.line + 1);
}

function uselessComment(charm: string, file: string, comment: Comment, id: string): FindingOutcome {
  const { line, column, length } = comment;
  return {
    ...useless('verify/unused-ignore', charm, `'${id}' is not found here, so nothing is acknowledged`),
    file,
    line,
    column,
    endLine: line,
    endColumn: column + length,
    help: 'Delete the id from the comment, or the comment.',
  };
}

function useless(id: string, charm: string, message: string): FindingOutcome {
  const { severity, transform, docs } = runnerFinding(id, 'warning', null, message, '');
  const place = { file: null, line: null, column: null, endLine: null, endColumn: null };
  return { id, severity, transform, charm, ...place, message, help: '', docs };
}

/** An entry of a baseline file: all findings of this kind in this file, as many as `count` says. */
interface Entry {
  readonly id: string;
  /** Relative to the baseline file; null for a finding about a charm as a whole. */
  readonly file: string | null;
  readonly message: string;
  readonly count: number;
}

/** A file of findings that are known and accepted. Lines are not in it, so that code above may change. */
export class Baseline {
  readonly #path: string;
  readonly #cwd: string;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #seen = new Map<string, Entry>();

  /**
   * @param path of the file, relative to `cwd`
   * @param missing whether the file may be missing, because it is about to be written
   * @throws UsageError when it cannot be read or is no baseline
   */
  constructor(path: string, cwd: string, missing: boolean) {
    this.#path = resolve(cwd, path);
    this.#cwd = cwd;
    this.#entries = new Map(readEntries(this.#path, path, missing).map((entry) => [keyOf(entry), entry]));
  }

  /**
   * Takes out of a charm's findings those that the baseline has.
   *
   * @param update take out all, to write them down
   */
  acknowledge(
    charm: CharmOutcome,
    update: boolean,
  ): { readonly charm: CharmOutcome; readonly count: number } {
    const left = charm.findings.filter((finding) => {
      const { id, message } = finding;
      if (FAILURES.has(id) || id.startsWith('verify/unused-')) return true;
      const file = finding.file === null ? null : this.#shown(resolve(this.#cwd, finding.file));
      const key = keyOf({ id, file, message });
      const count = (this.#seen.get(key)?.count ?? 0) + 1;
      if (!update && count > (this.#entries.get(key)?.count ?? 0)) return true;
      this.#seen.set(key, { id, file, message, count });
      return false;
    });
    return { charm: { ...charm, findings: left }, count: charm.findings.length - left.length };
  }

  /** Entries that nothing matched, of the files and steps of the run. */
  unused(ran: Ran, paths: readonly string[]): FindingOutcome[] {
    return this.#gone(ran, paths).map(({ id, file, count }) => {
      const where = file === null ? '' : ` in ${file}`;
      const times = count > 1 ? `${count} times '${id}'` : `'${id}'`;
      return {
        ...useless(
          'verify/unused-baseline',
          '.',
          `the baseline has ${times}${where}, which is not found any more`,
        ),
        file: slashed(relative(this.#cwd, this.#path)),
        help: 'Bring the baseline up to date with --update-baseline.',
      };
    });
  }

  /** Writes down what was seen; what the run did not look at stays. */
  async write(ran: Ran, paths: readonly string[]): Promise<void> {
    const gone = new Set(this.#gone(ran, paths).map(keyOf));
    const kept = [...this.#entries].filter(([key]) => !this.#seen.has(key) && !gone.has(key));
    const findings = [...kept.map(([, entry]) => entry), ...this.#seen.values()].sort((a, b) =>
      keyOf(a) < keyOf(b) ? -1 : 1,
    );
    await writeAtomic(this.#path, `${JSON.stringify({ version: 1, findings }, null, 2)}\n`);
  }

  #gone(ran: Ran, paths: readonly string[]): Entry[] {
    return [...this.#entries.values()].flatMap((entry) => {
      const count = entry.count - (this.#seen.get(keyOf(entry))?.count ?? 0);
      return count > 0 && wasJudged(entry.id, ran) && this.#wasSelected(entry, paths)
        ? [{ ...entry, count }]
        : [];
    });
  }

  #wasSelected({ file }: Entry, paths: readonly string[]): boolean {
    const place = resolve(dirname(this.#path), file ?? '.');
    const shown = slashed(relative(this.#cwd, place));
    return paths.some((path) => {
      const selected = resolve(this.#cwd, path);
      return place === selected || place.startsWith(join(selected, '/')) || picomatch.isMatch(shown, path);
    });
  }

  #shown(path: string): string {
    return slashed(relative(dirname(this.#path), path));
  }
}

function keyOf({ id, file, message }: Omit<Entry, 'count'>): string {
  return JSON.stringify([file, id, message]);
}

function readEntries(path: string, shown: string, missing: boolean): Entry[] {
  const problem = (text: string) => new UsageError(`${shown}: ${text}`);
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (missing && codeOf(error) === 'ENOENT') return [];
    if (codeOf(error) === 'ENOENT') throw problem('no such baseline; --update-baseline writes it');
    throw problem(plainError(error));
  }
  const found = typeof data === 'object' && data !== null && 'findings' in data ? data.findings : undefined;
  if (!Array.isArray(found) || !found.every(isEntry)) throw problem('is no baseline of tempo-codemods');
  return found;
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { id, file, message, count } = value as Readonly<Record<string, unknown>>;
  return (
    typeof id === 'string' &&
    (file === null || typeof file === 'string') &&
    typeof message === 'string' &&
    typeof count === 'number'
  );
}
