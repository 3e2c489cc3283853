/** `tempo-codemods run`. */
import type { ArgumentsCamelCase, Argv, CommandModule, InferredOptionTypes, Options } from 'yargs';
import { UsageError } from '../errors.js';
import type { LibrarySource } from '../libs.js';
import { oneLine } from '../report/escape.js';
import { formats } from '../report/formats.js';
import type { RunOutcome } from '../result.js';
import { Interrupt } from './interrupt.js';
import { type ColorChoice, Progress, send, wantsColor } from './terminal.js';
import { version } from './version.js';

const SEVERITIES = ['error', 'warning', 'info'] as const;
const COLORS: readonly ColorChoice[] = ['auto', 'always', 'never'];

const many = (describe: string) => ({ type: 'string', array: true, nargs: 1, describe }) as const;
const flag = (describe: string) => ({ type: 'boolean', default: false, describe }) as const;

/** The options of `run`, for yargs. */
export const OPTIONS = {
  preset: { alias: 'p', ...many('A list of transforms; repeatable') },
  transform: { alias: 't', ...many('One transform; repeatable, in order') },
  skip: many('Leave a transform out; repeatable'),
  option: many('ID.KEY=VALUE: an option of a transform; repeatable'),
  write: { alias: 'w', ...flag('Write the changes') },
  check: flag('Exit 1 if anything would change; write nothing'),
  format: {
    choices: Object.keys(formats),
    requiresArg: true,
    default: 'diff',
    describe: 'What goes to stdout',
  },
  ignore: many('Files never to edit, as in a .gitignore; repeatable'),
  gitignore: { type: 'boolean', default: true, describe: 'Leave alone what git ignores' },
  'fetch-libs': flag('Run charmcraft for the new libraries after writing'),
  'libs-from': { type: 'string', requiresArg: true, describe: 'Copy the new libraries from this folder' },
  'allow-dirty': flag('Write over uncommitted changes'),
  'fail-on': {
    choices: SEVERITIES,
    requiresArg: true,
    describe: 'Exit 1 on findings of this severity or above',
  },
  color: { choices: COLORS, requiresArg: true, default: 'auto', describe: 'Colour' },
  quiet: { alias: 'q', ...flag('Only errors on stderr') },
  verbose: { alias: 'v', ...flag('More on stderr') },
} as const satisfies Record<string, Options>;

type Arguments = ArgumentsCamelCase<InferredOptionTypes<typeof OPTIONS> & { readonly paths?: string[] }>;

export function runCommand(done: (code: number) => void): CommandModule {
  return {
    command: 'run [paths..]',
    describe: 'Migrate charms; prints a unified diff and writes nothing unless told to',
    builder: (parser: Argv) =>
      parser
        .positional('paths', { describe: 'Files, folders or globs; default: this folder' })
        .options(OPTIONS)
        .conflicts('fetch-libs', 'libs-from'),
    handler: async (args) => done(await execute(args as Arguments)),
  };
}

async function execute(args: Arguments): Promise<number> {
  if (args.write && args.check) throw new UsageError('--check writes nothing: leave out --write, or --check');
  const format = await formats[args.format]?.();
  if (!format) throw new UsageError(`unknown format '${args.format}'`);
  const reporter = await format.create({
    write: (text) => send(process.stdout, text),
    color: wantsColor(asColor(args.color), process.stdout),
    version: version(),
  });
  const { run } = await import('../run.js');
  const interrupt = new Interrupt();
  const progress = new Progress(!args.quiet);
  let outcome: RunOutcome;
  try {
    outcome = await run({
      paths: args.paths?.length ? args.paths.map(String) : ['.'],
      ...(args.preset ? { presets: args.preset } : {}),
      ...(args.transform ? { transforms: args.transform } : {}),
      skip: args.skip ?? [],
      options: transformOptions(args.option ?? []),
      write: args.write,
      allowDirty: args.allowDirty,
      gitignore: args.gitignore,
      ignore: args.ignore ?? [],
      libraries: librarySource(args),
      signal: interrupt.signal,
      lean: format.streams,
      onStart: (charm) => progress.show(oneLine(charm)),
      onCharm: async (charm) => {
        progress.clear();
        await reporter.charm?.(charm);
      },
    });
  } finally {
    progress.clear();
    interrupt.end();
  }
  await reporter.end?.(outcome);
  const { renderSummary } = await import('../report/summary.js');
  const color = wantsColor(asColor(args.color), process.stderr);
  await send(process.stderr, renderSummary(outcome, { color, quiet: args.quiet, verbose: args.verbose }));
  return interrupt.code ?? exitCode(outcome, args);
}

/** 2: a path that cannot be worked on. 1: failures, changes pending under --check, findings at or above --fail-on. */
function exitCode({ summary, problems }: RunOutcome, { check, failOn }: Arguments): number {
  if (problems && problems.length > 0) return 2;
  if (summary.failed > 0) return 1;
  if (check && summary.changed + summary.created + summary.deleted > 0) return 1;
  const counted = failOn === undefined ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  return counted.some((severity) => summary.findings[severity] > 0) ? 1 : 0;
}

function librarySource({ fetchLibs, libsFrom }: Arguments): LibrarySource {
  if (libsFrom !== undefined) return { kind: 'folder', folder: libsFrom };
  return { kind: fetchLibs ? 'charmcraft' : 'none' };
}

function transformOptions(given: readonly string[]): Record<string, Record<string, string>> {
  const out = new Map<string, Record<string, string>>();
  for (const one of given) {
    const [, id, key, value] = /^([^.=]+)\.([^=]+)=(.*)$/s.exec(one) ?? [];
    if (id === undefined || key === undefined || value === undefined) {
      throw new UsageError(`--option wants ID.KEY=VALUE, not '${one}'`);
    }
    out.set(id, { ...out.get(id), [key]: value });
  }
  return Object.fromEntries(out);
}

function asColor(choice: string): ColorChoice {
  return COLORS.find((one) => one === choice) ?? 'auto';
}
