/**
 * The one place that registers ast-grep languages.
 *
 * ast-grep takes one registration per process: the first call wins, later ones are ignored without a word, and a
 * parser file that does not exist aborts the process. So we look for the file first and probe afterwards.
 */
import { existsSync } from 'node:fs';
import python from '@ast-grep/lang-python';
import type PythonKinds from '@ast-grep/lang-python/type.js';
import type { NapiConfig } from '@ast-grep/napi';
import { kind, parse, registerDynamicLanguage } from '@ast-grep/napi';

/** A regular expression (for rules) that matches a text and nothing else. */
export function exactly(text: string): string {
  return `^${escapeRegex(text)}$`;
}

/** Escapes what has a meaning in a regular expression, for Rust's dialect as for JavaScript's. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** An ast-grep rule object whose node kinds are checked against the Python grammar. */
export type PythonRule = NapiConfig<PythonKinds.default>;

/**
 * A node of a Python syntax tree: ast-grep's `SgNode`, with the kinds left as strings (the full map makes the type
 * checker give up). Offsets are UTF-16 units, equal to JavaScript string indices; lines and columns count from 0.
 */
export interface PythonNode {
  id(): number;
  kind(): string;
  text(): string;
  isLeaf(): boolean;
  isNamed(): boolean;
  range(): { readonly start: NodePosition; readonly end: NodePosition };
  field(name: string): PythonNode | null;
  fieldChildren(name: string): PythonNode[];
  children(): PythonNode[];
  namedChildren(): PythonNode[];
  child(index: number): PythonNode | null;
  parent(): PythonNode | null;
  ancestors(): PythonNode[];
  next(): PythonNode | null;
  prev(): PythonNode | null;
  nextAll(): PythonNode[];
  prevAll(): PythonNode[];
  /** A string is a pattern. */
  matches(rule: string | PythonRule): boolean;
  inside(rule: string | PythonRule): boolean;
  has(rule: string | PythonRule): boolean;
  find(rule: string | number | PythonRule): PythonNode | null;
  /** A number is a kind ({@link kindNumber}). */
  findAll(rule: string | number | PythonRule): PythonNode[];
  getMatch(name: string): PythonNode | null;
  getMultipleMatches(name: string): PythonNode[];
  getTransformed(name: string): string | null;
}

export interface NodePosition {
  readonly line: number;
  readonly column: number;
  readonly index: number;
}

let state: { ready: true } | { ready: false; reason: string } | undefined;

function register(): { ready: true } | { ready: false; reason: string } {
  let library: string;
  try {
    library = python.libraryPath;
  } catch (error) {
    return {
      ready: false,
      reason: `@ast-grep/lang-python has no parser for this platform (${String(error)})`,
    };
  }
  if (!existsSync(library)) {
    return { ready: false, reason: `the Python parser of @ast-grep/lang-python is missing: ${library}` };
  }
  registerDynamicLanguage({ python });
  try {
    parse('python', 'probe = 1\n');
    return { ready: true };
  } catch {
    return {
      ready: false,
      reason:
        'ast-grep knows no Python in this process: something else called registerDynamicLanguage() first, and only ' +
        "the first call counts. Import 'tempo-codemods' before it, or add python to its list.",
    };
  }
}

/**
 * Parses Python source.
 *
 * @param text the source; any string parses, errors become ERROR nodes
 * @returns the root node (`module`)
 * @throws Error when no Python parser can be had in this process; the message says why and what to do
 */
export function parsePython(text: string): PythonNode {
  state ??= register();
  if (!state.ready) throw new Error(state.reason);
  return parse('python', text).root() as unknown as PythonNode;
}

const numbers = new Map<string, number>();

/**
 * The number that the parser has for a kind. A search for a number costs 1 µs to set up; one for a rule 4 to 75 µs, most of it
 * for regular expressions. In a few lines that is more than the search.
 */
export function kindNumber(name: keyof PythonKinds.default & string): number {
  let found = numbers.get(name);
  if (found === undefined) {
    parsePython('');
    found = kind('python', name);
    numbers.set(name, found);
  }
  return found;
}
