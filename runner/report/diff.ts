/** The patch. Without colour it is byte for byte what `git apply` takes; with colour it is for eyes only. */
import { createColors } from 'picocolors';
import { plain } from './escape.js';
import type { Format } from './reporter.js';

export const diff: Format = {
  streams: true,
  create: ({ write, color }) => ({
    async charm(charm) {
      for (const file of charm.files) {
        if (file.diff !== '') await write(color ? colored(file.diff) : file.diff);
      }
    },
  }),
};

/** Paints a patch. Control characters in it become visible: a file must not play with the terminal. */
export function colored(patch: string): string {
  const { bold, cyan, green, red } = createColors(true);
  let inHunk = false;
  return patch
    .split('\n')
    .map((raw) => {
      const line = plain(raw.replace(/\r$/, ''));
      if (line.startsWith('diff --git ')) inHunk = false;
      if (line.startsWith('@@ ')) inHunk = true;
      if (line === '') return line;
      if (!inHunk) return bold(line);
      if (line.startsWith('@')) return cyan(line);
      if (line.startsWith('+')) return green(line);
      return line.startsWith('-') ? red(line) : line;
    })
    .join('\n');
}
