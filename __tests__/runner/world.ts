/** Temporary folders, git repositories and the built command, for tests of the runner. */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, jest } from '@jest/globals';
import { main } from '../../runner/cli/commands.js';
import { defineTransform } from '../../transforms/kit/transform.js';

export type Files = Readonly<Record<string, string | Buffer>>;

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with these files; outside git. */
export function makeFolder(files: Files = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tempo-codemods-')));
  chmodSync(folder, 0o755);
  made.push(folder);
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A new git repository in which all is committed. */
export function makeRepository(files: Files): string {
  const folder = makeFolder(files);
  commitAll(folder);
  return folder;
}

export function commitAll(folder: string): void {
  if (!existsSync(join(folder, '.git'))) git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-qm', 'x', '--allow-empty');
}

export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'core.autocrlf=false', ...args], {
    cwd: folder,
    stdio: 'pipe',
  }).toString();
}

/** All files below a folder but `.git`: mode and content, or where a symlink leads. */
export function snapshot(folder: string, below = ''): Record<string, string> {
  const out: Record<string, string> = {};
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.name === '.git') continue;
    if (entry.isDirectory()) {
      const inside = snapshot(folder, path);
      if (Object.keys(inside).length === 0) out[`${path}/`] = 'empty folder';
      Object.assign(out, inside);
    } else if (entry.isSymbolicLink()) out[path] = `-> ${readlinkSync(join(folder, path))}`;
    else if (entry.isFile()) {
      const mode = (lstatSync(join(folder, path)).mode & 0o777).toString(8);
      out[path] = `${mode} ${readFileSync(join(folder, path)).toString('latin1')}`;
    } else out[path] = 'special';
  }
  return out;
}

/** Applies a patch with `git apply` or GNU patch, as a person would. */
export function applyPatch(folder: string, patch: string, tool: 'git' | 'patch' = 'git'): void {
  const [command, args] =
    tool === 'git'
      ? ['git', ['apply', '-']]
      : ['patch', ['-p1', '--quiet', '--binary', '--no-backup-if-mismatch']];
  execFileSync(command, args, { cwd: folder, input: patch, stdio: ['pipe', 'pipe', 'pipe'] });
}

export interface CommandResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'runner', 'cli', 'main.js');

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly user?: number;
  /** Lines of shell before the command, such as `ulimit`. */
  readonly shell?: string;
  /** What comes on stdin. */
  readonly input?: string | Buffer;
}

/** Runs a command in this process: as the built one, but without starting Node. One at a time. */
export async function invoke(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Omit<CommandResult, 'signal'>> {
  const streams = { stdout: '', stderr: '' };
  const home = process.cwd();
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((text) => {
      streams[name] += typeof text === 'string' ? text : Buffer.from(text).toString();
      return true;
    }),
  );
  const { NO_COLOR, FORCE_COLOR } = process.env;
  delete process.env.NO_COLOR;
  delete process.env.FORCE_COLOR;
  Object.assign(process.env, env);
  process.chdir(cwd);
  try {
    return { code: await main(args), ...streams };
  } finally {
    process.chdir(home);
    for (const name of Object.keys(env)) delete process.env[name];
    Object.assign(
      process.env,
      NO_COLOR === undefined ? {} : { NO_COLOR },
      FORCE_COLOR ? { FORCE_COLOR } : {},
    );
    for (const spy of spies) spy.mockRestore();
  }
}

let open: string | undefined;

/** The built command where any user may start it: of a clone below a closed folder (/root, `mktemp -d`), a copy. */
function openMain(): string {
  const root = join(import.meta.dirname, '..', '..');
  const closed = (folder: string): boolean =>
    (statSync(folder).mode & 0o001) === 0 || (dirname(folder) !== folder && closed(dirname(folder)));
  if (!closed(root)) return MAIN;
  if (open === undefined) {
    const copy = makeFolder();
    for (const path of ['dist', 'package.json', 'node_modules/@ast-grep'])
      cpSync(join(root, path), join(copy, path), { recursive: true, dereference: true });
    open = join(copy, 'dist', 'runner', 'cli', 'main.js');
  }
  return open;
}

/** Runs the built command. */
export function command(
  cwd: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  const program = options.user === undefined ? MAIN : openMain();
  const [file, list] =
    options.shell === undefined
      ? [process.execPath, [program, ...args]]
      : ['bash', ['-c', `${options.shell}\nexec "$@"`, 'bash', process.execPath, program, ...args]];
  return new Promise((resolve, reject) => {
    const child = spawn(file, list, {
      cwd,
      env: { ...env, NODE_OPTIONS: '', ...options.env },
      ...(options.user === undefined ? {} : { uid: options.user, gid: options.user }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    child.stdin.end(options.input);
  });
}

/** Replaces `old_name` by `new_name` in every text file. */
export const renaming = defineTransform({
  id: 'renaming',
  title: 'old_name is new_name now',
  safety: 'safe',
  language: 'text',
  files: ['**/*'],
  literals: ['old_name'],
  apply(file) {
    for (const match of file.text.matchAll(/old_name/g)) {
      file.edit.replace({ start: match.index, end: match.index + match[0].length }, 'new_name');
    }
  },
});

/** Deletes `gone/…` and creates `made.txt` when the charm mentions `old_name`. */
export const moving = defineTransform({
  id: 'moving',
  title: 'Files come and go',
  safety: 'safe',
  language: 'text',
  files: ['**/*'],
  literals: ['old_name', 'new_name'],
  conclude({ charm, act }) {
    for (const path of charm.files()) {
      if (path.includes('gone/')) act({ kind: 'delete', path });
    }
    if (charm.read(charm.at('made.txt')) === undefined) {
      act({ kind: 'write', path: charm.at('made.txt'), text: 'made\n' });
    }
  },
});

/** A charm for the built command with `-t charm-tracing-arguments`; `OLD` becomes `NEW`. */
export const OLD = 'tempo_endpoint=';
export const NEW = 'tracing_endpoint=';
export const CHARM_PY = `from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm


@trace_charm(${OLD}"endpoint")
class MyCharm:
    pass
`;
export const TRANSFORM = ['-t', 'charm-tracing-arguments'] as const;
export const CHARM: Files = { 'charmcraft.yaml': 'name: my-charm\n', 'src/charm.py': CHARM_PY };
