/**
 * One file, replaced as a whole: a temporary file in the same folder, written to the end, synced, renamed.
 *
 * Our own, because write-file-atomic 7 takes a short write for a success: on a disk that fills up it renames a
 * truncated file into place and reports nothing. `FileHandle.writeFile` writes on until all is written or it fails.
 */
import { randomBytes } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { open, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from './errors.js';

const temporaries = new Set<string>();

/** The name says whose it is; the random part, that no leftover and nobody's file has it already. */
const temporaryName = () => `.tempo-codemods-${process.pid}-${randomBytes(6).toString('hex')}`;
const TEMPORARY = /(?:^|\/)\.tempo-codemods-(\d{1,10})-[0-9a-f]{12}$/;

/** Whether a path is that of a temporary file, of this process or of another one. */
export function isTemporary(path: string): boolean {
  return TEMPORARY.test(path);
}

/** Whether the process that made a temporary file is gone, so that nobody will finish it. */
export function isAbandoned(temporary: string): boolean {
  const maker = Number(TEMPORARY.exec(temporary)?.[1]);
  if (maker === process.pid) return !temporaries.has(temporary);
  try {
    process.kill(maker, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

/**
 * Writes a file; its mode and, where the system allows, its owner stay as they are. Through a symlink at the path it
 * does not write: the link is replaced.
 *
 * @param mode the mode of a file that is not there yet; default: what the umask leaves of 0o666
 * @throws Error of the system; the old file is then untouched
 */
export async function writeAtomic(path: string, text: string, mode?: number): Promise<void> {
  const old = await stat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  const wanted = old?.mode ?? mode;
  const temporary = join(dirname(path), temporaryName());
  const file = await open(temporary, 'wx', wanted);
  temporaries.add(temporary);
  try {
    try {
      await file.writeFile(text);
      // The owner first: giving a file away takes its special bits.
      if (old) await file.chown(old.uid, old.gid).catch(ignoreDenied);
      if (wanted !== undefined) await file.chmod(wanted & 0o7777).catch(ignoreDenied);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  } finally {
    temporaries.delete(temporary);
  }
}

/** Only root may give files away, and some file systems know no owners. */
function ignoreDenied(error: unknown): void {
  if (!['EPERM', 'EINVAL', 'ENOSYS', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error;
}

/** Removes what unfinished writes would leave behind, for a process that ends at once. */
export function removeTemporaries(): void {
  for (const temporary of temporaries) {
    try {
      unlinkSync(temporary);
    } catch {
      // It was renamed a moment ago.
    }
  }
}
