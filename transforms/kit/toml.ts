/** Range-preserving TOML edits: `toml-eslint-parser` gives meaning and UTF-16 ranges; its text is spliced by us. */
import { type AST, getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import type { Range } from './edits.js';
import { must } from './must.js';
import type { FileContext } from './transform.js';

export type { AST as TomlAst };
export { getStaticTOMLValue as staticValue };

/** Parses a TOML file; undefined when it has errors. Its nodes carry UTF-16 `range`s. */
export function parseToml(text: string): AST.TOMLProgram | undefined {
  try {
    return parseTOML(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text);
  } catch {
    return undefined;
  }
}

/** The value at a path of keys, as plain data; undefined when there is none. */
export function tomlValue(document: AST.TOMLProgram, keys: readonly string[]): unknown {
  let value: unknown = getStaticTOMLValue(document);
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** `key = value` of a table, with the places of its source. */
export interface TomlEntry {
  /** The table, then the keys in front of the last: `['tool', 'ruff', 'lint']`. */
  readonly table: readonly string[];
  readonly key: string;
  /** The last key, quotes included. */
  readonly keyRange: Range;
  readonly valueRange: Range;
  readonly range: Range;
}

/** The entries of all tables, those of inline tables left out, in order. */
export function tomlEntries(document: AST.TOMLProgram): TomlEntry[] {
  return document.body[0].body.flatMap((node) =>
    node.type === 'TOMLTable' ? node.body.map((one) => entry(one, node.resolvedKey)) : [entry(node, [])],
  );
}

function entry(node: AST.TOMLKeyValue, table: readonly (string | number)[]): TomlEntry {
  const keys = node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
  return {
    table: [...table.map(String), ...keys.slice(0, -1)],
    key: must(keys.at(-1), 'key'),
    keyRange: toRange(must(node.key.keys.at(-1), 'key')),
    valueRange: toRange(node.value),
    range: toRange(node),
  };
}

function toRange(node: { readonly range: readonly [number, number] }): Range {
  return { start: node.range[0], end: node.range[1] };
}

/**
 * Removes an entry with its lines.
 *
 * @returns false when a comment stands on its lines or inside it: nothing is edited then
 */
export function removeEntry(
  file: Pick<FileContext, 'text' | 'edit'>,
  { range }: TomlEntry,
  group?: string,
): boolean {
  const start = file.text.lastIndexOf('\n', range.start) + 1;
  const next = file.text.indexOf('\n', range.end);
  const end = next === -1 ? file.text.length : next + 1;
  if (file.text.slice(range.start, end).includes('#')) return false;
  file.edit.remove({ start: file.text[start] === '\uFEFF' ? start + 1 : start, end }, group);
  return true;
}
