/** Range-preserving TOML edits: `toml-eslint-parser` gives meaning and UTF-16 ranges; its text is spliced by us. */
import { type AST, getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';

export type { AST as TomlAst };

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
