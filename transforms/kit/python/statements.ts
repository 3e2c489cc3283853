/** Statements as lines: where they begin and end, and how to remove or add one without a trace. */
import type { Range } from '../edits.js';
import type { PythonNode } from '../languages.js';
import type { FileContext } from '../transform.js';
import { rangeOf } from './file.js';

type Target = Pick<FileContext, 'text' | 'layout' | 'edit'>;

/** The statement that a node belongs to: the ancestor directly in a block or the module, decorators included. */
export function statementOf(node: PythonNode): PythonNode {
  let current = node;
  for (const parent of node.ancestors()) {
    if (parent.kind() === 'block' || parent.kind() === 'module') return current;
    current = parent;
  }
  return current;
}

/** Offset of the first character of the line that holds an offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset behind the line's end-of-line characters, or the text's length. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}

/** Offset of the line's end-of-line characters (or the text's length). */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at === -1) return text.length;
  return text[at - 1] === '\r' ? at - 1 : at;
}

/** The white space in front of a node's first line. */
export function marginOf(text: string, node: PythonNode): string {
  const start = lineStart(text, rangeOf(node).start);
  return /^[ \t\f]*/.exec(text.slice(start, rangeOf(node).start))?.[0] ?? '';
}

/** Nothing but white space stands before it on its line, and nothing but a comment behind it. */
export function ownsItsLines(text: string, node: PythonNode): boolean {
  const { start, end } = rangeOf(node);
  const before = text.slice(lineStart(text, start), start);
  const after = text.slice(end, lineEnd(text, end));
  return /^[ \t\f\uFEFF]*$/.test(before) && /^[ \t]*(#.*)?$/.test(after);
}

/** The comments inside a range, and on its last line behind it. */
export function commentsIn(root: PythonNode, text: string, range: Range): PythonNode[] {
  const end = lineEnd(text, range.end);
  return root.findAll({ rule: { kind: 'comment' } }).filter((comment) => {
    const at = rangeOf(comment);
    return at.start >= range.start && at.end <= end;
  });
}

/** Comment lines directly above a statement, without a blank line between. */
export function leadingComments(statement: PythonNode): PythonNode[] {
  const out: PythonNode[] = [];
  let line = statement.range().start.line;
  for (const previous of statement.prevAll()) {
    if (previous.kind() !== 'comment' || previous.range().end.line !== line - 1) break;
    const before = previous.prev();
    // A comment behind the previous statement, on its line, belongs to that one.
    if (before && before.range().end.line === previous.range().start.line) break;
    out.unshift(previous);
    line = previous.range().start.line;
  }
  return out;
}

/** The statements of the block that holds this one, comments left out. */
export function siblings(statement: PythonNode): PythonNode[] {
  return (statement.parent()?.namedChildren() ?? []).filter((child) => child.kind() !== 'comment');
}

/**
 * Removes statements of one block together with their lines. A block that would be empty keeps `pass`.
 *
 * Blank lines: those above the statement go with it, or those below when it is the first of its block. A definition
 * and what stands around it keep the distance that a formatter wants.
 *
 * @param statements of one and the same block
 */
export function removeStatements(file: Target, statements: readonly PythonNode[], group?: string): void {
  const first = statements[0];
  if (!first) return;
  const gone = new Set(statements.map((statement) => statement.id()));
  const rest = siblings(first).filter((statement) => !gone.has(statement.id()));
  const emptied = rest.length === 0 && first.parent()?.kind() === 'block';
  if (emptied) file.edit.replace(first, 'pass', group);
  const ranges = (emptied ? statements.slice(1) : statements)
    .map((statement) => removalRange(file.text, statement, gone))
    .sort((a, b) => a.start - b.start);
  for (const range of merged(ranges)) file.edit.remove(range, group);
}

/** Neighbours may both claim the blank lines between them. */
function merged(ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  for (const range of ranges) {
    const last = out.at(-1);
    if (last && range.start <= last.end)
      out[out.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else out.push(range);
  }
  return out;
}

/** See {@link removeStatements}. */
export function removeStatement(file: Target, statement: PythonNode, group?: string): void {
  removeStatements(file, [statement], group);
}

function removalRange(text: string, statement: PythonNode, gone: ReadonlySet<number>): Range {
  const { start, end } = rangeOf(statement);
  if (!ownsItsLines(text, statement)) return semicolonRange(text, start, end);
  let from = lineStart(text, start);
  if (text[from] === '\uFEFF') from += 1;
  let to = nextLine(text, end);
  const previous = statement.prevAll().find((one) => one.kind() !== 'comment' && !gone.has(one.id()));
  const commentAbove = statement.prev()?.kind() === 'comment';
  if (previous || commentAbove) {
    // Keep the larger of the two distances: the blank lines above go, unless more stand below… which then go.
    const above = blanksBefore(text, from);
    const below = blanksAfter(text, to);
    if (isDefinition(statement) || below.count > 0 || to >= text.length) {
      if (above.count <= below.count || to >= text.length) from = above.from;
      else to = below.to;
    }
  } else {
    to = blanksAfter(text, to).to;
  }
  return { start: from, end: to };
}

function isDefinition(statement: PythonNode): boolean {
  return /definition$/.test(statement.kind());
}

function blanksBefore(text: string, from: number): { count: number; from: number } {
  let count = 0;
  let at = from;
  while (at > 0) {
    const start = lineStart(text, at - 1);
    if (text.slice(start, at).trim() !== '') break;
    count += 1;
    at = start;
  }
  return { count, from: at };
}

function blanksAfter(text: string, to: number): { count: number; to: number } {
  let count = 0;
  let at = to;
  while (at < text.length) {
    const end = nextLine(text, at);
    if (text.slice(at, end).trim() !== '') break;
    count += 1;
    at = end;
  }
  return { count, to: at };
}

/** `a; b`: one of several statements on a line. */
function semicolonRange(text: string, start: number, end: number): Range {
  const after = /^[ \t]*;[ \t]*/.exec(text.slice(end, lineEnd(text, end)));
  if (after) return { start, end: end + after[0].length };
  const before = /[ \t]*;[ \t]*$/.exec(text.slice(lineStart(text, start), start));
  return { start: start - (before?.[0].length ?? 0), end };
}

/** Adds lines behind a statement, at its indentation. Lines are given without margin and end-of-line. */
export function insertAfter(
  file: Target,
  statement: PythonNode,
  lines: readonly string[],
  group?: string,
): void {
  const { text, layout } = file;
  const margin = marginOf(text, statement);
  const { end } = rangeOf(statement);
  const at =
    ownsItsLines(text, statement) || !text.slice(end, lineEnd(text, end)).includes(';')
      ? lineEnd(text, end)
      : end;
  const added = lines.map((line) => layout.eol + indentLines(line, margin, layout.eol)).join('');
  file.edit.insert(at, added, group);
}

/** Adds lines in front of a statement, at its indentation. */
export function insertBefore(
  file: Target,
  statement: PythonNode,
  lines: readonly string[],
  group?: string,
): void {
  const { text, layout } = file;
  const margin = marginOf(text, statement);
  const start = rangeOf(statement).start;
  const added = lines.map(
    (line) => `${indentLines(line, margin, layout.eol).slice(margin.length)}${layout.eol}${margin}`,
  );
  file.edit.insert(start, added.join(''), group);
}

function indentLines(line: string, margin: string, eol: string): string {
  return line === '' ? '' : margin + line.split(/\r?\n/).join(eol);
}
