/** JSON with comments, as text: which object holds a place, and how to take one away. Nothing is parsed or reprinted. */
import type { Range } from './edits.js';
import { lineStart, nextLine } from './python/statements.js';

/**
 * Strings and comments; what is left between them is punctuation, names and numbers. One that does not end goes to the
 * end of the text: else each quote in it would be tried anew.
 */
const TOKEN = /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[{}]/gs;

/** The innermost `{…}` around an offset, with its property name if it has one; undefined when that is the whole file. */
export function objectAround(text: string, offset: number): Range | undefined {
  const open: number[] = [];
  for (const match of text.matchAll(TOKEN)) {
    if (match[0] === '{') open.push(match.index);
    if (match[0] !== '}') continue;
    const start = open.pop();
    if (start !== undefined && open.length > 0 && start < offset && offset < match.index)
      return { start: start - propertyLength(text.slice(0, start)), end: match.index + 1 };
  }
  return undefined;
}

function propertyLength(before: string): number {
  // Looks back from the end, once.
  return /$(?<=((?:"[^"\n]*"|'[^'\n]*'|[\w$-]+)\s*:\s*))/.exec(before)?.[1]?.length ?? 0;
}

/** What to remove so that the list or object which holds an item stays valid: a comma, and the lines it had alone. */
export function itemRemoval(text: string, item: Range): Range {
  const comma = /^\s*,/.exec(text.slice(item.end))?.[0].length;
  const before = /,\s*$/.exec(text.slice(0, item.start));
  const end = item.end + (comma ?? 0);
  const lines = { start: lineStart(text, item.start), end: nextLine(text, end) };
  const alone =
    /^[ \t]*$/.test(text.slice(lines.start, item.start)) && /^\s*$/.test(text.slice(end, lines.end));
  const removal = alone ? lines : { start: item.start, end };
  // The last item without a comma leaves that of the item before it.
  return comma === undefined && before
    ? { start: before.index, end: alone ? item.end : removal.end }
    : removal;
}
