/** Replacing an expression so that a formatted line stays formatted. */
import type { PythonNode } from '../languages.js';
import type { FileContext } from '../transform.js';
import { rangeOf } from './file.js';
import { lineEnd, lineStart } from './statements.js';
import { flat, type Piece, width, wrapNested } from './wrap.js';

type Target = Pick<FileContext, 'text' | 'layout' | 'edit'>;

const BRACKETS = new Set(['argument_list', 'list', 'dictionary', 'tuple', 'set']);

/**
 * Replaces a node. When its line becomes too long, the line is split at the outermost bracket around the node, as
 * black does; brackets that already span lines stay as they are.
 */
export function replaceReflowed(file: Target, node: PythonNode, piece: Piece, group?: string): void {
  const { text, layout } = file;
  const from = lineStart(text, rangeOf(node).start);
  const margin = /^[ \t]*/.exec(text.slice(from))?.[0] ?? '';
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
