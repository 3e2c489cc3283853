/**
 * A file in pieces, so that a search for something rare need not walk the whole tree: the statements of the module,
 * and those of long classes.
 */
import { escapeRegex, type PythonNode } from '../languages.js';
import { must } from '../must.js';
import { rangeOf } from './file.js';

interface Piece {
  readonly node: PythonNode;
  readonly start: number;
  readonly end: number;
}

/** A shorter piece is not taken apart. */
const LONG = 1_500;
/** A search in one more piece costs about as much as one in so many more characters (measured). */
const COST = 600;
const CONTAINERS = new Set(['decorated_definition', 'class_definition', 'block']);

export class Pieces {
  readonly #text: string;
  readonly #top: readonly Piece[];
  readonly #parts = new Map<Piece, readonly Piece[]>();

  constructor(root: PythonNode, text: string) {
    this.#text = text;
    this.#top = piecesOf(root);
  }

  /** The pieces that hold one of the words, in order; undefined when a search in all of the file costs less. */
  holding(words: readonly string[]): readonly PythonNode[] | undefined {
    const found: Piece[] = [];
    let cost = 0;
    const pattern = new RegExp(words.map(escapeRegex).join('|'), 'g');
    for (const { index } of this.#text.matchAll(pattern)) {
      const last = found.at(-1);
      if (last && index < last.end) continue;
      const piece = this.#at(this.#top, index);
      if (!piece) continue;
      found.push(piece);
      cost += piece.end - piece.start + COST;
      if (cost > this.#text.length) return undefined;
    }
    return found.map((piece) => piece.node);
  }

  #at(pieces: readonly Piece[], index: number): Piece | undefined {
    let from = 0;
    for (let to = pieces.length; from < to; ) {
      const middle = (from + to) >> 1;
      if (must(pieces[middle], 'piece').end > index) to = middle;
      else from = middle + 1;
    }
    const piece = pieces[from];
    if (!piece || piece.start > index) return undefined;
    if (piece.end - piece.start < LONG || !CONTAINERS.has(piece.node.kind())) return piece;
    let parts = this.#parts.get(piece);
    if (!parts) {
      parts = piecesOf(piece.node);
      this.#parts.set(piece, parts);
    }
    return this.#at(parts, index);
  }
}

function piecesOf(node: PythonNode): Piece[] {
  return node.children().map((child) => ({ node: child, ...rangeOf(child) }));
}
