/** One version of one Python file: its text, its tree, and what steps ask of it, each computed once. */

import type { Range } from '../edits.js';
import { kindNumber, type PythonNode, type PythonRule, parsePython } from '../languages.js';
import { type Class, readClass } from './classes.js';
import { IMPORTS, type ImportStatement, readImport } from './imports.js';
import { Names } from './names.js';
import { identifiersIn } from './nodes.js';
import { Pieces } from './pieces.js';

export class PythonFile {
  readonly path: string;
  readonly text: string;
  #root: PythonNode | undefined;
  #seen: Seen | undefined;
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
    this.#imports ??= (this.#seen?.imports ?? this.findWith(['import'], IMPORTS)).map(readImport);
    return this.#imports;
  }

  /** Every class of the file, nested ones included. */
  get classes(): readonly Class[] {
    this.#classes ??= (this.#seen?.classes ?? this.find(kindNumber('class_definition'))).map(readClass);
    return this.#classes;
  }

  /** Name resolution. */
  get names(): Names {
    this.#names ??= new Names(this);
    return this.#names;
  }

  /** All nodes that match a rule, a pattern or a kind, outermost first. */
  find(rule: string | number | PythonRule): PythonNode[] {
    return this.root.findAll(rule);
  }

  /**
   * The same for a rule whose matches all hold one of the words and are no blocks nor classes: walks only the
   * statements that hold one.
   */
  findWith(words: readonly string[], rule: string | number | PythonRule): PythonNode[] {
    const pieces = this.#holding(words);
    return pieces ? pieces.flatMap((piece) => piece.findAll(rule)) : this.find(rule);
  }

  /** Every identifier of this name, whatever it stands for. */
  identifiers(name: string): PythonNode[] {
    return (this.#holding([name]) ?? [this.root]).flatMap((piece) => identifiersIn(piece, name));
  }

  /** The statements that hold one of the words; undefined when they are most of the file. */
  #holding(words: readonly string[]): readonly PythonNode[] | undefined {
    if (!words.some((word) => this.text.includes(word))) return [];
    this.#pieces ??= new Pieces(this.root, this.text);
    return this.#pieces.holding(words);
  }

  /** Every version of a file is searched for broken places, and the same walk finds what most steps want next. */
  #look(): Seen {
    const seen: Seen = { errors: [], imports: [], classes: [] };
    for (const node of this.root.findAll(SEEN)) {
      const kind = node.kind();
      if (kind === 'class_definition') seen.classes.push(node);
      else if (kind === 'import_statement' || kind === 'import_from_statement') seen.imports.push(node);
      // A token that the parser made up has no text and no children. An empty module is neither.
      else if (kind === 'ERROR' || (node.isLeaf() && !MAY_BE_EMPTY.has(kind))) seen.errors.push(node);
    }
    this.#seen = seen;
    return seen;
  }

  /**
   * Where the source is broken: ERROR nodes and zero-width leaves (a missing token leaves no ERROR node).
   * Source: ANCHORS 5.6.
   */
  get syntaxErrors(): readonly Range[] {
    this.#errors ??= this.#look().errors.map(rangeOf);
    return this.#errors;
  }
}

/** UTF-16 range of a node. */
export function rangeOf(node: PythonNode): Range {
  const { start, end } = node.range();
  return { start: start.index, end: end.index };
}

/** What one walk through the tree finds: broken places, imports and classes. */
interface Seen {
  readonly errors: PythonNode[];
  readonly imports: PythonNode[];
  readonly classes: PythonNode[];
}

// ERROR is a kind of every grammar, so the Python kinds do not list it.
const SEEN = {
  rule: { any: [{ kind: 'ERROR' }, { kind: 'class_definition' }, IMPORTS.rule, { regex: '^$' }] },
} as unknown as PythonRule;

const MAY_BE_EMPTY = new Set<string>(['module', 'string_content']);
