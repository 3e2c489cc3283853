/** Shell completion: names that yargs cannot know. */

/** What a shell asks with. */
export const COMPLETION_FLAG = '--get-yargs-completions';

type Done = (completions: string[]) => void;
type Filter = (callback: (error: Error | null, completions: string[] | undefined) => void) => void;
type Complete = (current: string, argv: unknown, standard: Filter, done: Done) => void;

/**
 * Completes what may follow `-p`, `-t`, `--skip` and `explain`; everything else is left to yargs.
 *
 * The names are loaded before yargs begins: it goes on with validation while an answer is awaited.
 */
export async function completer(args: readonly string[]): Promise<Complete> {
  const asked = args.includes(COMPLETION_FLAG);
  const { presets, transforms } = asked
    ? await import('../../transforms/index.js')
    : { presets: {}, transforms: {} };
  const before = args.at(-2) ?? '';
  return (current, _, standard, done) => {
    const names = ['-p', '--preset'].includes(before)
      ? Object.keys(presets)
      : ['-t', '--transform', '--skip', 'explain'].includes(before)
        ? Object.keys(transforms)
        : undefined;
    if (names) done(names.filter((name) => name.startsWith(current)));
    // yargs writes short options with two dashes.
    else standard((__, all) => done((all ?? []).filter((one) => !/^--\w$/.test(one))));
  };
}
