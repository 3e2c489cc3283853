/** The hunks of a file for the terminal. */
import { diffWordsWithSpace } from 'diff';
import { codeLine } from './escape.js';
import type { Hunk, HunkLine } from './hunks.js';
import { breakCode, type Colors, type Paint, rule } from './paint.js';

/** Below this width one column of line numbers has to do. */
const TWO_NUMBERS = 80;

/** One hunk: a heading with its makers, then its lines with numbers. */
export function renderHunk(hunk: Hunk, makers: string, paint: Paint): string[] {
  const { colors } = paint;
  const place = `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`;
  const digits = String(Math.max(hunk.oldStart + hunk.oldLines, hunk.newStart + hunk.newLines)).length;
  const words = colors.isColorSupported ? wordChanges(hunk.lines, colors) : new Map<HunkLine, string>();
  const crlf = hunk.lines.every((line) => line.text.endsWith('\r') || line.noNewline);
  const body = hunk.lines.flatMap((line) =>
    renderLine(line, words.get(line) ?? codeLine(shown(line, crlf)), digits, paint),
  );
  return [rule(`  ${colors.cyan(place)}${makers === '' ? '' : ` ${makers}`}`, paint, '┄'), ...body];
}

/** Where every line ends in CRLF the carriage return says nothing; where some do, it is shown. */
function shown(line: HunkLine, crlf: boolean): string {
  return crlf ? line.text.replace(/\r$/, '') : line.text;
}

function renderLine(line: HunkLine, text: string, digits: number, paint: Paint): string[] {
  const { colors, width } = paint;
  const number = (value: number | null) => (value === null ? '' : String(value)).padStart(digits);
  const numbers =
    width >= TWO_NUMBERS
      ? `${number(line.oldLine)} ${number(line.newLine)}`
      : number(line.newLine ?? line.oldLine);
  const color = line.kind === '+' ? colors.green : line.kind === '-' ? colors.red : (one: string) => one;
  const gutter = `  ${numbers} │ `;
  const blank = `  ${' '.repeat(numbers.length)} │ `;
  const lines = breakCode(text, width - gutter.length - 2).map(
    (part, index) =>
      colors.dim(index === 0 ? gutter : blank) + color(`${index === 0 ? line.kind : '↪'} ${part}`.trimEnd()),
  );
  if (line.noNewline) lines.push(colors.dim(`${blank}\\ no newline at the end of the file`));
  return lines;
}

/** Lines that replace each other, with the words that differ marked. */
function wordChanges(lines: readonly HunkLine[], colors: Colors): Map<HunkLine, string> {
  const out = new Map<HunkLine, string>();
  for (const [removed, added] of replacements(lines)) {
    if (removed.length !== added.length) continue;
    for (const [index, old] of removed.entries()) {
      const fresh = added[index];
      if (!fresh || old.text.length + fresh.text.length > 2000) continue;
      const parts = diffWordsWithSpace(old.text.replace(/\r$/, ''), fresh.text.replace(/\r$/, ''));
      const same = parts.filter((part) => !part.added && !part.removed).map((part) => part.value.trim());
      // Two lines with little in common are better read whole.
      if (same.join('').length * 2 < Math.min(old.text.trim().length, fresh.text.trim().length)) continue;
      const mark = (side: 'added' | 'removed') =>
        parts
          .filter((part) => part[side] || (!part.added && !part.removed))
          .map((part) => (part[side] ? colors.inverse(codeLine(part.value)) : codeLine(part.value)))
          .join('');
      out.set(old, mark('removed'));
      out.set(fresh, mark('added'));
    }
  }
  return out;
}

function replacements(lines: readonly HunkLine[]): [HunkLine[], HunkLine[]][] {
  const out: [HunkLine[], HunkLine[]][] = [];
  let block: [HunkLine[], HunkLine[]] = [[], []];
  for (const line of lines) {
    if (line.kind === ' ' || (line.kind === '-' && block[1].length > 0)) {
      out.push(block);
      block = [[], []];
    }
    if (line.kind === '-') block[0].push(line);
    if (line.kind === '+') block[1].push(line);
  }
  out.push(block);
  return out.filter(([removed, added]) => removed.length > 0 && added.length > 0);
}
