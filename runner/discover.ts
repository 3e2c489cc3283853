/** From what was named on the command line to repositories, their files and their charm roots. */
import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { isTemporary } from './atomic.js';
import { codeOf, plainError } from './errors.js';
import { isForeign } from './foreign.js';
import { GitError, gitTop, listFiles } from './git.js';
import { isInside, joined, parent, slashed } from './paths.js';
import { walk } from './walk.js';

/** What was selected of a repository; paths relative to its top, '' for the top itself. */
export interface Selection {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** A repository to look at. Plain data, so that it can be sent to another process. */
export interface Repository {
  /** Absolute, without symlinks. */
  readonly top: string;
  readonly git: boolean;
  readonly selection: Selection;
}

export interface Discovery {
  /** Sorted by path. */
  readonly repositories: readonly Repository[];
  /** Paths that cannot be worked on, one line each. */
  readonly problems: readonly string[];
}

/**
 * Finds the repositories behind paths and globs. A path inside git belongs to its work tree; outside git, to the
 * innermost charm above it, else to itself.
 *
 * @param paths files, folders or globs, relative to `cwd`
 */
export async function discover(paths: readonly string[], cwd: string): Promise<Discovery> {
  const problems: string[] = [];
  const found = new Map<string, { git: boolean; folders: Set<string>; files: Set<string> }>();
  for (const path of paths) {
    const targets = await expand(path, cwd);
    if (targets.length === 0) problems.push(`${path}: no such file or folder, and no glob that matches one`);
    for (const target of targets) {
      const place = locate(target, cwd);
      if (typeof place === 'string') {
        problems.push(place);
        continue;
      }
      const { top, git } = place;
      const selected = found.get(top) ?? { git, folders: new Set(), files: new Set() };
      found.set(top, selected);
      (place.folder ? selected.folders : selected.files).add(slashed(relative(top, place.real)));
    }
  }
  // Outside git a named folder may hold another one that was named too: one repository, or it would run twice.
  for (const [top, inner] of found) {
    const outer = [...found.keys()].find((other) => other !== top && isInside(top, other));
    if (inner.git || outer === undefined || found.get(outer)?.git !== false) continue;
    const prefix = slashed(relative(outer, top));
    for (const folder of inner.folders) found.get(outer)?.folders.add(joined(prefix, folder));
    for (const file of inner.files) found.get(outer)?.files.add(joined(prefix, file));
    found.delete(top);
  }
  const repositories = [...found]
    .map(
      ([top, { git, folders, files }]): Repository => ({
        top,
        git,
        selection: { folders: [...folders].sort(), files: [...files].sort() },
      }),
    )
    .sort((a, b) => (a.top < b.top ? -1 : 1));
  return { repositories, problems };
}

async function expand(path: string, cwd: string): Promise<string[]> {
  // A file may have brackets in its name, so what exists is no glob.
  if (lexists(resolve(cwd, path))) return [resolve(cwd, path)];
  if (!isDynamicPattern(path)) return [];
  const matches = await glob(path, {
    cwd,
    absolute: true,
    dot: true,
    onlyFiles: false,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore: ['**/.git', '**/node_modules'],
  });
  return matches.map((match) => resolve(match)).sort();
}

function locate(
  target: string,
  cwd: string,
): { top: string; git: boolean; real: string; folder: boolean } | string {
  const shown = slashed(relative(cwd, target)) || '.';
  try {
    const real = realpathSync(target);
    const stats = statSync(real);
    if (!stats.isDirectory() && !stats.isFile()) return `${shown}: neither a file nor a folder`;
    const folder = stats.isDirectory();
    const place = topOf(folder ? real : dirname(real));
    if (!folder && lstatSync(target).isSymbolicLink()) {
      const link = join(realpathSync(dirname(target)), basename(target));
      if (!isInside(link, place.top)) {
        return `${shown}: a symlink that leads outside its repository is not followed; name its target instead`;
      }
    }
    return { ...place, real, folder };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return `${shown}: a symlink that leads nowhere`;
    return `${shown}: ${plainError(error)}`;
  }
}

function topOf(folder: string): { top: string; git: boolean } {
  const top = gitTop(folder);
  if (top !== undefined) return { top, git: true };
  for (let at = folder; ; at = dirname(at)) {
    if (METADATA.some((name) => existsSync(join(at, name)))) return { top: at, git: false };
    if (dirname(at) === at) return { top: folder, git: false };
  }
}

/** A folder with one of these is a charm. */
export const METADATA = ['charmcraft.yaml', 'metadata.yaml'];

export interface Listing {
  /** Files that are tracked or not ignored, sorted; symlinks among them. */
  readonly files: readonly string[];
  /** Temporary files of runs, selected ones: of one that was killed, or of one that is at work. */
  readonly leftovers: readonly string[];
  /** Repositories inside this one, which are worked on by themselves. */
  readonly nested: readonly Repository[];
  /** Lines for people. */
  readonly notices: readonly string[];
}

/**
 * Lists the files of a repository.
 *
 * @param useIgnoreFiles false: everything but `.git`
 * @throws GitError when git is there but does not want to read the repository
 */
export async function listRepository(repository: Repository, useIgnoreFiles: boolean): Promise<Listing> {
  const { top } = repository;
  const notices: string[] = [];
  let files: string[];
  let nested: string[];
  let found: string[] | undefined;
  if (repository.git && useIgnoreFiles) {
    try {
      found = await listFiles(top, (line) => notices.push(`${top}: ${line}`));
    } catch (error) {
      const usable =
        error instanceof GitError && (error.kind === 'missing' || error.kind === 'not-a-repository');
      if (!usable) throw error;
      notices.push(`${top}: ${error.message}; its ignore files are read without git`);
    }
  }
  if (found) {
    const seen = new Set(found.filter((path) => !isForeign(path)));
    nested = [...seen].filter((path) => path.endsWith('/')).map((path) => path.slice(0, -1));
    files = [...seen].filter((path) => !path.endsWith('/'));
  } else {
    const walked = walk(top, useIgnoreFiles, repository.git ? top : undefined);
    ({ files, nested } = walked);
    for (const { path, reason } of walked.unreadable) notices.push(`${join(top, path)}: ${reason}`);
  }
  const inside = selector(repository.selection);
  return {
    files: files.filter((path) => !isTemporary(path)).sort(),
    leftovers: files.filter((path) => isTemporary(path) && inside(path)),
    nested: nested
      .filter(inside)
      .sort()
      .map((path) => ({
        top: join(top, path),
        git: true,
        selection: { folders: [''], files: [] },
      })),
    notices,
  };
}

/** Charm roots of a repository: nested ones before those that hold them, the repository's own ('') last. */
export function charmRoots(files: readonly string[]): string[] {
  const roots = new Set(
    files.filter((path) => METADATA.includes(basename(path))).map((path) => parent(path)),
  );
  roots.add('');
  return [...roots].sort(postOrder);
}

function postOrder(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  const left = a.split('/');
  const right = b.split('/');
  const at = left.findIndex((segment, index) => segment !== right[index]);
  if (at === -1) return right.length - left.length;
  if (right[at] === undefined) return -1;
  return (left[at] ?? '') < (right[at] ?? '') ? -1 : 1;
}

/** Whether a path of the repository was selected. */
export function selector(selection: Selection): (path: string) => boolean {
  if (selection.folders.includes('')) return () => true;
  const files = new Set(selection.files);
  const prefixes = selection.folders.map((folder) => `${folder}/`);
  return (path) => files.has(path) || prefixes.some((prefix) => `${path}/`.startsWith(prefix));
}

/** Whether a charm root was selected as a whole. */
export function isWhole(root: string, selection: Selection): boolean {
  return selection.folders.some((folder) => folder === '' || `${root}/`.startsWith(`${folder}/`));
}

function lexists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    // What is there but cannot be looked at is reported later, with its reason.
    return codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR';
  }
}
