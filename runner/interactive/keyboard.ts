/** Single keys from a terminal in raw mode. */
import { emitKeypressEvents } from 'node:readline';
import type { Readable } from 'node:stream';

export type TerminalInput = Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };

export interface TerminalOutput {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

/** The person pressed Ctrl-C. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interrupted';
  }
}

export interface Key {
  /** The character, for keys that have one. */
  readonly text: string | undefined;
  /** `return`, `up`, `space`, … */
  readonly name: string | undefined;
  /** Ctrl-C, Ctrl-D, or the terminal went away. */
  readonly interrupt: boolean;
}

interface Keypress {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/** Keeps keys that come while nobody waits, so that people may type ahead. */
export class Keyboard {
  readonly #queue: Key[] = [];
  #waiting: ((key: Key) => void) | undefined;

  constructor(readonly input: TerminalInput) {}

  /** Takes the terminal. */
  start(): void {
    emitKeypressEvents(this.input);
    this.input.setRawMode?.(true);
    this.input.on('keypress', this.#onKey);
    this.input.on('end', this.#onEnd);
    this.input.resume();
  }

  /** Gives it back, so that the process can end. */
  stop(): void {
    this.input.off('keypress', this.#onKey);
    this.input.off('end', this.#onEnd);
    this.input.setRawMode?.(false);
    this.input.pause();
  }

  /** The next key. */
  next(): Promise<Key> {
    const key = this.#queue.shift();
    if (key) return Promise.resolve(key);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  readonly #onKey = (text: string | undefined, { name, ctrl = false }: Keypress) => {
    this.#take({ text: ctrl ? undefined : text, name, interrupt: ctrl && (name === 'c' || name === 'd') });
  };

  readonly #onEnd = () => {
    this.#take({ text: undefined, name: undefined, interrupt: true });
  };

  #take(key: Key): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting(key);
    else this.#queue.push(key);
  }
}
