/**
 * Safe writes: each file atomically, all files of a charm or none, edits before deletions.
 *
 * A killed run leaves every file old or new, and is finished by running it again.
 */
import { constants } from 'node:fs';
import { access, lstat, mkdir, readFile, realpath, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeAtomic } from './atomic.js';
import { codeOf, plainError } from './errors.js';

/** What becomes of one file. Paths are relative to the top, `/` as separator; null: the file does not exist. */
export interface Change {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface WriteFailure {
  readonly path: string;
  readonly message: string;
}

/** The operations that can fail; tests put in ones that do. */
export interface WriteIo {
  write(path: string, text: string, mode?: number): Promise<void>;
  remove(path: string): Promise<void>;
}

const diskIo: WriteIo = { write: writeAtomic, remove: unlink };

/**
 * Writes the changes of one charm.
 *
 * @param top absolute, without symlinks; nothing outside is touched
 * @returns what went wrong: empty when all is written; otherwise nothing is, but for files that are named with
 *   'could not be put back'
 */
export async function writeChanges(
  top: string,
  changes: readonly Change[],
  io: WriteIo = diskIo,
): Promise<readonly WriteFailure[]> {
  const failures: WriteFailure[] = [];
  for (const change of changes) {
    const message = await obstacle(top, change);
    if (message !== undefined) failures.push({ path: change.path, message });
  }
  if (failures.length > 0) return failures;

  const undo: { readonly path: string; readonly run: () => Promise<void> }[] = [];
  const ordered = [
    ...changes.filter((change) => change.after !== null),
    ...changes.filter((change) => change.after === null),
  ];
  for (const change of ordered) {
    const file = join(top, change.path);
    try {
      // The other files took their time: look again.
      const message = await obstacle(top, change);
      if (message !== undefined) throw new Error(message);
      const { before, after } = change;
      if (after === null) {
        const { mode } = await lstat(file);
        await io.remove(file);
        undo.push({ path: change.path, run: () => io.write(file, before ?? '', mode) });
      } else {
        const made = before === null ? await mkdir(dirname(file), { recursive: true }) : undefined;
        if (made !== undefined) undo.push({ path: change.path, run: () => unmake(dirname(file), made) });
        await io.write(file, after);
        const run = () => (before === null ? unlink(file) : io.write(file, before));
        undo.push({ path: change.path, run });
      }
    } catch (error) {
      failures.push({ path: change.path, message: plainError(error) });
      for (const { path, run } of undo.reverse()) {
        try {
          await run();
        } catch (problem) {
          failures.push({ path, message: `is written and could not be put back: ${plainError(problem)}` });
        }
      }
      return failures;
    }
  }
  for (const { path, after } of changes) if (after === null) await prune(top, dirname(path));
  return [];
}

/** Why a change cannot be made; undefined when nothing is in the way. */
async function obstacle(top: string, { path, before }: Change): Promise<string | undefined> {
  const file = join(top, path);
  try {
    const folder = await existing(dirname(file));
    if (!(await lstat(folder)).isDirectory()) return 'lies behind a file or symlink where a folder was';
    if (folder !== top && (await realpath(folder)) !== folder) return 'lies behind a symlinked folder';
    await access(folder, constants.W_OK | constants.X_OK).catch(() => {
      throw new Error('its folder cannot be written to');
    });
    const stats = await lstat(file).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (before === null) {
      return stats && 'would be created, but is there already (ignored by git, or not text)';
    }
    if (!stats) return 'vanished since it was read';
    if (stats.isSymbolicLink()) return 'became a symlink since it was read';
    if (stats.isDirectory()) return 'became a folder since it was read';
    if (!stats.isFile()) return 'is not a regular file any more';
    if ((stats.mode & 0o222) === 0) return 'is read-only';
    await access(file, constants.W_OK).catch(() => {
      throw new Error('cannot be written: permission denied');
    });
    if (!(await readFile(file)).equals(Buffer.from(before))) return 'changed since it was read';
    return undefined;
  } catch (error) {
    return plainError(error);
  }
}

/** The path itself, or the nearest one above it that exists. */
async function existing(folder: string): Promise<string> {
  try {
    await lstat(folder);
    return folder;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    return existing(dirname(folder));
  }
}

/** Removes the folders that were made for a file, from the innermost one up to the first that was made. */
async function unmake(innermost: string, first: string): Promise<void> {
  for (let folder = innermost; folder.length >= first.length; folder = dirname(folder)) await rmdir(folder);
}

/** Removes a folder and those above it as long as they are empty, as git does. */
async function prune(top: string, folder: string): Promise<void> {
  for (let at = folder; at !== '.'; at = dirname(at)) {
    try {
      await rmdir(join(top, at));
    } catch {
      return;
    }
  }
}
