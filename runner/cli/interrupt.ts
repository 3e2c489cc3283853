/** SIGINT and SIGTERM: the first one stops after what is being written, the second one at once. */
import { constants } from 'node:os';
import { removeTemporaries } from '../atomic.js';

export class Interrupt {
  readonly #controller = new AbortController();
  /** The exit code that the signal asks for; undefined when none came. */
  code: number | undefined;

  constructor() {
    process.on('SIGINT', this.stop);
    process.on('SIGTERM', this.stop);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What a signal does; also for Ctrl-C in raw mode, where the terminal sends none. */
  readonly stop = (signal: 'SIGINT' | 'SIGTERM') => {
    const again = this.code !== undefined;
    this.code = 128 + constants.signals[signal];
    this.#controller.abort();
    if (!again) return;
    removeTemporaries();
    process.exit(this.code);
  };

  /** Gives the signals back. */
  end(): void {
    process.off('SIGINT', this.stop);
    process.off('SIGTERM', this.stop);
  }
}
