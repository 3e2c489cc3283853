/** A whole file before and after, side by side, in a small pager. */
import { structuredPatch } from 'diff';
import { codeLine, oneLine } from '../report/escape.js';
import { type Paint, padEnd, widthOf } from '../report/paint.js';

/** The rows of the side-by-side view, and the first one that differs. */
export function splitRows(
  before: string,
  after: string,
  paint: Paint,
): { readonly rows: readonly string[]; readonly first: number } {
  const lines = structuredPatch('', '', before, after, undefined, undefined, {
    context: Number.MAX_SAFE_INTEGER,
  }).hunks.flatMap((hunk) => hunk.lines);
  const total = Math.max(before.split('\n').length, after.split('\n').length);
  const digits = String(total).length;
  const column = Math.floor((paint.width - 3) / 2);
  const rows: string[] = [];
  let first = -1;
  let left: string[] = [];
  let right: string[] = [];
  let old = 0;
  let fresh = 0;
  const { colors } = paint;
  const cell = (number: number, sign: string, text: string) =>
    cut(`${String(number).padStart(digits)} ${sign} ${codeLine(text.replace(/\r$/, ''))}`, column);
  const flush = () => {
    if (first === -1 && left.length + right.length > 0) first = rows.length;
    for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
      const one = padEnd(left[index] ?? '', column);
      const two = right[index] ?? '';
      rows.push(`${colors.red(one)} ${colors.dim('│')} ${colors.green(two)}`.trimEnd());
    }
    left = [];
    right = [];
  };
  for (const line of lines) {
    const text = line.slice(1);
    if (line[0] === '-') {
      old += 1;
      left.push(cell(old, '-', text));
    } else if (line[0] === '+') {
      fresh += 1;
      right.push(cell(fresh, '+', text));
    } else if (line[0] === ' ') {
      flush();
      old += 1;
      fresh += 1;
      rows.push(
        `${padEnd(cell(old, ' ', text), column)} ${colors.dim('│')} ${cell(fresh, ' ', text)}`.trimEnd(),
      );
    }
  }
  flush();
  return { rows, first: Math.max(0, first) };
}

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let out = '';
  for (const character of text) {
    if (widthOf(out + character) > width - 1) break;
    out += character;
  }
  return `${out}…`;
}

/** One screen of rows with a status line. */
export function page(
  rows: readonly string[],
  top: number,
  height: number,
  path: string,
  { colors }: Paint,
): string {
  const shown = rows.slice(top, top + height - 1);
  const end = Math.min(rows.length, top + height - 1);
  const status = `${oneLine(path)}  ${top + 1}–${end} of ${rows.length}   space, ↑ ↓ to move, q to return`;
  return `\u001b[2J\u001b[H${shown.join('\n')}\n${colors.inverse(status)}`;
}
