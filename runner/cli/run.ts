/** `tempo-codemods run`. */
import type { ArgumentsCamelCase, Argv, CommandModule, InferredOptionTypes, Options } from 'yargs';
import { UsageError } from '../errors.js';
import type { Reviewer } from '../interactive/reviewer.js';
import { TIMEOUT } from '../job.js';
import type { LibrarySource } from '../libs.js';
import { oneLine } from '../report/escape.js';
import { formats } from '../report/formats.js';
import type { Format } from '../report/reporter.js';
import type { RunOutcome } from '../result.js';
import { withRunHelp } from './help.js';
import { Interrupt } from './interrupt.js';
import { checkOutputs, makeOutputs, needsTexts } from './outputs.js';
import { type ColorChoice, Progress, send, wantsColor } from './terminal.js';
import { version } from './version.js';

const SEVERITIES = ['error', 'warning', 'info'] as const;
const COLORS: readonly ColorChoice[] = ['auto', 'always', 'never'];

const many = (describe: string) => ({ type: 'string', array: true, nargs: 1, describe }) as const;
const flag = (describe: string) => ({ type: 'boolean', default: false, describe }) as const;

/** What `-` becomes. */
export const STDIN = '/dev/stdin';

/** The options of `run`, for yargs. */
export const OPTIONS = {
  preset: { alias: 'p', ...many('A list of transforms; repeatable') },
  transform: { alias: 't', ...many('One transform; repeatable, in order') },
  skip: many('Leave a transform out; repeatable'),
  option: many('ID.KEY=VALUE: an option of a transform; repeatable'),
  config: {
    type: 'string',
    requiresArg: true,
    describe: 'The configuration file; --no-config: none. Default: look for one in this project',
  },
  'print-config': flag('Print the settings and where each came from, and stop'),
  baseline: { type: 'string', requiresArg: true, describe: 'A file of findings that are accepted' },
  'update-baseline': flag('Write the findings of this run into the baseline file'),
  'stdin-path': { type: 'string', requiresArg: true, describe: "With '-': where the text of stdin belongs" },
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
  jobs: {
    alias: 'j',
    type: 'number',
    requiresArg: true,
    describe: 'Child processes for many charms; default: one for each core',
  },
  timeout: {
    type: 'number',
    requiresArg: true,
    default: TIMEOUT,
    describe: 'Seconds that one charm may take in a child process',
  },
  shard: {
    type: 'string',
    requiresArg: true,
    describe: 'I/N: only the I-th of N parts of the repositories',
  },
  quiet: { alias: 'q', ...flag('Only errors on stderr') },
  verbose: { alias: 'v', ...flag('More on stderr') },
} as const satisfies Record<string, Options>;

type Arguments = ArgumentsCamelCase<InferredOptionTypes<typeof OPTIONS> & { readonly paths?: string[] }>;

/** @param help the help may be shown */
export function runCommand(done: (code: number) => void, help: boolean): CommandModule {
  return {
    command: 'run [paths..]',
    describe: 'Migrate charms; prints a unified diff and writes nothing unless told to',
    builder: (parser: Argv) => {
      const options = help
        ? OPTIONS
        : Object.fromEntries(Object.entries(OPTIONS).map(([name, one]) => [name, { ...one, hidden: true }]));
      const full = parser
        .positional('paths', { describe: 'Files, folders or globs; default: this folder' })
        .options(options);
      return help ? withRunHelp(full, Object.keys(OPTIONS)) : full;
    },
    handler: async (args) => done(await execute(args as Arguments)),
  };
}

async function execute(args: Arguments): Promise<number> {
  const { resolveSettings } = await import('./settings.js');
  const paths = (args.paths ?? []).map(String);
  const { settings, shown } = await resolveSettings(
    { ...args, paths, config: withoutConfig(args) },
    process.cwd(),
  );
  if (args.printConfig) {
    await send(process.stdout, `${JSON.stringify(shown, null, 2)}\n`);
    return 0;
  }
  if (paths.includes(STDIN)) {
    if (paths.length > 1) throw new UsageError("'-' stands for one text on stdin: name no other path");
    const { runStdin } = await import('./stdin.js');
    return runStdin(settings, args);
  }
  if (args.stdinPath !== undefined)
    throw new UsageError("--stdin-path needs '-': tempo-codemods run - --stdin-path FILE");
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
  if (args.fetchLibs && args.libsFrom !== undefined) {
    throw new UsageError('--fetch-libs and --libs-from: choose one');
  }
  await checkOutputs(args);
  const shard = asShard(args.shard);
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
      ...settings,
      write,
      allowDirty: args.allowDirty,
      gitignore: args.gitignore,
      ...(args.baseline === undefined ? {} : { baseline: args.baseline }),
      updateBaseline: args.updateBaseline,
      libraries: librarySource(args),
      signal: interrupt.signal,
      ...(shard ? { shard } : {}),
      children: {
        ...(args.jobs === undefined ? {} : { jobs: atLeastOne('--jobs', args.jobs) }),
        timeout: atLeastOne('--timeout', args.timeout),
        flags: {
          preset: args.preset,
          transform: args.transform,
          skip: args.skip,
          option: args.option,
          config: withoutConfig(args),
        },
      },
      lean: format.streams && !needsTexts(args),
      ...(reviewer ? { review: reviewer.review } : {}),
      onTransforms: (transforms) => {
        reporter.begin?.(transforms);
        if (reviewer) reviewer.transforms = transforms;
      },
      onRepositories: (count) => progress.begin(count),
      onStart: (charm) => progress.show(oneLine(charm)),
      onCharm: async (charm) => {
        progress.done(charm.scanned);
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

function atLeastOne(option: string, value: number): number {
  if (value >= 1) return value;
  throw new UsageError(`${option} wants a number from 1`);
}

function asShard(given: string | undefined): { index: number; of: number } | undefined {
  if (given === undefined) return undefined;
  const [, index, of] = (/^(\d+)\/(\d+)$/.exec(given) ?? []).map(Number);
  if (index === undefined || of === undefined || index < 1 || index > of) {
    throw new UsageError(`--shard wants I/N with I from 1 to N, such as 2/8, not '${given}'`);
  }
  return { index, of };
}

function librarySource({ fetchLibs, libsFrom }: Arguments): LibrarySource {
  if (libsFrom !== undefined) return { kind: 'folder', folder: libsFrom };
  return { kind: fetchLibs ? 'charmcraft' : 'none' };
}

/** yargs makes `false` of --no-config, whatever the option's type. */
function withoutConfig({ config }: { readonly config?: unknown }): string | false | undefined {
  return config === false || typeof config === 'string' ? config : undefined;
}

function asColor(choice: string): ColorChoice {
  return COLORS.find((one) => one === choice) ?? 'auto';
}
