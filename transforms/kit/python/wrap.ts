/** Line wrapping as black does it, so that a formatted file stays formatted. */
import { eastAsianWidth } from 'get-east-asian-width';
import type { Layout } from '../transform.js';

export interface WrapOptions {
  /** The indentation of the statement's first line. */
  readonly margin: string;
  readonly layout: Layout;
}

/** Width in columns as black and ruff count it: East Asian wide characters take two, combining marks none. */
export function width(text: string): number {
  let sum = 0;
  for (const character of text) {
    if (!/\p{M}/u.test(character)) sum += eastAsianWidth(Number(character.codePointAt(0)));
  }
  return sum;
}

/**
 * `head(args)tail` on one line, or the arguments on an indented line of their own, or one argument a line with a
 * trailing comma (a single one gets none): the first that fits.
 *
 * @param head everything before the opening bracket's content, bracket included: `self.x = f(`
 * @param tail the closing bracket and what follows on its line
 */
export function wrapBrackets(
  head: string,
  args: readonly string[],
  tail: string,
  { margin, layout }: WrapOptions,
): string {
  const line = `${head}${args.join(', ')}${tail}`;
  const multiline = args.some((arg) => arg.includes('\n'));
  if (!multiline && width(margin) + width(line) <= layout.lineLength) return line;
  if (args.length === 0) return line;
  const inner = margin + layout.indent;
  const joined = `${inner}${args.join(', ')}`;
  if (!multiline && width(joined) <= layout.lineLength) {
    return [head, joined, `${margin}${tail}`].join(layout.eol);
  }
  const comma = args.length > 1 ? ',' : '';
  return [head, ...args.map((arg) => inner + arg + comma), `${margin}${tail}`].join(layout.eol);
}

/**
 * `from module import a, b`; too long: in parentheses, one name a line, with a trailing comma.
 *
 * @param tail what follows on the line and counts: a comment
 */
export function wrapFromImport(
  module: string,
  names: readonly string[],
  { margin, layout }: WrapOptions,
  tail = '',
): string {
  const line = `from ${module} import ${names.join(', ')}`;
  if (width(margin + line + tail) <= layout.lineLength) return line;
  return [
    `from ${module} import (`,
    ...names.map((name) => `${margin}${layout.indent}${name},`),
    `${margin})`,
  ].join(layout.eol);
}

/** An expression that black may split at its brackets: `f(`, arguments, `)`. Strings are atoms. */
export type Piece =
  | string
  | { readonly open: string; readonly items: readonly Piece[]; readonly close: string };

/**
 * Lays out nested brackets: on one line, or the outermost items on a line of their own, or each split further; a
 * single item gets no trailing comma, several do.
 *
 * @param head what stands in front of the piece on its line, margin left out
 * @param tail what follows it on its line
 */
export function wrapNested(head: string, piece: Piece, tail: string, options: WrapOptions): string {
  const { margin, layout } = options;
  const line = `${head}${flat(piece)}${tail}`;
  if (typeof piece === 'string' || width(margin) + width(line) <= layout.lineLength) return line;
  const inner = { margin: margin + layout.indent, layout };
  const joined = piece.items.map(flat).join(', ');
  const [first, ...more] = piece.items;
  let body: readonly string[];
  if (width(inner.margin) + width(joined) <= layout.lineLength) body = [joined];
  else if (first !== undefined && more.length === 0) body = [wrapNested('', first, '', inner)];
  else body = piece.items.map((item) => wrapNested('', item, ',', inner));
  return [
    `${head}${piece.open}`,
    ...body.map((one) => inner.margin + one),
    `${margin}${piece.close}${tail}`,
  ].join(layout.eol);
}

/** A piece on one line. */
export function flat(piece: Piece): string {
  return typeof piece === 'string' ? piece : `${piece.open}${piece.items.map(flat).join(', ')}${piece.close}`;
}

/**
 * `head value if condition else otherwise`; too long: in parentheses, on one indented line or with a line for each part.
 *
 * @param head what stands before the expression, its space included: `return `
 */
export function wrapConditional(
  head: string,
  [value, condition, otherwise]: readonly [value: string, condition: string, otherwise: string],
  { margin, layout }: WrapOptions,
): string {
  const parts = [value, `if ${condition}`, `else ${otherwise}`];
  const line = parts.join(' ');
  if (width(margin + head + line) <= layout.lineLength) return head + line;
  const inner = margin + layout.indent;
  const body = width(inner + line) <= layout.lineLength ? [line] : parts;
  return [`${head}(`, ...body.map((part) => inner + part), `${margin})`].join(layout.eol);
}
