/** `tempo-codemods run`. */
import type { ArgumentsCamelCase, Argv, CommandModule, InferredOptionTypes, Options } from 'yargs';
import { UsageError } from '../errors.js';
import type { Reviewer } from '../interactive/reviewer.js';
import type { LibrarySource } from '../libs.js';
import { oneLine } from '../report/escape.js';
import { formats } from '../report/formats.js';
import type { Format } from '../report/reporter.js';
import type { RunOutcome } from '../result.js';
import { Interrupt } from './interrupt.js';
import { checkOutputs, makeOutputs, needsTexts } from './outputs.js';
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
  interactive: { alias: 'i', ...flag('Choose change by change what is written') },
  check: flag('Exit 1 if anything would change; write nothing'),
  format: {
    choices: Object.keys(formats),
    requiresArg: true,
    default: 'diff',
    describe: 'What goes to stdout',
  },
  report: { type: 'string', requiresArg: true, describe: 'Also write a report as one HTML page' },
  'split-patches': {
    type: 'string',
    requiresArg: true,
    describe: 'Also write one patch for each transform into this folder',
  },
  commit: flag('Write, and make one commit for each transform'),
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
  const write = args.write || args.interactive || args.commit;
  if (write && args.check) {
    const other = args.write ? '--write' : args.interactive ? '--interactive' : '--commit';
    throw new UsageError(`--check writes nothing: leave out ${other}, or --check`);
  }
  if (args.interactive && !(process.stdin.isTTY && process.stderr.isTTY)) {
    throw new UsageError(
      '--interactive asks at a terminal, and there is none; use --write, --skip and --transform',
    );
  }
  await checkOutputs(args);
  const format = await formatOf(args);
  const reporter = await format.create({
    write: (text) => send(process.stdout, text),
    color: wantsColor(asColor(args.color), process.stdout),
    width: process.stdout.columns ?? 80,
    version: version(),
  });
  const { run } = await import('../run.js');
  const interrupt = new Interrupt();
  const progress = new Progress(!args.quiet && !args.interactive);
  const reviewer = args.interactive ? await createReviewer(args, interrupt) : undefined;
  let outcome: RunOutcome;
  try {
    outcome = await run({
      paths: args.paths?.length ? args.paths.map(String) : ['.'],
      ...(args.preset ? { presets: args.preset } : {}),
      ...(args.transform ? { transforms: args.transform } : {}),
      skip: args.skip ?? [],
      options: transformOptions(args.option ?? []),
      write,
      allowDirty: args.allowDirty,
      gitignore: args.gitignore,
      ignore: args.ignore ?? [],
      libraries: librarySource(args),
      signal: interrupt.signal,
      lean: format.streams && !needsTexts(args),
      ...(reviewer ? { review: reviewer.review } : {}),
      onTransforms: (transforms) => {
        reporter.begin?.(transforms);
        if (reviewer) reviewer.transforms = transforms;
      },
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
  const outputs = await makeOutputs(outcome, args, version());
  const { renderSummary } = await import('../report/summary.js');
  const color = wantsColor(asColor(args.color), process.stderr);
  const columns = process.stderr.isTTY ? process.stderr.columns : undefined;
  const look = { color, quiet: args.quiet, verbose: args.verbose, ...(columns ? { width: columns } : {}) };
  await send(process.stderr, (reviewer?.summary() ?? '') + renderSummary(outcome, look));
  const said = args.quiet ? outputs.lines.filter((line) => line.startsWith('error: ')) : outputs.lines;
  await send(process.stderr, said.map((line) => `${line}\n`).join(''));
  return interrupt.code ?? (exitCode(outcome, args) || Number(outputs.failed));
}

/** A patch for pipes and files; for eyes, when stdout is a terminal, the same with findings and makers. */
async function formatOf(args: Arguments): Promise<Format> {
  if (args.format === 'diff' && process.stdout.isTTY) {
    // Who answered for each change has seen it.
    if (args.interactive) return { streams: true, create: () => ({}) };
    return (await import('../report/terminal.js')).terminal;
  }
  const format = await formats[args.format]?.();
  if (!format) throw new UsageError(`unknown format '${args.format}'`);
  return format;
}

async function createReviewer(args: Arguments, interrupt: Interrupt): Promise<Reviewer> {
  const { Reviewer } = await import('../interactive/reviewer.js');
  return new Reviewer({
    input: process.stdin,
    output: process.stderr,
    color: wantsColor(asColor(args.color), process.stderr),
    onInterrupt: () => interrupt.stop('SIGINT'),
  });
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
