/** Replacing an expression so that a formatted line stays formatted. */
import { applyEdits, type Range } from '../edits.js';
import type { PythonNode } from '../languages.js';
import type { FileContext } from '../transform.js';
import { type PythonFile, rangeOf } from './file.js';
import { indentOf } from './nodes.js';
import { lineEnd, lineStart } from './statements.js';
import { flat, type Piece, width, wrapBrackets, wrapNested } from './wrap.js';

type Target = Pick<FileContext, 'text' | 'layout' | 'edit'>;

const BRACKETS = new Set(['argument_list', 'list', 'dictionary', 'tuple', 'set']);

/**
 * Replaces a node. When its line becomes too long, the line is split at the outermost bracket around the node, as
 * black does; brackets that already span lines stay as they are.
 */
export function replaceReflowed(file: Target, node: PythonNode, piece: Piece, group?: string): void {
  const { text, layout } = file;
  const from = lineStart(text, rangeOf(node).start);
  const margin = indentOf(text.slice(from));
  const around = (range: { start: number; end: number }) => ({
    head: text.slice(from + margin.length, range.start),
    tail: text.slice(range.end, lineEnd(text, range.end)),
  });
  const { head, tail } = around(rangeOf(node));
  if (width(margin + head + flat(piece) + tail) <= layout.lineLength) {
    file.edit.replace(node, flat(piece), group);
    return;
  }
  let outer = { range: rangeOf(node), piece };
  for (const parent of node.ancestors()) {
    if (parent.range().start.line !== parent.range().end.line) break;
    if (!BRACKETS.has(parent.kind())) continue;
    const items = parent.namedChildren().map((child): Piece => {
      const { start, end } = rangeOf(child);
      if (start > outer.range.start || end < outer.range.end) return child.text();
      const before = text.slice(start, outer.range.start);
      const after = text.slice(outer.range.end, end);
      return typeof outer.piece === 'string'
        ? `${before}${outer.piece}${after}`
        : { open: before + outer.piece.open, items: outer.piece.items, close: outer.piece.close + after };
    });
    const whole = parent.text();
    outer = {
      range: rangeOf(parent),
      piece: { open: whole.charAt(0), items, close: whole.charAt(whole.length - 1) },
    };
  }
  const place = around(outer.range);
  const fresh = wrapNested(place.head, outer.piece, place.tail, { margin, layout });
  file.edit.replace(outer.range, fresh.slice(place.head.length, fresh.length - place.tail.length), group);
}

/** A replacement within one line of code. */
export interface LineEdit extends Range {
  readonly text: string;
}

/**
 * Replaces words of code, none of which spans lines. A line that becomes too long is split as black does: at its last
 * bracket, or an assigned string in parentheses; where an operator or a comment makes that another question, it stays long.
 */
export function editLines(
  file: Target & { readonly python: PythonFile },
  edits: readonly LineEdit[],
  group?: string,
): void {
  const { text, layout } = file;
  for (const start of new Set(edits.map((edit) => lineStart(text, edit.start)))) {
    const all = edits.filter((edit) => lineStart(text, edit.start) === start);
    const line = { start, end: lineEnd(text, start) };
    const fits = (source: string) => width(source) <= layout.lineLength;
    const fresh = (range: Range) => freshText(text, range, all);
    const split =
      fits(fresh(line)) || !fits(text.slice(line.start, line.end))
        ? undefined
        : (splitBrackets(file, line, fresh) ?? splitAssignment(file, line, fresh));
    if (split === undefined) for (const edit of all) file.edit.replace(edit, edit.text, group);
    else file.edit.replace(split.range, split.text, group);
  }
}

/** The text of a range after the edits that lie in it. */
function freshText(text: string, range: Range, edits: readonly LineEdit[]): string {
  const inside = edits
    .filter((edit) => range.start <= edit.start && edit.end <= range.end)
    .map((edit) => ({ ...edit, start: edit.start - range.start, end: edit.end - range.start, group: '' }));
  return applyEdits(text.slice(range.start, range.end), inside);
}

function marginIn(text: string, line: Range): string {
  return text.slice(line.start, line.end).replace(/\S.*/, '');
}

type Split = { readonly range: Range; readonly text: string } | undefined;

const FILLED = { any: [...BRACKETS].map((kind) => ({ kind, has: { regex: '\\w' } })) };
const OPERATOR = /(?:_operator|conditional_expression|comparison_operator|lambda|comprehension)$/;

function splitBrackets(
  { python, text, layout }: Target & { readonly python: PythonFile },
  line: Range,
  fresh: (range: Range) => string,
): Split {
  const within = (node: PythonNode) => rangeOf(node).start >= line.start && rangeOf(node).end <= line.end;
  const last = python
    .find({ rule: FILLED } as Parameters<PythonFile['find']>[0])
    .filter(within)
    .filter((node) => !node.ancestors().some((one) => BRACKETS.has(one.kind()) && within(one)))
    .at(-1);
  if (!last || last.ancestors().some((one) => OPERATOR.test(one.kind()) && within(one))) return undefined;
  const { start, end } = rangeOf(last);
  const margin = marginIn(text, line);
  const head = fresh({ start: line.start + margin.length, end: start + 1 });
  const tail = fresh({ start: end - 1, end: line.end });
  if (tail.includes('#')) return undefined;
  const items = last.namedChildren().map((child) => fresh(rangeOf(child)));
  return {
    range: line,
    text: margin + wrapBrackets(head, items, tail, { margin, layout }),
  };
}

function splitAssignment(
  { python, text, layout }: Target & { readonly python: PythonFile },
  line: Range,
  fresh: (range: Range) => string,
): Split {
  const value = python
    .find({ rule: { kind: 'assignment' } })
    .map((node) => node.field('right'))
    .find((node) => node && rangeOf(node).end === line.end && rangeOf(node).start > line.start);
  if (value?.kind() !== 'string') return undefined;
  const range = rangeOf(value);
  const margin = marginIn(text, line);
  const inner = `${margin}${layout.indent}${fresh(range)}`;
  if (width(inner) > layout.lineLength) return undefined;
  const head = fresh({ start: line.start, end: range.start });
  return { range: line, text: [`${head}(`, inner, `${margin})`].join(layout.eol) };
}
