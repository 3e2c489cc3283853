/** The git guard: a run does not write over what git could not bring back. */
import { type Dirt, dirtyFiles } from './git.js';
import type { Change } from './write.js';

const WORDS: Readonly<Record<Dirt, string>> = {
  modified: 'has uncommitted changes',
  untracked: 'is untracked',
  ignored: 'is ignored by git',
  unwatched: 'is marked assume-unchanged or skip-worktree, so git does not know whether it has changes',
};

/** Looks at a repository once, when the first charm wants to be written. */
export class GitGuard {
  #dirty: Promise<ReadonlyMap<string, Dirt>> | undefined;

  /** @param ignored ignored files may be among those to be written */
  constructor(
    readonly top: string,
    readonly ignored: boolean,
  ) {}

  /**
   * @returns for each change that must not be made, why
   * @throws GitError when git does not answer
   */
  async refusals(changes: readonly Change[]): Promise<ReadonlyMap<string, string>> {
    this.#dirty ??= dirtyFiles(this.top, this.ignored);
    const dirty = await this.#dirty;
    const found = new Map<string, string>();
    for (const { path, before } of changes) {
      if (before === null) continue;
      const dirt =
        dirty.get(path) ??
        parents(path)
          .map((folder) => dirty.get(folder))
          .find(Boolean);
      if (dirt !== undefined) found.set(path, WORDS[dirt]);
    }
    return found;
  }
}

/** `a/b/c` → `a/`, `a/b/` */
function parents(path: string): string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => `${segments.slice(0, index + 1).join('/')}/`);
}
