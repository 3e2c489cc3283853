/** `tempo-codemods new NAME`: a transform with fixtures and a test that pass as created. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { UsageError } from '../errors.js';
import { oneLine } from '../report/escape.js';
import { type Answers, type Place, scaffold } from '../scaffold.js';
import { version } from './version.js';

interface Arguments {
  readonly name: string | undefined;
  readonly title: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly safety: 'safe' | 'review' | undefined;
  readonly dir: string | undefined;
  readonly preset: string;
  readonly yes: boolean;
}

export function newCommand(done: (code: number) => void): CommandModule<unknown, Arguments> {
  return {
    command: 'new <name>',
    describe: 'Make a transform of your own, with fixtures and a test',
    builder: (parser: Argv) =>
      parser.positional('name', { type: 'string', describe: 'Its id: kebab-case' }).options({
        title: { type: 'string', requiresArg: true, describe: 'What it does, in a line' },
        from: { type: 'string', requiresArg: true, describe: 'The function that is called today' },
        to: { type: 'string', requiresArg: true, describe: 'Its new name' },
        safety: {
          choices: ['safe', 'review'] as const,
          requiresArg: true,
          describe: 'Whether behaviour is kept',
        },
        dir: { type: 'string', requiresArg: true, describe: 'The folder to make it in; default: a new one' },
        preset: {
          type: 'string',
          requiresArg: true,
          default: 'tempo-coordinator',
          describe: 'In the repository of tempo-codemods: the preset that it will be a step of',
        },
        yes: { alias: 'y', type: 'boolean', default: false, describe: 'Ask nothing' },
      }),
    handler: async (args) => {
      await make(args);
      done(0);
    },
  };
}

async function make(args: Arguments): Promise<void> {
  const id = args.name ?? '';
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    throw new UsageError(`'${id}' is no id: it must be kebab-case, such as 'move-http-client'`);
  }
  const inRepository = args.dir === undefined && manifestName('.') === 'tempo-codemods';
  const defaults = {
    title: id.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase()),
    from: 'old_name',
    to: 'new_name',
    safety: 'review' as const,
    dir: id,
  };
  const asks = !args.yes && process.stdin.isTTY && process.stderr.isTTY;
  const answers = asks ? await ask(args, defaults, inRepository) : { ...defaults, ...given(args) };
  for (const key of ['from', 'to'] as const) {
    if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(answers[key])) {
      throw new UsageError(`--${key} wants the name of a function, such as 'old_name' or 'module.function'`);
    }
  }
  if (answers.from === answers.to) throw new UsageError('--to must be another name than --from');
  const folder = inRepository ? resolve('.') : resolve(answers.dir);
  const place: Place = inRepository
    ? { kind: 'repository', preset: args.preset }
    : { kind: 'project', version: version(), manifest: !existsSync(join(folder, 'package.json')) };
  if (place.kind === 'repository' && !existsSync(join(folder, 'transforms', place.preset))) {
    throw new UsageError(`--preset: there is no folder transforms/${place.preset}`);
  }
  write(folder, { id, ...answers }, place);
}

function given({ title, from, to, safety, dir }: Arguments): Partial<Answers & { dir: string }> {
  const all = { title, from, to, safety, dir };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

type Defaults = Omit<Answers, 'id'> & { readonly dir: string };

/** Asks for what no flag says. */
async function ask(args: Arguments, defaults: Defaults, inRepository: boolean): Promise<Defaults> {
  const { isCancel, select, text } = await import('@clack/prompts');
  const output = process.stderr;
  const answer = <T>(value: T): Exclude<T, symbol> => {
    if (isCancel(value)) throw new UsageError('stopped; nothing was made');
    return value as Exclude<T, symbol>;
  };
  const line = async (key: 'title' | 'from' | 'to' | 'dir', message: string) =>
    args[key] ?? answer(await text({ message, initialValue: defaults[key], output }));
  return {
    title: await line('title', 'What does it do, in a line?'),
    from: await line('from', 'Which function is called today?'),
    to: await line('to', 'What is its new name?'),
    safety:
      args.safety ??
      answer(
        await select({
          message: 'Does behaviour stay the same?',
          options: [
            { value: 'review' as const, label: 'review: look at each change' },
            { value: 'safe' as const, label: 'safe: behaviour is kept' },
          ],
          output,
        }),
      ),
    dir: inRepository ? '.' : await line('dir', 'In which folder?'),
  };
}

function write(folder: string, answers: Answers, place: Place): void {
  const files = Object.entries(scaffold(answers, place));
  const taken = files.map(([path]) => join(folder, path)).filter((path) => existsSync(path));
  if (taken.length > 0) {
    throw new UsageError(
      `nothing was made, because these exist: ${taken.map((path) => relative('.', path)).join(', ')}`,
    );
  }
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    process.stdout.write(`${oneLine(relative('.', join(folder, path)))}\n`);
  }
  const { id } = answers;
  const at = relative('.', folder) || '.';
  const next =
    place.kind === 'repository'
      ? [`npm test -- ${id}`, `add it to the preset in transforms/index.ts, then: npm run docs`]
      : [
          ...(at === '.' ? [] : [`cd ${at}`]),
          ...(place.manifest ? ['npm install'] : []),
          'npm test',
          `npx tempo-codemods run -t ./${id}.ts PATH/OF/A/CHARM`,
        ];
  process.stderr.write(`Next:\n${next.map((step) => `  ${oneLine(step)}\n`).join('')}`);
}

function manifestName(folder: string): unknown {
  try {
    const data: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof data === 'object' && data !== null && 'name' in data ? data.name : undefined;
  } catch {
    return undefined;
  }
}
