/** The files of a repository on disk, as the pipeline sees them. */
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tree } from '../transforms/kit/tree.js';
import { codeOf, plainError } from './errors.js';
import { fitness, Reader, type ScanResult } from './scan.js';

const VANISHED = 'it vanished during the run';

/** How many UTF-16 units of text are kept before the cache starts anew. */
const CACHE_LIMIT = 32 * 2 ** 20;

/**
 * Reads lazily. Known literals are answered from the scan; a literal that only a fact asks for is searched in the
 * files' bytes, once.
 */
export class DiskTree implements Tree {
  /** Absolute, without symlinks. */
  readonly top: string;
  /** Files that turned out unreadable after the scan, with the reason. */
  readonly unreadable = new Map<string, string>();
  readonly #paths: readonly string[];
  readonly #known: ReadonlySet<string>;
  readonly #scan: ScanResult;
  readonly #texts = new Map<string, string | undefined>();
  readonly #answers = new Map<string, { readonly bytes: Buffer; readonly by: Map<string, boolean> }>();
  /** Whether a folder is where its path says; a string: why that cannot be told. */
  readonly #folders = new Map<string, boolean | string>();
  readonly #reader = new Reader();
  #cached = 0;

  constructor(top: string, files: readonly string[], scan: ScanResult) {
    this.top = top;
    this.#scan = scan;
    this.#paths = files.filter(
      (path) => !scan.absent.has(path) && !scan.unreadable.has(path) && !scan.unfit.has(path),
    );
    this.#known = new Set(this.#paths);
  }

  paths(): readonly string[] {
    return this.#paths;
  }

  read(path: string): string | undefined {
    if (!this.#known.has(path)) return undefined;
    if (this.#texts.has(path)) return this.#texts.get(path);
    const bytes = this.#bytes(path);
    const text = bytes && fitness(path, bytes) === undefined ? decode(bytes) : undefined;
    if (this.#cached > CACHE_LIMIT) {
      this.#texts.clear();
      this.#cached = 0;
    }
    this.#texts.set(path, text);
    this.#cached += text?.length ?? 0;
    return text;
  }

  contains(path: string, literal: string): boolean {
    const known = this.#scan.hits.get(literal);
    if (!this.#known.has(path)) return false;
    if (known) return known.has(path) && this.#isInside(path);
    let answers = this.#answers.get(literal);
    if (!answers) {
      answers = { bytes: Buffer.from(literal), by: new Map() };
      this.#answers.set(literal, answers);
    }
    let answer = answers.by.get(path);
    if (answer === undefined) {
      answer =
        this.#texts.get(path)?.includes(literal) ??
        ((this.#bytes(path)?.includes(answers.bytes) ?? false) && this.read(path) !== undefined);
      answers.by.set(path, answer);
    }
    return answer;
  }

  #bytes(path: string): Buffer | undefined {
    if (!this.#isInside(path)) return undefined;
    try {
      const bytes = this.#reader.read(join(this.top, path));
      if (typeof bytes !== 'string') return bytes;
      this.unreadable.set(path, bytes === 'missing' ? VANISHED : `it became a ${bytes}`);
    } catch (error) {
      this.unreadable.set(path, plainError(error));
    }
    return undefined;
  }

  /** A folder of the path may be a symlink: what lies behind it is not ours, or has a path of its own. */
  #isInside(path: string): boolean {
    const folder = dirname(path);
    let inside = this.#folders.get(folder);
    if (inside === undefined) {
      const absolute = join(this.top, folder);
      try {
        inside = realpathSync(absolute) === absolute;
      } catch (error) {
        inside = codeOf(error) === 'ENOENT' ? VANISHED : plainError(error);
      }
      this.#folders.set(folder, inside);
    }
    if (typeof inside === 'boolean') return inside;
    this.unreadable.set(path, inside);
    return false;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Buffer): string {
  return decoder.decode(bytes);
}
