/** Temporary files that a killed run left behind: the next run that writes takes them away. */
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbandoned } from './atomic.js';
import type { Repository } from './discover.js';
import { trackedAmong } from './git.js';

/** Removes those whose maker is gone; what git tracks is somebody's own file, whatever its name. */
export async function removeLeftovers({ top, git }: Repository, leftovers: readonly string[]): Promise<void> {
  const abandoned = leftovers.filter((path) => isAbandoned(join(top, path)));
  if (abandoned.length === 0) return;
  // Without an answer from git nothing is known to be ours.
  const tracked = git
    ? await trackedAmong(top, abandoned).catch(() => new Set(abandoned))
    : new Set<string>();
  for (const path of abandoned) {
    // One that cannot be removed does no harm: no run reads it.
    if (!tracked.has(path)) await unlink(join(top, path)).catch(() => undefined);
  }
}
