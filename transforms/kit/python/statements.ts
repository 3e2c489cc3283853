/** Statements as lines: where they begin and end, and how to remove or add one without a trace. */
import type { Range } from '../edits.js';
import type { PythonNode } from '../languages.js';
import { must } from '../must.js';
import type { FileContext } from '../transform.js';
import { rangeOf } from './file.js';
import { parentOf } from './nodes.js';
import { parents } from './parents.js';

type Target = Pick<FileContext, 'text' | 'layout' | 'edit'>;

/** The statement that a node belongs to: the ancestor directly in a block or the module, decorators included. */
export function statementOf(node: PythonNode): PythonNode {
  let current = node;
  for (const parent of parents(node)) {
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
  const line = text.slice(start, rangeOf(node).start);
  return line.slice(0, line.search(/[^ \t\f]|$/));
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
  if (!text.slice(range.start, end).includes('#')) return [];
  return root.findAll({ rule: { kind: 'comment' } }).filter((comment) => {
    const at = rangeOf(comment);
    return at.start >= range.start && at.end <= end;
  });
}

/** What stands before a statement, nearest first. The tree has comments above the first of a block in front of the block. */
function before(statement: PythonNode): PythonNode[] {
  const own = statement.prevAll();
  const block = statement.parent();
  if (own.length > 0 || block?.kind() !== 'block') return own;
  const above = block.prevAll();
  const header = above.findIndex((node) => node.kind() !== 'comment');
  const line = above[header]?.range().end.line;
  return above.slice(0, header).filter((comment) => comment.range().start.line !== line);
}

/** Comment lines directly above a statement, without a blank line between. */
export function leadingComments(statement: PythonNode): PythonNode[] {
  const out: PythonNode[] = [];
  let line = statement.range().start.line;
  for (const previous of before(statement)) {
    if (previous.kind() !== 'comment' || previous.range().end.line !== line - 1) break;
    // A comment behind the previous statement, on its line, belongs to that one.
    if (previous.prev()?.range().end.line === previous.range().start.line) break;
    out.unshift(previous);
    line = previous.range().start.line;
  }
  return out;
}

/** The statements of the block that holds this one, comments left out. */
export function siblings(statement: PythonNode): PythonNode[] {
  return parentOf(statement)
    .namedChildren()
    .filter((child) => child.kind() !== 'comment');
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
  const [first, ...more] = statements.toSorted((a, b) => rangeOf(a).start - rangeOf(b).start);
  if (!first) return;
  const gone = new Set(statements.map((statement) => statement.id()));
  const rest = siblings(first).filter((statement) => !gone.has(statement.id()));
  const emptied = rest.length === 0 && first.parent()?.kind() === 'block';
  if (emptied) {
    file.edit.replace(first, 'pass', group);
    gone.delete(first.id());
  }
  const ranges = (emptied ? more : [first, ...more])
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
  const { mates, first, last } = lineMates(statement);
  const { start } = rangeOf(first);
  const ownLines = /^[ \t\f\uFEFF]*$/.test(text.slice(lineStart(text, start), start));
  if (!ownLines || !mates.every((mate) => gone.has(mate.id()))) return semicolonRange(statement, mates, gone);
  let from = lineStart(text, start);
  // A form feed and a BOM are the file's, not the statement's.
  while (/[\f\uFEFF]/.test(text.charAt(from))) from += 1;
  let to = nextLine(text, rangeOf(last).end);
  const kept = (one: PythonNode) => one.isNamed() && one.kind() !== 'comment' && !gone.has(one.id());
  const [above] = before(first);
  if (above?.kind() === 'comment' || first.prevAll().some(kept)) {
    // Keep the larger of the two distances: the blank lines above go, unless more stand below… which then go.
    const over = blanksBefore(text, from);
    const under = blanksAfter(text, to);
    const final = to >= text.length || !nextKept(last, gone);
    if (isDefinition(statement) || under.count > 0 || final) {
      if (over.count <= under.count || final) from = over.from;
      else to = under.to;
    }
  } else {
    to = blanksAfter(text, to).to;
  }
  // A file without a newline at its end stays one.
  if (to === text.length && !text.endsWith('\n') && text[from - 1] === '\n') from = lineEnd(text, from - 1);
  return { start: from, end: to };
}

/** Something follows in the same block; at the end of the module it is the file's end that counts. */
function nextKept(statement: PythonNode, gone: ReadonlySet<number>): boolean {
  return (
    statement.parent()?.kind() === 'module' ||
    statement.nextAll().some((one) => one.isNamed() && !gone.has(one.id()))
  );
}

interface Mates {
  readonly mates: readonly PythonNode[];
  readonly first: PythonNode;
  readonly last: PythonNode;
}

/** The statements that `;` puts on the lines of this one, in order. */
function lineMates(statement: PythonNode): Mates {
  const mates = [statement];
  let first = statement;
  for (let mate = mateBefore(first); mate; mate = mateBefore(first)) {
    mates.unshift(mate);
    first = mate;
  }
  let last = statement;
  for (let mate = mateBehind(last); mate; mate = mateBehind(last)) {
    mates.push(mate);
    last = mate;
  }
  return { mates, first, last };
}

function mateBefore(statement: PythonNode): PythonNode | null {
  const semicolon = statement.prev();
  return semicolon?.kind() === ';' ? semicolon.prev() : null;
}

/** A `;` may also end the line. */
function mateBehind(statement: PythonNode): PythonNode | null {
  const semicolon = statement.next();
  const mate = semicolon?.kind() === ';' ? semicolon.next() : null;
  const same = mate?.range().start.line === semicolon?.range().end.line;
  return same && mate?.kind() !== 'comment' ? mate : null;
}

function isDefinition(statement: PythonNode): boolean {
  return /definition$/.test(statement.kind());
}

// A form feed is a page break that somebody put there.
const BLANK = /^[ \t]*\r?\n?$/;

function blanksBefore(text: string, from: number): { count: number; from: number } {
  let count = 0;
  let at = from;
  while (at > 0) {
    const start = lineStart(text, at - 1);
    if (!BLANK.test(text.slice(start, at))) break;
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
    if (!BLANK.test(text.slice(at, end))) break;
    count += 1;
    at = end;
  }
  return { count, to: at };
}

/** `a; b`: one of several statements on a line; with its `;`. */
function semicolonRange(
  statement: PythonNode,
  mates: readonly PythonNode[],
  gone: ReadonlySet<number>,
): Range {
  const { start, end } = rangeOf(statement);
  const index = mates.findIndex((mate) => mate.id() === statement.id());
  // None behind either: what else stands on the line is a syntax error.
  const next = mates[index + 1];
  const kept = mates.slice(0, index).some((mate) => !gone.has(mate.id()));
  return kept
    ? { start: rangeOf(must(mates[index - 1], 'statement in front')).end, end }
    : { start, end: next ? rangeOf(next).start : end };
}

/**
 * Adds lines behind a statement, at its indentation. Lines are given without margin and end-of-line; lines of a
 * multi-line one after its first are taken as they are.
 */
export function insertAfter(
  file: Target,
  statement: PythonNode,
  lines: readonly string[],
  group?: string,
): void {
  const { text, layout } = file;
  const { end } = rangeOf(statement);
  if (isInline(statement)) {
    file.edit.insert(end, lines.map((line) => `; ${line}`).join(''), group);
    return;
  }
  const margin = marginOf(text, statement);
  const shared = lineMates(statement).last.id() !== statement.id();
  const added = lines.map((line) => layout.eol + indentLines(line, margin, layout.eol)).join('');
  file.edit.insert(shared ? end : lineEnd(text, end), added, group);
}

/** Adds lines in front of a statement and the comments directly above it, at its indentation. */
export function insertBefore(
  file: Target,
  statement: PythonNode,
  lines: readonly string[],
  group?: string,
): void {
  const { text, layout } = file;
  const start = rangeOf(leadingComments(statement)[0] ?? statement).start;
  if (isInline(statement)) {
    file.edit.insert(start, lines.map((line) => `${line}; `).join(''), group);
    return;
  }
  const margin = marginOf(text, statement);
  const added = lines.map(
    (line) => `${indentLines(line, margin, layout.eol).slice(margin.length)}${layout.eol}${margin}`,
  );
  file.edit.insert(start, added.join(''), group);
}

/** `if x: a`: in a block on the line of its header, where another line would be outside it. */
function isInline(statement: PythonNode): boolean {
  const block = statement.parent();
  const header = block?.kind() === 'block' ? block.parent() : undefined;
  const colon = header?.children().find((child) => child.kind() === ':');
  return colon !== undefined && colon.range().end.line === statement.range().start.line;
}

function indentLines(line: string, margin: string, eol: string): string {
  return line === '' ? '' : margin + line.split(/\r?\n/).join(eol);
}
