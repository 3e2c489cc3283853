/** Errors in plain words. */

/** The command line, the configuration or a library call asks for something that cannot be: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOENT: 'no such file',
  EISDIR: 'is a directory',
  ENOTDIR: 'a folder of its path is a file',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many open files (see `ulimit -n`)',
  ENFILE: 'too many open files on this machine',
  EIO: 'the disk reports an input/output error',
  ELOOP: 'is a symlink, or its symlinks go round in a circle',
  EFBIG: 'larger than the file size limit (see `ulimit -f`)',
  ENAMETOOLONG: 'the name is too long',
  ENOTEMPTY: 'the folder is not empty',
  EBUSY: 'is in use',
};

/** The system's code of an error (`ENOENT`), undefined for other errors. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** An error as a phrase for people, without the stack and the system call. */
export function plainError(error: unknown): string {
  const code = codeOf(error);
  const words = code === undefined ? undefined : WORDS[code];
  if (words !== undefined) return words;
  // Errors of other realms (jest, native modules) are not `instanceof Error`, but they have a message.
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}
