/**
 * One file, replaced as a whole: a temporary file in the same folder, written to the end, synced, renamed.
 *
 * Our own, because write-file-atomic 7 takes a short write for a success: on a disk that fills up it renames a
 * truncated file into place and reports nothing. `FileHandle.writeFile` writes on until all is written or it fails.
 */
import { unlinkSync } from 'node:fs';
import { open, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from './errors.js';

const temporaries = new Set<string>();
let made = 0;

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
  made += 1;
  const temporary = join(dirname(path), `.tempo-codemods-${process.pid}-${made}`);
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
