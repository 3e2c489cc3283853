/** How a file is written, so that an edit looks as if its author had made it. */

import { indentOf } from './python/nodes.js';
import { parseToml, tomlValue } from './toml.js';
import type { Layout } from './transform.js';
import type { Tree } from './tree.js';

/** Black's and ruff's default. */
export const DEFAULT_LINE_LENGTH = 88;

/** Reads line ending and indentation off a text. The majority wins; a text without any gets LF and four spaces. */
export function layoutOf(text: string, lineLength: number): Layout {
  const crlf = text.split('\r\n').length - 1;
  const lf = text.split('\n').length - 1 - crlf;
  return { eol: crlf > lf ? '\r\n' : '\n', indent: indentUnit(text), lineLength };
}

function indentUnit(text: string): string {
  // Looks back from the end of each line: forward, each colon of a long one would be tried.
  for (const { index, 1: inner = '' } of text.matchAll(/(?=\r?\n)(?<=:[ \t]*(?:#[^\n]*)?)\r?\n([ \t]+)\S/g)) {
    const outer = indentOf(text.slice(text.lastIndexOf('\n', index - 1) + 1, index));
    // A comment that ends in a colon has no block below it.
    if (inner !== outer && inner.startsWith(outer)) return inner.slice(outer.length);
  }
  return '    ';
}

/**
 * The formatter's line length for a file: the nearest `.ruff.toml`, `ruff.toml` or `pyproject.toml` (`[tool.ruff]`,
 * `[tool.black]`) above it that names one, else 88.
 */
export function lineLengthFor(tree: Tree, path: string): number {
  for (let folder = parent(path); ; folder = parent(folder)) {
    const at = (name: string) => tree.read(folder === '' ? name : `${folder}/${name}`);
    const found =
      configured(at('.ruff.toml'), ['line-length']) ??
      configured(at('ruff.toml'), ['line-length']) ??
      configured(at('pyproject.toml'), ['tool', 'ruff', 'line-length']) ??
      configured(at('pyproject.toml'), ['tool', 'black', 'line-length']) ??
      configured(at('pyproject.toml'), ['tool', 'black', 'line_length']);
    if (found !== undefined) return found;
    if (folder === '') return DEFAULT_LINE_LENGTH;
  }
}

function parent(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

function configured(text: string | undefined, keys: readonly string[]): number | undefined {
  if (text === undefined || !/line[-_]length/.test(text)) return undefined;
  const document = parseToml(text);
  const value = document && tomlValue(document, keys);
  return typeof value === 'number' && value > 0 ? value : undefined;
}
