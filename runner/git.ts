/** What we ask git. Nothing that a repository's own configuration names is executed. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Git said no; the message is its own first line. */
export class GitError extends Error {
  constructor(
    message: string,
    readonly kind: 'missing' | 'not-a-repository' | 'dubious-ownership' | 'other',
  ) {
    super(message);
    this.name = 'GitError';
  }
}

/** The nearest folder at or above `folder` that has a `.git`; undefined outside git. */
export function gitTop(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** What paths in patches are relative to, as `git apply` wants them: the work tree of a folder, else the folder. */
export function patchBase(folder: string): string {
  return gitTop(folder) ?? folder;
}

/**
 * Paths below `top` that are tracked or not ignored; those that end in `/` are repositories of their own.
 *
 * @param warn told of each folder that git could not look into: it leaves them out and calls that a success
 */
export async function listFiles(
  top: string,
  warn: (line: string) => void = () => undefined,
): Promise<string[]> {
  const said = (stderr: string) => {
    for (const [, line = ''] of stderr.matchAll(/^warning: (could not open directory .*)$/gm)) warn(line);
  };
  return split(await git(top, ['ls-files', '-coz', '--exclude-standard'], said));
}

/** Those of some paths that git tracks. */
export async function trackedAmong(top: string, paths: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set(split(await git(top, ['--literal-pathspecs', 'ls-files', '-cz', '--', ...paths])));
}

export type Dirt = 'modified' | 'untracked' | 'ignored' | 'unwatched';

/**
 * Files with uncommitted changes, untracked files, and (on demand) ignored ones: those git could not bring back. Also
 * those that git was told not to look at (`update-index --assume-unchanged`, `--skip-worktree`): it keeps quiet about
 * changes in them.
 * A path that ends in `/` stands for all files below it.
 */
export async function dirtyFiles(top: string, ignored: boolean): Promise<ReadonlyMap<string, Dirt>> {
  const listed = git(top, ['ls-files', '-vz']);
  // Awaited below; a failure of the other one comes first then.
  listed.catch(() => undefined);
  const fields = split(
    await git(top, [
      ...(await withoutFilters(top)),
      'status',
      '--porcelain',
      '-z',
      '--untracked-files=all',
      '--ignore-submodules=all',
      ...(ignored ? ['--ignored=traditional'] : []),
    ]),
  );
  const dirty = new Map<string, Dirt>();
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] ?? '';
    const state = field.slice(0, 2);
    dirty.set(field.slice(3), state === '??' ? 'untracked' : state === '!!' ? 'ignored' : 'modified');
    if (/[RC]/.test(state)) {
      // The next field is where it came from.
      at += 1;
      dirty.set(fields[at] ?? '', 'modified');
    }
  }
  for (const field of split(await listed)) {
    // A small letter: assumed to be unchanged.
    if (/^(?:S|[a-z]) /.test(field)) dirty.set(field.slice(2), 'unwatched');
  }
  return dirty;
}

function split(output: string): string[] {
  return output.split('\0').filter((field) => field !== '');
}

/**
 * Options that switch off the filters that the repository's own configuration names: to compare a file, git pipes it
 * through them. The user's own filters (Git LFS, as a rule) stay.
 */
async function withoutFilters(top: string): Promise<string[]> {
  // No such key is exit code 1 and no word.
  const scoped = await git(top, [
    'config',
    '--show-scope',
    '--name-only',
    '-z',
    '--get-regexp',
    '^filter\\.',
  ]).catch(() => '');
  const fields = scoped.split('\0');
  const own = fields.filter((_, at) => at % 2 === 1 && /^(?:local|worktree)$/.test(fields[at - 1] ?? ''));
  const names = new Set(own.map((key) => key.slice('filter.'.length, key.lastIndexOf('.'))));
  return [...names].flatMap((name) => {
    // git splits a setting at its first '='.
    if (name.includes('=')) throw new GitError(`its configuration names a filter '${name}'`, 'other');
    const keys = ['clean=', 'smudge=', 'process=', 'required=false'];
    return keys.flatMap((key) => ['-c', `filter.${name}.${key}`]);
  });
}

/**
 * What makes git execute as little of a repository as possible: no hooks, no file system monitor, no locks.
 */
export const SAFE = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/** The environment without what leads git elsewhere (a hook sets it), and without fetching of missing objects. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const {
    GIT_DIR: _dir,
    GIT_COMMON_DIR: _common,
    GIT_WORK_TREE: _tree,
    GIT_PREFIX: _prefix,
    GIT_INDEX_FILE: _index,
    GIT_OBJECT_DIRECTORY: _objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: _alternates,
    ...env
  } = process.env;
  return { ...env, LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: '' };
}

function git(
  top: string,
  args: readonly string[],
  said: (stderr: string) => void = () => undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...SAFE, '-C', top, ...args],
      { maxBuffer: 2 ** 30, env: gitEnvironment() },
      (error, stdout, stderr) => {
        if (error) return reject(gitError(error, stderr));
        said(stderr);
        resolve(stdout);
      },
    );
  });
}

function gitError(error: Error & { code?: unknown }, stderr: string): GitError {
  if (error.code === 'ENOENT') return new GitError('git is not installed', 'missing');
  if (stderr.includes('dubious ownership')) {
    const command = /git config --global --add safe\.directory .*/.exec(stderr)?.[0].trim();
    return new GitError(
      `git refuses to read the repository, because it belongs to another user ('dubious ownership'). ${
        command ? `If you trust it: ${command}` : ''
      }`.trim(),
      'dubious-ownership',
    );
  }
  const line = stderr.split('\n').find((one) => one.trim() !== '') ?? error.message;
  return new GitError(line.trim(), /not a git repository/.test(stderr) ? 'not-a-repository' : 'other');
}
