/** The lines around a finding. */
import type { Excerpt, FindingOutcome } from '../result.js';

const AROUND = 2;
const MOST = 12;

/** The lines around a place in a text, for {@link FindingOutcome.excerpt}. */
export function excerptOf(text: string, line: number, endLine: number = line): Excerpt {
  const all = text.split('\n');
  const first = Math.max(1, line - AROUND);
  const last = Math.min(all.length, Math.max(line, endLine) + AROUND, first + MOST - 1);
  const lines = all.slice(first - 1, last).map((one) => one.replace(/\r$/, ''));
  // The empty string behind the last newline is no line.
  if (last === all.length && lines.at(-1) === '' && lines.length > 1 && last > line) lines.pop();
  return { line: first, lines };
}

export interface FrameLine {
  readonly number: number;
  readonly text: string;
  /** The marked columns, from 0, end exclusive; null when the line is only context. */
  readonly mark: { readonly from: number; readonly to: number } | null;
}

/** The lines of a finding's code frame; empty when the code is not known. */
export function frameOf(finding: FindingOutcome): FrameLine[] {
  const { excerpt, line, column } = finding;
  if (!excerpt || line === null) return [];
  const endLine = finding.endLine ?? line;
  return excerpt.lines.map((text, index) => {
    const number = excerpt.line + index;
    if (number < line || number > endLine) return { number, text, mark: null };
    const indent = text.length - text.trimStart().length;
    const from = number === line && column !== null ? column - 1 : indent;
    const to = number === endLine && finding.endColumn !== null ? finding.endColumn - 1 : text.length;
    return { number, text, mark: { from, to: Math.max(from + 1, to) } };
  });
}
