/** The two streams: the product on stdout, everything for people on stderr. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';

export type ColorChoice = 'auto' | 'always' | 'never';

/** Whether to colour a stream: the flag, then NO_COLOR and FORCE_COLOR, then whether it is a terminal. */
export function wantsColor(choice: ColorChoice, stream: { readonly isTTY?: boolean }): boolean {
  if (choice !== 'auto') return choice === 'always';
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && TERM !== 'dumb';
}

/** Writes and waits for room; a stream whose reader went away swallows the rest. */
export async function send(stream: Writable, text: string): Promise<void> {
  if (text === '' || stream.destroyed || stream.errored) return;
  if (stream.write(text)) return;
  await Promise.race([once(stream, 'drain'), once(stream, 'close')]).catch(() => undefined);
}

/** One line on a terminal that says what is being worked on; nothing elsewhere. */
export class Progress {
  readonly #on: boolean;
  #shown = false;

  constructor(wanted: boolean) {
    this.#on = wanted && process.stderr.isTTY === true && !process.env.CI;
  }

  /** @param line without control characters */
  show(line: string): void {
    if (!this.#on) return;
    process.stderr.write(`\r\u001b[K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    this.#shown = true;
  }

  clear(): void {
    if (this.#shown) process.stderr.write('\r\u001b[K');
    this.#shown = false;
  }
}
