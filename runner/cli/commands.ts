/** The commands, and what becomes of errors. */
import yargs from 'yargs';
import { plainError, UsageError } from '../errors.js';
import { nearest } from '../nearest.js';
import { plain } from '../report/escape.js';
import { COMPLETION_FLAG, completer } from './completion.js';
import { explainCommand } from './explain.js';
import { listCommand } from './list.js';
import { mergeCommand } from './merge.js';
import { newCommand } from './new.js';
import { OPTIONS, runCommand, STDIN } from './run.js';
import { versionText } from './version.js';

// yargs lays out the help of a command before it runs it, wanted or not; hidden options cost it nothing.
const WANTS_HELP: ReadonlySet<string> = new Set(['--help', '-h', 'help', COMPLETION_FLAG]);

/** @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  let code = 0;
  const done = (result: number) => {
    code = result;
  };
  try {
    // yargs drops a lone '-'.
    await yargs(args.map((arg) => (arg === '-' ? STDIN : arg)))
      .scriptName('tempo-codemods')
      .usage('$0 <command>\n\nMigrates Juju charms off the tempo_k8s libraries.')
      .command(
        runCommand(
          done,
          args.some((arg) => WANTS_HELP.has(arg)),
        ),
      )
      .command(listCommand(done))
      .command(explainCommand(done))
      .command(newCommand(done))
      .command(mergeCommand(done))
      .completion(
        'completion',
        'Print a completion script for bash or zsh: add it to your profile',
        await completer(args),
      )
      .demandCommand(1, 'Say what to do: run, list, explain, new, merge-reports')
      .strict()
      .recommendCommands()
      .locale('en')
      .version(versionText())
      .alias('version', 'V')
      .help()
      .alias('help', 'h')
      .wrap(Math.min(110, process.stderr.columns ?? 100))
      // A shell that asks for completions wants nothing else.
      .exitProcess(args.includes(COMPLETION_FLAG))
      .fail((message, error) => {
        throw error ?? new UsageError(explain(message));
      })
      .parseAsync();
    return code;
  } catch (error) {
    const usage = error instanceof UsageError;
    process.stderr.write(`tempo-codemods: ${plain(usage ? error.message : plainError(error))}\n`);
    if (!usage && process.env.TEMPO_CODEMODS_DEBUG && error instanceof Error) {
      process.stderr.write(`${plain(error.stack ?? '')}\n`);
    }
    return 2;
  }
}

/** yargs names unknown arguments; we add the nearest option. */
function explain(message: string): string {
  const unknown = /^Unknown arguments?: (.*)$/.exec(message)?.[1];
  if (unknown === undefined) return `${message}\nSee tempo-codemods --help.`;
  const known = Object.keys(OPTIONS);
  const lines = unknown.split(', ').map((name) => {
    const near = nearest(name, known);
    return `unknown option or command '${name}'${near === undefined ? '' : `; did you mean '--${near}'?`}`;
  });
  return `${lines.join('\n')}\nOptions of run: ${known.map((name) => `--${name}`).join(', ')}`;
}
