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

/** Paths below `top` that are tracked or not ignored; those that end in `/` are repositories of their own. */
export async function listFiles(top: string): Promise<string[]> {
  return split(await git(top, ['ls-files', '-coz', '--exclude-standard']));
}

export type Dirt = 'modified' | 'untracked' | 'ignored';

/**
 * Files with uncommitted changes, untracked files, and (on demand) ignored ones: those git could not bring back.
 * A path that ends in `/` stands for all files below it.
 */
export async function dirtyFiles(top: string, ignored: boolean): Promise<ReadonlyMap<string, Dirt>> {
  const fields = split(
    await git(top, [
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
  return dirty;
}

function split(output: string): string[] {
  return output.split('\0').filter((field) => field !== '');
}

/** Runs git without hooks, file system monitors and locks, so that looking at a repository executes nothing of it. */
function git(top: string, args: readonly string[]): Promise<string> {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_PREFIX: _prefix, ...env } = process.env;
  const safe = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...safe, '-C', top, ...args],
      { maxBuffer: 2 ** 30, env: { ...env, LC_ALL: 'C' } },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else reject(gitError(error, stderr));
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
