/** How a file is written, so that an edit looks as if its author had made it. */

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
  const match = /:[ \t]*(?:#[^\n]*)?\r?\n([ \t]+)\S/.exec(text);
  const outer = match ? /(?:^|\n)([ \t]*)[^\n]*$/.exec(text.slice(0, match.index))?.[1] : undefined;
  const inner = match?.[1];
  if (inner === undefined || outer === undefined || !inner.startsWith(outer)) return '    ';
  return inner.slice(outer.length) || '    ';
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
