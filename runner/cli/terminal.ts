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
  #total = 0;
  #done = 0;
  #files = 0;
  #start = 0;

  constructor(wanted: boolean) {
    this.#on = wanted && process.stderr.isTTY === true && !process.env.CI;
  }

  /** @param total how many repositories there are */
  begin(total: number): void {
    this.#total = total;
    this.#start = performance.now();
  }

  /** One more charm is done; the line goes. */
  done(files: number): void {
    this.#done += 1;
    this.#files += files;
    this.clear();
  }

  /** @param charm without control characters */
  show(charm: string): void {
    if (!this.#on) return;
    const line = this.#total > 1 ? `${this.#figures()}  ${charm}` : charm;
    process.stderr.write(`\r\u001b[K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    this.#shown = true;
  }

  /** Repositories hold more than one charm now and then, so there may be more done than there are. */
  #figures(): string {
    const rate = this.#done / ((performance.now() - this.#start) / 1000);
    const left = Math.max(0, this.#total - this.#done);
    const time = this.#done < 3 ? '' : `, ${rate.toFixed(1)}/s, about ${Math.ceil(left / rate)} s left`;
    return `${this.#done}/${Math.max(this.#total, this.#done)} charms, ${this.#files} files${time}`;
  }

  clear(): void {
    if (this.#shown) process.stderr.write('\r\u001b[K');
    this.#shown = false;
  }
}
