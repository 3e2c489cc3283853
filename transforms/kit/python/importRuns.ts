/** Runs of import statements: keep isort's order and merge what became one module, when the text of some changes. */
import type { Range } from '../edits.js';
import type { PythonNode } from '../languages.js';
import type { FileContext } from '../transform.js';
import { rangeOf } from './file.js';
import { compareNames, fromImportText, itemText, moduleOf } from './importEdits.js';
import type { ImportStatement } from './imports.js';
import { lineEnd, lineStart, marginOf, nextLine, ownsItsLines } from './statements.js';

type Target = Pick<FileContext, 'text' | 'layout' | 'edit' | 'python'>;

/** What becomes of an import statement. */
export interface ImportChange {
  readonly statement: ImportStatement;
  /** The new source of the statement. */
  readonly text: string;
  /** The new module (of several: the first), which decides the place. */
  readonly module: string;
  /** The new items of a `from` statement. */
  readonly items: readonly string[];
}

interface Slot {
  readonly statement: ImportStatement;
  /** The statement and the comment behind it. */
  readonly range: Range;
  readonly old: string;
  text: string;
  module: string;
  items: readonly string[];
  gone: boolean;
}

/**
 * Applies changes to import statements. Statements that stand one below the other (a section, for isort) are put in
 * order again when they were in order before; two of them that came from different modules and now name the same one
 * become one statement, unless an alias, a star or a comment stands in one of them.
 */
export function changeImports(file: Target, changes: readonly ImportChange[], group?: string): void {
  const byId = new Map(changes.map((change) => [change.statement.node.id(), change]));
  const done = new Set<number>();
  for (const { statement } of changes) {
    if (done.has(statement.node.id())) continue;
    const run = runOf(file, statement);
    for (const one of run) done.add(one.node.id());
    const slots = run.map((one) => slotOf(file.text, one, byId.get(one.node.id())));
    const sorted = inOrder(run.map((one) => [one.kind, moduleOf(one)]));
    mergeSlots(file, slots);
    const left = slots.filter((slot) => !slot.gone);
    const order = sorted ? left.toSorted(compareSlots) : left;
    const kept = keepPlaces(left, order);
    for (const slot of slots) {
      if (kept.has(slot)) {
        if (slot.text !== slot.old) file.edit.replace(slot.range, slot.text, group);
        continue;
      }
      const { start, end } = slot.range;
      file.edit.remove({ start: lineStart(file.text, start), end: nextLine(file.text, end) }, group);
    }
    insertMoved(file, order, kept, group);
  }
}

/** Slots that need not move: all that do not change, and of the others those that are in order with them. */
function keepPlaces(left: readonly Slot[], order: readonly Slot[]): ReadonlySet<Slot> {
  const kept = new Set<Slot>();
  const tried = [
    ...left.filter((slot) => slot.text === slot.old),
    ...left.filter((slot) => slot.text !== slot.old),
  ];
  for (const slot of tried) {
    const fits = (other: Slot) =>
      left.indexOf(slot) < left.indexOf(other) === order.indexOf(slot) < order.indexOf(other);
    if ([...kept].every(fits)) kept.add(slot);
  }
  return kept;
}

/** Writes the others in front of the next kept one in order, or behind the last. */
function insertMoved(
  file: Target,
  order: readonly Slot[],
  kept: ReadonlySet<Slot>,
  group: string | undefined,
): void {
  const { eol } = file.layout;
  const end = Math.max(...[...kept].map((slot) => slot.range.end));
  for (const [index, slot] of order.entries()) {
    if (kept.has(slot)) continue;
    const margin = marginOf(file.text, slot.statement.node);
    const next = order.slice(index).find((one) => kept.has(one));
    if (next) file.edit.insert(next.range.start, `${slot.text}${eol}${margin}`, group);
    else file.edit.insert(end, `${eol}${margin}${slot.text}`, group);
  }
}

/** The import statements directly above and below, without a blank line or anything else between them. */
function runOf(file: Target, statement: ImportStatement): ImportStatement[] {
  if (!ownsItsLines(file.text, statement.node)) return [statement];
  const known = new Map(file.python.imports.map((one) => [one.node.id(), one]));
  const follow = (nodes: readonly PythonNode[], down: boolean) => {
    const found: ImportStatement[] = [];
    let line = down ? statement.node.range().end.line : statement.node.range().start.line;
    for (const node of nodes) {
      const { start, end } = node.range();
      if (node.kind() === 'comment' && (down ? start.line === line : start.line === line - 1 && behind(node)))
        continue;
      const one = known.get(node.id());
      const adjacent = down ? start.line === line + 1 : end.line === line - 1;
      if (!one || !adjacent || !ownsItsLines(file.text, node)) break;
      line = down ? end.line : start.line;
      found.push(one);
    }
    return found;
  };
  const { node } = statement;
  return [...follow(node.prevAll(), false).reverse(), statement, ...follow(node.nextAll(), true)];
}

/** Whether a comment stands behind code on its line. */
function behind(comment: PythonNode): boolean {
  return comment.prev()?.range().end.line === comment.range().start.line;
}

function slotOf(text: string, statement: ImportStatement, change: ImportChange | undefined): Slot {
  const { start, end } = rangeOf(statement.node);
  const comment = ownsItsLines(text, statement.node) ? text.slice(end, lineEnd(text, end)) : '';
  const old = text.slice(start, end + comment.length);
  return {
    statement,
    range: { start, end: end + comment.length },
    old,
    text: change === undefined ? old : change.text + comment,
    module: change?.module ?? moduleOf(statement),
    items: change?.items ?? statement.names.map(itemText),
    gone: false,
  };
}

function mergeSlots(file: Target, slots: readonly Slot[]): void {
  for (const [index, slot] of slots.entries()) {
    if (!mergeable(slot)) continue;
    for (const other of slots.slice(index + 1)) {
      if (!mergeable(other) || other.module !== slot.module) continue;
      if (other.statement.module === slot.statement.module) continue;
      slot.items = [...new Set([...slot.items, ...other.items])].sort(compareNames);
      slot.text = fromImportText(file, slot.statement, slot.module, slot.items);
      other.gone = true;
    }
  }
}

function mergeable({ statement, items, range, gone }: Slot): boolean {
  return (
    !gone &&
    statement.kind === 'from' &&
    !statement.commented &&
    range.end === statement.range.end &&
    items.every((item) => /^\w+$/.test(item))
  );
}

type Key = readonly [kind: string, module: string];

function inOrder(keys: readonly Key[]): boolean {
  const sorted = keys.toSorted(compareKeys);
  return keys.every((key, index) => key === sorted[index]);
}

function compareSlots(a: Slot, b: Slot): number {
  return compareKeys([a.statement.kind, a.module], [b.statement.kind, b.module]);
}

/** isort: plain imports first, then by module. */
function compareKeys(a: Key, b: Key): number {
  const kind = Number(a[0] === 'from') - Number(b[0] === 'from');
  const [left, right] = [a[1].toLowerCase(), b[1].toLowerCase()];
  return kind || (left < right ? -1 : left > right ? 1 : 0);
}
