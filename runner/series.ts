/**
 * A run as a series of changes, one for each transform, that apply in order: for `--split-patches` and `--commit`. They
 * are units of review; only the last state is promised to work.
 */
import type { FileOutcome, RunOutcome, TransformInfo } from './result.js';

/** What one transform made of one file. */
export interface SeriesChange {
  /** Relative to the working directory. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly executable: boolean;
}

export interface SeriesPart {
  readonly transform: TransformInfo;
  readonly changes: readonly SeriesChange[];
}

/** Files that no step made: libraries that the run copied. */
const COPIED: TransformInfo = {
  id: 'libraries',
  title: 'Add the new charm libraries',
  safety: 'safe',
  why: 'the migrated code imports them',
};

interface Link {
  readonly transform: string;
  readonly change: SeriesChange;
}

/**
 * The parts in order. A transform that comes back to a file after a later one has worked on it (it concludes at the end
 * of the run) has a second part.
 */
export function seriesOf(outcome: RunOutcome): SeriesPart[] {
  const chains = new Map<string, Link[]>();
  for (const file of outcome.charms.flatMap((charm) => charm.files)) {
    if (file.status === 'failed') continue;
    chains.set(file.path, [...(chains.get(file.path) ?? []), ...linksOf(file)]);
  }
  const infos = [...outcome.transforms, COPIED];
  const parts: SeriesPart[] = [];
  while ([...chains.values()].some((links) => links.length > 0)) {
    const before = parts.length;
    for (const transform of infos) {
      const changes = [...chains].flatMap(([path, links]) => {
        const own = takeWhile(links, (link) => link.transform === transform.id);
        chains.set(path, links.slice(own.length));
        return merge(own);
      });
      if (changes.length > 0)
        parts.push({ transform, changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)) });
    }
    if (parts.length === before) break;
  }
  return parts;
}

/** What the steps did to one file, one after the other. */
function linksOf(file: FileOutcome): Link[] {
  const executable = /^(?:new|deleted) file mode 100755$/m.test(file.diff.slice(0, 2000));
  const last = file.transforms.at(-1) ?? COPIED.id;
  const links: Link[] = [];
  let now = file.before;
  const add = (transform: string, after: string | null) => {
    if (after !== now) links.push({ transform, change: { path: file.path, before: now, after, executable } });
    now = after;
  };
  for (const step of file.steps) add(step.transform, step.after);
  // Deleted or copied as a whole: no step has it.
  add(last, file.after);
  return links;
}

function merge(links: readonly Link[]): SeriesChange[] {
  const first = links[0]?.change;
  const last = links.at(-1)?.change;
  if (!first || !last || first.before === last.after) return [];
  return [{ ...first, after: last.after }];
}

function takeWhile<T>(values: readonly T[], fits: (value: T) => boolean): T[] {
  const end = values.findIndex((value) => !fits(value));
  return values.slice(0, end === -1 ? values.length : end);
}
