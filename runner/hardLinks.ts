/**
 * Hard links: a write replaces the file, so its other names keep the old text. That is what `git checkout` does too;
 * but nobody should find out later.
 */
import { type BigIntStats, lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { LocatedFinding } from '../transforms/kit/apply.js';
import { runnerFinding } from './findings.js';
import type { OpenRepository, Root } from './repository.js';
import type { Change } from './write.js';

/** A finding for each file to be replaced that has names which this run does not change. */
export function hardLinkFindings(
  repository: OpenRepository,
  root: Root,
  changes: readonly Change[],
): LocatedFinding[] {
  const linked = changes.flatMap(({ path, before, after }) => {
    if (before === null || after === null) return [];
    const stats = statsOf(join(repository.top, path));
    return stats && stats.nlink > 1n ? [{ path, stats }] : [];
  });
  if (linked.length === 0) return [];
  // The same text, so it is changed too when its own charm's turn comes.
  const later = repository.roots
    .filter((one) => one.path !== root.path)
    .flatMap((one) => one.candidates)
    .flatMap((path) => statsOf(join(repository.top, path)) ?? []);
  const changed = [...linked.map(({ stats }) => stats), ...later];
  return linked.flatMap(({ path, stats }) => {
    const here = changed.filter(({ dev, ino }) => dev === stats.dev && ino === stats.ino).length;
    const others = Number(stats.nlink) - here;
    if (others <= 0) return [];
    const names = others === 1 ? 'another name (a hard link)' : `${others} other names (hard links)`;
    return [
      runnerFinding(
        'write/hard-link',
        'warning',
        path,
        `${repository.show(path)} has ${names} outside this run; a write replaces the file, and there the old text stays`,
        'Find the other names with `find -samefile` before writing, and link them anew with `ln -f` afterwards.',
      ),
    ];
  });
}

/** Inode numbers of some file systems are too long for a double. */
function statsOf(path: string): BigIntStats | undefined {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false });
}
