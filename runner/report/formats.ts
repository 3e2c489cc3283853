/** The formats of `--format`, loaded when asked for. */
import type { Format } from './reporter.js';

export const formats: Readonly<Record<string, () => Promise<Format>>> = {
  diff: async () => (await import('./diff.js')).diff,
  json: async () => (await import('./json.js')).json,
};
