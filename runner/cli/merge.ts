/** `tempo-codemods merge-reports`: one JSON report of several. */
import { readFile } from 'node:fs/promises';
import type { Argv, CommandModule } from 'yargs';
import { plainError, UsageError } from '../errors.js';
import { send } from './terminal.js';

export function mergeCommand(done: (code: number) => void): CommandModule {
  return {
    command: 'merge-reports <files..>',
    describe: 'Join the JSON reports of the shards of a run',
    builder: (parser: Argv) => parser.positional('files', { describe: 'Reports of run --format json' }),
    handler: async ({ files }) => {
      const [{ mergeReports }, { escaped }] = await Promise.all([
        import('../report/merge.js'),
        import('../report/json.js'),
      ]);
      const texts = new Map<string, string>();
      for (const file of [files].flat().map(String)) {
        texts.set(
          file,
          await readFile(file, 'utf8').catch((error: unknown) => {
            throw new UsageError(`${file}: ${plainError(error)}`);
          }),
        );
      }
      await send(process.stdout, `${escaped(mergeReports(texts))}\n`);
      done(0);
    },
  };
}
