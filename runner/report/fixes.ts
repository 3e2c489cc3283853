/**
 * The changes of a run as units that can be applied one by one: what SARIF offers as fixes.
 *
 * A unit is whatever cannot be parted: all edits of a group, across files, and the groups whose edits replace each
 * other's text. Units never overlap, so any set of them can be applied to the original texts.
 */
import type { CharmOutcome } from '../result.js';
import { type Change, composeSteps, makersOf } from './hunks.js';
import { compare } from './words.js';

export interface FileChanges {
  readonly path: string;
  readonly before: string;
  /** Sorted; offsets are those of `before`. */
  readonly changes: readonly Change[];
}

export interface Unit {
  readonly groups: readonly string[];
  /** Ids of the transforms, in the order in which they ran. */
  readonly makers: readonly string[];
  readonly files: readonly FileChanges[];
}

/**
 * The units of a charm's modified files, in the order of their first place. Files that are created or deleted as a whole
 * are no part of it.
 *
 * @param order ids of the transforms in the order in which they ran
 */
export function unitsOf(charm: Pick<CharmOutcome, 'files'>, order: readonly string[]): Unit[] {
  const files = charm.files
    .filter((file) => file.status === 'modified')
    .map((file) => ({
      path: file.path,
      before: file.before ?? file.steps[0]?.before ?? '',
      changes: composeSteps(file.steps),
    }));
  const sets = new DisjointSets();
  for (const change of files.flatMap((file) => file.changes)) {
    const [first, ...rest] = change.groups;
    if (first === undefined) continue;
    sets.join(first, first);
    for (const group of rest) sets.join(first, group);
  }
  const units = new Map<
    string,
    { groups: Set<string>; files: Map<string, FileChanges & { changes: Change[] }> }
  >();
  for (const file of files) {
    for (const change of file.changes) {
      const [first] = change.groups;
      if (first === undefined) continue;
      const key = sets.root(first);
      const unit = units.get(key) ?? { groups: new Set(), files: new Map() };
      units.set(key, unit);
      for (const group of change.groups) unit.groups.add(group);
      const part = unit.files.get(file.path) ?? { ...file, changes: [] };
      part.changes.push(change);
      unit.files.set(file.path, part);
    }
  }
  return [...units.values()].map((unit) => {
    const makers = makersOf(unit.groups);
    const known = order.filter((id) => makers.has(id));
    return {
      groups: [...unit.groups].sort(compare),
      makers: [...known, ...[...makers].filter((id) => !known.includes(id))],
      files: [...unit.files.values()],
    };
  });
}

/** Union-find over strings. */
class DisjointSets {
  readonly #parents = new Map<string, string>();

  root(key: string): string {
    let at = key;
    for (let up = this.#parents.get(at); up !== undefined && up !== at; up = this.#parents.get(at)) at = up;
    return at;
  }

  join(a: string, b: string): void {
    this.#parents.set(this.root(b), this.root(a));
    if (!this.#parents.has(a)) this.#parents.set(a, a);
  }
}
