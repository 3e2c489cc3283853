/** An opened repository: its files, charm roots and candidates. */
import { join, relative } from 'node:path';
import createIgnore from 'ignore';
import { Overlay } from '../transforms/kit/tree.js';
import { MARKER } from './acknowledge.js';
import {
  charmRoots,
  isWhole,
  type Listing,
  listRepository,
  METADATA,
  type Repository,
  selector,
} from './discover.js';
import { GitGuard } from './guard.js';
import type { Job } from './job.js';
import { removeLeftovers } from './leftovers.js';
import { joined, parent, slashed } from './paths.js';
import { merge, type ScanResult, scan } from './scan.js';
import { DiskTree } from './tree.js';

/** Facts ask for it in every charm that is migrated, so the scan answers it on the way. */
const FACT_LITERAL = 'charms.';

/** One charm root, or the rest of a repository ('') that belongs to no charm. */
export interface Root {
  readonly path: string;
  readonly isCharm: boolean;
  /** All of it was selected. */
  readonly whole: boolean;
  /** Its selected files, sorted. */
  readonly files: readonly string[];
  /** Those of the files that contain a literal of the run, or have one of its gate in their path. */
  readonly candidates: readonly string[];
  /** Those of the files with a comment that acknowledges findings. */
  readonly acknowledging: readonly string[];
}

export class OpenRepository {
  readonly top: string;
  /** What the charms made of the files so far. */
  readonly overlay: Overlay;
  readonly disk: DiskTree;
  readonly scan: ScanResult;
  /** Nested charms before those that hold them, the repository's own root last. */
  readonly roots: readonly Root[];
  /** undefined outside git. */
  readonly guard: GitGuard | undefined;
  readonly isSelected: (path: string) => boolean;
  readonly #job: Job;

  /** @param files all files of the repository, sorted */
  constructor(repository: Repository, job: Job, files: readonly string[], found: ScanResult) {
    this.top = repository.top;
    this.#job = job;
    this.scan = found;
    this.disk = new DiskTree(repository.top, files, found);
    this.overlay = new Overlay(this.disk);
    this.guard = repository.git ? new GitGuard(repository.top, !job.gitignore) : undefined;
    this.isSelected = selectorOf(repository, job);
    this.roots = this.#rootsOf(repository, files);
  }

  /** A path of the repository for people: relative to the working directory. */
  show(path: string): string {
    return slashed(relative(this.#job.cwd, join(this.top, path))) || '.';
  }

  /** A path of the repository in a patch. */
  patchPath(path: string): string {
    return slashed(relative(this.#job.patchBase, join(this.top, path)));
  }

  #rootsOf(repository: Repository, files: readonly string[]): Root[] {
    const paths = charmRoots(files);
    const filesOf = new Map<string, string[]>(paths.map((path) => [path, []]));
    const charms = new Set<string>();
    for (const file of files) {
      const folder = parent(file);
      if (METADATA.some((name) => file === joined(folder, name))) charms.add(folder);
      if (!this.isSelected(file)) continue;
      let root = folder;
      while (!filesOf.has(root)) root = parent(root);
      filesOf.get(root)?.push(file);
    }
    const { literals, gate } = this.#job;
    const hits = new Set([...literals, ...gate].flatMap((one) => [...(this.scan.hits.get(one) ?? [])]));
    const isCandidate = (path: string) =>
      hits.has(path) || (!this.scan.absent.has(path) && gate.some((one) => path.includes(one)));
    return paths.map((path) => {
      const own = filesOf.get(path) ?? [];
      return {
        path,
        isCharm: charms.has(path),
        whole: isWhole(path, repository.selection),
        files: own,
        candidates: own.filter(isCandidate),
        acknowledging: own.filter((one) => this.scan.hits.get(MARKER)?.has(one)),
      };
    });
  }
}

export interface Opened {
  readonly repository: OpenRepository;
  /** All its files, sorted; symlinks among them. */
  readonly files: readonly string[];
  /** Repositories inside it. */
  readonly nested: readonly Repository[];
}

/**
 * Lists a repository's files and searches them for the literals of the run.
 *
 * @param listing its files, when they are known already
 * @throws GitError when git refuses to read the repository; the signal's reason when aborted
 */
export async function openRepository(repository: Repository, job: Job, listing?: Listing): Promise<Opened> {
  const { files, leftovers, nested, notices } = listing ?? (await listRepository(repository, job.gitignore));
  notices.forEach(job.notice);
  if (job.write) await removeLeftovers(repository, leftovers);
  const found = await search(repository.top, files, job);
  return { repository: new OpenRepository(repository, job, files, found), files, nested };
}

/** Most repositories of a fleet have nothing to migrate: one search for little tells. */
async function search(top: string, files: readonly string[], job: Job): Promise<ScanResult> {
  const first = await scan(top, files, [...new Set([...job.gate, MARKER])], job.signal);
  const open =
    job.gate.some((one) => first.hits.get(one)?.size) ||
    files.some((path) => job.gate.some((one) => path.includes(one)));
  if (!open) return first;
  const rest = [...new Set([...job.literals, FACT_LITERAL])].filter((one) => !first.hits.has(one));
  return merge(first, await scan(top, files, rest, job.signal));
}

function selectorOf(repository: Repository, job: Job): (path: string) => boolean {
  const inside = selector(repository.selection);
  if (job.ignore.length === 0) return inside;
  const patterns = createIgnore({ ignorecase: false, allowRelativePaths: true }).add([...job.ignore]);
  const prefix = slashed(relative(job.cwd, repository.top));
  return (path) =>
    inside(path) &&
    !patterns.ignores(path) &&
    !(prefix !== '' && patterns.ignores(slashed(relative(job.cwd, join(repository.top, path)))));
}
