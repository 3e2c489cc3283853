/** The files that facts and steps see: a read-only tree, and an overlay that holds what the steps changed. */

/** Files by path (relative to the repository's top, `/` as separator). */
export interface Tree {
  /** All files that are text for us, sorted: tracked by git or not ignored. */
  paths(): readonly string[];
  /** The text with its BOM and line endings; undefined when the file is missing, unreadable or not UTF-8. */
  read(path: string): string | undefined;
  /** Whether the file contains a string; cheaper than reading where the tree can search bytes. */
  contains(path: string, literal: string): boolean;
}

/** A tree in memory, for tests and library use. */
export class MemoryTree implements Tree {
  readonly #files: ReadonlyMap<string, string>;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = new Map(Object.entries(files));
  }

  paths(): readonly string[] {
    return [...this.#files.keys()].sort();
  }

  read(path: string): string | undefined {
    return this.#files.get(path);
  }

  contains(path: string, literal: string): boolean {
    return this.#files.get(path)?.includes(literal) ?? false;
  }
}

/** A tree with changes on top. A null text is a deleted file. */
export class Overlay implements Tree {
  readonly base: Tree;
  readonly #changes = new Map<string, string | null>();
  /** Counts changes, so that caches know when they are stale. */
  revision = 0;
  #paths: readonly string[] | undefined;
  /** Which literals changed texts contain: every step asks for the same ones, in every round. */
  readonly #contained = new Map<string, Map<string, boolean>>();

  constructor(base: Tree) {
    this.base = base;
  }

  /** Paths that differ from the base, with their text, or null when deleted. */
  get changes(): ReadonlyMap<string, string | null> {
    return this.#changes;
  }

  write(path: string, text: string | null): void {
    if (text === (this.base.read(path) ?? null)) this.#changes.delete(path);
    else this.#changes.set(path, text);
    this.revision += 1;
    this.#paths = undefined;
    this.#contained.delete(path);
  }

  /** Forgets all changes. */
  reset(): void {
    this.#changes.clear();
    this.#contained.clear();
    this.revision += 1;
    this.#paths = undefined;
  }

  paths(): readonly string[] {
    if (this.#paths) return this.#paths;
    const set = new Set(this.base.paths());
    for (const [path, text] of this.#changes) {
      if (text === null) set.delete(path);
      else set.add(path);
    }
    this.#paths = this.#changes.size === 0 ? this.base.paths() : [...set].sort();
    return this.#paths;
  }

  read(path: string): string | undefined {
    const change = this.#changes.get(path);
    return change === undefined ? this.base.read(path) : (change ?? undefined);
  }

  contains(path: string, literal: string): boolean {
    const change = this.#changes.get(path);
    if (change === undefined) return this.base.contains(path, literal);
    if (change === null) return false;
    const known = this.#contained.get(path) ?? new Map<string, boolean>();
    this.#contained.set(path, known);
    const found = known.get(literal) ?? change.includes(literal);
    known.set(literal, found);
    return found;
  }
}
