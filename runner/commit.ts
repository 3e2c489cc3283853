/**
 * `--commit`: one commit for each transform. The files are written before; the commits are made in the index, so that
 * the working tree never shows a state in between, and hooks do not run on states that need not pass them.
 */
import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { plainError } from './errors.js';
import { gitEnvironment, gitTop, SAFE } from './git.js';
import { slashed } from './paths.js';
import type { RunOutcome } from './result.js';
import { type SeriesChange, seriesOf } from './series.js';
import { description } from './split-patches.js';

/** Why no commits can be made here; undefined when they can. Asked before the run. */
export async function commitObstacle(folder: string): Promise<string | undefined> {
  const top = gitTop(realpathSync(folder));
  if (top === undefined) return `${folder}: --commit needs a git repository`;
  try {
    const status = await git(top, [
      'status',
      '--porcelain',
      '--untracked-files=no',
      '--ignore-submodules=all',
    ]);
    if (status !== '') {
      return `${top}: the working tree has uncommitted changes; commit or stash them, then run again with --commit`;
    }
    for (const state of ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'REBASE_HEAD']) {
      const found = await git(top, ['rev-parse', '-q', '--verify', state]).catch(() => '');
      if (found !== '') return `${top}: a merge or rebase is under way; finish it first`;
    }
    await git(top, ['var', 'GIT_COMMITTER_IDENT']);
    return undefined;
  } catch (error) {
    return `${top}: ${plainError(error)}`;
  }
}

export interface MadeCommit {
  readonly top: string;
  readonly id: string;
  readonly title: string;
}

/**
 * Commits a run that was written.
 *
 * @throws Error with git's own words; the files are written then, and the commits so far are made
 */
export async function commitRun(outcome: RunOutcome, cwd: string): Promise<MadeCommit[]> {
  const made: MadeCommit[] = [];
  const root = realpathSync(cwd);
  for (const part of seriesOf(outcome)) {
    const byTop = new Map<string, { path: string; change: SeriesChange }[]>();
    for (const change of part.changes) {
      const file = resolve(root, change.path);
      const top = gitTop(resolve(file, '..')) ?? root;
      const path = slashed(relative(top, file));
      byTop.set(top, [...(byTop.get(top) ?? []), { path, change }]);
    }
    for (const [top, changes] of byTop) {
      const lines: string[] = [];
      for (const { path, change } of changes) lines.push(await indexLine(top, path, change));
      await git(
        top,
        ['update-index', '--add', '-z', '--index-info'],
        lines.map((line) => `${line}\0`).join(''),
      );
      await git(top, ['commit', '-q', '-F', '-'], `${description(part)}\n`);
      const id = (await git(top, ['rev-parse', '--short', 'HEAD'])).trim();
      made.push({ top, id, title: part.transform.title });
      // The index knows the blobs but not yet that the files on disk are the same.
      await git(top, ['update-index', '-q', '--refresh']).catch(() => '');
    }
  }
  return made;
}

/** A line for `update-index --index-info`; the blob is made as `git add` would, with the filters of the path. */
async function indexLine(top: string, path: string, { after, executable }: SeriesChange): Promise<string> {
  if (after === null) {
    const head = (await git(top, ['rev-parse', 'HEAD'])).trim();
    return `0 ${'0'.repeat(head.length)}\t${path}`;
  }
  const known = /^(\d{6}) /.exec(await git(top, ['ls-files', '-s', '--', `:(literal)${path}`]))?.[1];
  const blob = (await git(top, ['hash-object', '-w', '--stdin', '--path', path], after)).trim();
  return `${known ?? (executable ? '100755' : '100644')} ${blob}\t${path}`;
}

function git(top: string, args: readonly string[], input?: string): Promise<string> {
  return new Promise((done, fail) => {
    const child = execFile(
      'git',
      [...SAFE, '-C', top, ...args],
      { maxBuffer: 2 ** 30, env: gitEnvironment() },
      (error, stdout, stderr) => {
        if (!error) done(stdout);
        else fail(new Error(`git ${args[0]}: ${stderr.trim() || plainError(error)}`));
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}
