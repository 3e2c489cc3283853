/** One version of one Python file: its text, its tree, and what steps ask of it, each computed once. */

import type { Range } from '../edits.js';
import { type PythonNode, type PythonRule, parsePython } from '../languages.js';
import { type Class, classesIn } from './classes.js';
import { IMPORTS, type ImportStatement, readImport } from './imports.js';
import { Names } from './names.js';
import { Pieces } from './pieces.js';

export class PythonFile {
  readonly path: string;
  readonly text: string;
  #root: PythonNode | undefined;
  #errors: readonly Range[] | undefined;
  #imports: ImportStatement[] | undefined;
  #classes: Class[] | undefined;
  #names: Names | undefined;
  #pieces: Pieces | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  get root(): PythonNode {
    this.#root ??= parsePython(this.text);
    return this.#root;
  }

  /** Every import statement of the file, at any depth, in order. */
  get imports(): readonly ImportStatement[] {
    this.#imports ??= this.findWith(['import'], IMPORTS).map(readImport);
    return this.#imports;
  }

  /** Every class of the file, nested ones included. */
  get classes(): readonly Class[] {
    this.#classes ??= classesIn(this.root);
    return this.#classes;
  }

  /** Name resolution. */
  get names(): Names {
    this.#names ??= new Names(this);
    return this.#names;
  }

  /** All nodes that match a rule, a pattern or a kind, outermost first. */
  find(rule: string | PythonRule): PythonNode[] {
    return this.root.findAll(rule);
  }

  /**
   * The same for a rule whose matches all hold one of the words and are no blocks nor classes: walks only the
   * statements that hold one.
   */
  findWith(words: readonly string[], rule: string | PythonRule): PythonNode[] {
    if (!words.some((word) => this.text.includes(word))) return [];
    this.#pieces ??= new Pieces(this.root, this.text);
    const pieces = this.#pieces.holding(words);
    return pieces ? pieces.flatMap((piece) => piece.findAll(rule)) : this.find(rule);
  }

  /**
   * Where the source is broken: ERROR nodes and zero-width leaves (a missing token leaves no ERROR node).
   * Source: ANCHORS 5.6.
   */
  get syntaxErrors(): readonly Range[] {
    this.#errors ??= syntaxErrors(this.root).map(rangeOf);
    return this.#errors;
  }
}

/** UTF-16 range of a node. */
export function rangeOf(node: PythonNode): Range {
  const { start, end } = node.range();
  return { start: start.index, end: end.index };
}

/** ERROR nodes, and tokens that the parser made up: empty text and no children. An empty module is neither. */
function syntaxErrors(root: PythonNode): PythonNode[] {
  return root
    .findAll(SUSPECTS)
    .filter((node) => node.kind() === 'ERROR' || (node.isLeaf() && !MAY_BE_EMPTY.has(node.kind())));
}

// ERROR is a kind of every grammar, so the Python kinds do not list it.
const SUSPECTS = { rule: { any: [{ kind: 'ERROR' }, { regex: '^$' }] } } as unknown as PythonRule;

const MAY_BE_EMPTY = new Set<string>(['module', 'string_content']);
