/** String literals: what they say, where their content stands, and how they are quoted. */
import type { Range } from '../edits.js';
import type { PythonNode } from '../languages.js';
import { must } from '../must.js';

export interface StringLiteral {
  readonly node: PythonNode;
  /** The value. Literals with escapes, interpolation or a bytes prefix have none and are not returned. */
  readonly value: string;
  /** The characters between the quotes. */
  readonly content: Range;
  /** `"`, `'`, `"""` or `'''`. */
  readonly quote: string;
}

/** Reads a plain string literal; undefined for f-strings, bytes, escapes and implicit concatenation. */
export function stringLiteral(node: PythonNode): StringLiteral | undefined {
  if (node.kind() === 'parenthesized_expression') {
    const [inner, ...more] = node.namedChildren();
    return inner && more.length === 0 ? stringLiteral(inner) : undefined;
  }
  if (node.kind() !== 'string') return undefined;
  const children = node.children();
  const open = must(children[0], 'string_start');
  const close = must(children.at(-1), 'string_end');
  const prefix = open
    .text()
    .replace(/["'].*/, '')
    .toLowerCase();
  if (/[fbt]/.test(prefix)) return undefined;
  const start = open.range().end.index;
  const end = close.range().start.index;
  const value = children
    .slice(1, -1)
    .map((child) => child.text())
    .join('');
  if (value.includes('\\') && !prefix.includes('r')) return undefined;
  return { node, value, content: { start, end }, quote: open.text().slice(prefix.length) };
}

/** The value of a plain string literal, or undefined. */
export function stringValue(node: PythonNode | null | undefined): string | undefined {
  return node ? stringLiteral(node)?.value : undefined;
}

/** The quote character that the file prefers, by majority; a tie or none gives `"` (black's). */
export function preferredQuote(text: string): '"' | "'" {
  // Where a string begins: not an apostrophe in a word, not the end of a string, not a docstring.
  const opening = (quote: string) =>
    text.match(new RegExp(`(?<![\\w"'])[rRbBuUfF]{0,2}${quote}(?!${quote})[^"'\\n]*${quote}`, 'g'))?.length ??
    0;
  const double = opening('"');
  const single = opening("'");
  return single > double ? "'" : '"';
}

/** Whether a comment, or the content of a string that is a statement of its own (a docstring). */
export function isProse(node: PythonNode): boolean {
  return node.kind() === 'comment' || node.parent()?.parent()?.kind() === 'expression_statement';
}
