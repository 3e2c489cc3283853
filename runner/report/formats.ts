/** The formats of `--format`, loaded when asked for. */
import type { Format } from './reporter.js';

export const formats: Readonly<Record<string, () => Promise<Format>>> = {
  diff: async () => (await import('./diff.js')).diff,
  json: async () => (await import('./json.js')).json,
  sarif: async () => (await import('./sarif.js')).sarif,
  github: async () => (await import('./github.js')).github,
  markdown: async () => {
    const [{ markdownFormat }, { presets }] = await Promise.all([
      import('./markdown.js'),
      import('../../transforms/index.js'),
    ]);
    return markdownFormat(Object.fromEntries(Object.values(presets).map(({ id, title }) => [id, title])));
  },
};
