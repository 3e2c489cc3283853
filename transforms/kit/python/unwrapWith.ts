/** Taking items off a `with` statement; with the last one its body moves out. The counterpart of guard.ts. */
import type { PythonNode } from '../languages.js';
import { must } from '../must.js';
import type { FileContext } from '../transform.js';
import { rangeOf } from './file.js';
import { field, indentOf } from './nodes.js';
import { lineEnd, lineStart, marginOf, nextLine, ownsItsLines } from './statements.js';

type Target = Pick<FileContext, 'text' | 'layout' | 'edit'>;

/** The items of a `with` statement. */
export function withItems(statement: PythonNode): PythonNode[] {
  return statement
    .children()
    .filter((child) => child.kind() === 'with_clause')
    .flatMap((clause) => clause.namedChildren())
    .filter((child) => child.kind() === 'with_item');
}

/**
 * Whether {@link removeWithItems} can do it: no comment in the header, lines of its own when the body moves. In broken
 * source the statement around an item may be any.
 */
export function canRemoveItems(text: string, statement: PythonNode): boolean {
  if (statement.kind() !== 'with_statement') return false;
  const colon = headerEnd(statement);
  const commented = statement
    .findAll({ rule: { kind: 'comment' } })
    .some((comment) => rangeOf(comment).start < lineEnd(text, colon));
  return !commented && ownsItsLines(text, statement);
}

/**
 * Removes items from a `with` statement. When none is left its body takes its place, one level out; lines inside
 * multi-line strings keep their indentation, for it is their content.
 *
 * @param statement one that {@link canRemoveItems}
 */
export function removeWithItems(
  file: Target,
  statement: PythonNode,
  items: readonly PythonNode[],
  group?: string,
): void {
  const gone = new Set(items.map((item) => item.id()));
  const all = withItems(statement);
  const lastKept = all.findLast((item) => !gone.has(item.id()));
  if (!lastKept) {
    moveBodyOut(file, statement, group);
    return;
  }
  const kept = rangeOf(lastKept);
  for (const [index, item] of all.entries()) {
    const next = all[index + 1];
    const { start } = rangeOf(item);
    if (next && start < kept.start && gone.has(item.id()))
      file.edit.remove({ start, end: rangeOf(next).start }, group);
  }
  const end = Math.max(...all.map((item) => rangeOf(item).end));
  if (end > kept.end) file.edit.remove({ start: kept.end, end }, group);
}

function moveBodyOut(file: Target, statement: PythonNode, group: string | undefined): void {
  const { text } = file;
  const { start, end } = rangeOf(statement);
  const body = field(statement, 'body');
  const first = rangeOf(body).start;
  const from = nextLine(text, headerEnd(statement));
  if (first < from) {
    file.edit.remove({ start, end: first }, group);
    return;
  }
  file.edit.remove({ start: lineStart(text, start), end: from }, group);
  const surplus = marginOf(text, body).length - marginOf(text, statement).length;
  const strings = statement.findAll({ rule: { kind: 'string' } }).map(rangeOf);
  for (let at = from; at < end; at = nextLine(text, at)) {
    if (strings.some((range) => range.start < at && at < range.end)) continue;
    const margin = indentOf(text.slice(at, at + surplus));
    if (margin !== '') file.edit.remove({ start: at, end: at + margin.length }, group);
  }
}

function headerEnd(statement: PythonNode): number {
  const colon = statement.children().find((child) => child.kind() === ':');
  return rangeOf(must(colon, 'colon')).end;
}
