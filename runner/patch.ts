/** Git patches of text files: what `git apply` and GNU `patch` turn into the same bytes that a write gives. */
import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatch, structuredPatch } from 'diff';

export interface PatchInput {
  /** Relative to the folder in which the patch is applied, `/` as separator. */
  readonly path: string;
  /** null: the file does not exist. */
  readonly before: string | null;
  readonly after: string | null;
  /** The file is executable; default false. Only new and deleted files say so. */
  readonly executable?: boolean;
}

const CONTEXT = 3;
/** Beyond this many changed lines a minimal diff takes too long; the changed part is then replaced as a whole. */
const MAX_EDITS = 5000;

/** @returns a patch with git's headers; empty when nothing differs */
export function gitPatch({ path, before, after, executable = false }: PatchInput): string {
  if (before === after) return '';
  const patch = compare(path, before ?? '', after ?? '');
  const mode = executable ? '100755' : '100644';
  return formatPatch(
    [
      {
        ...patch,
        oldFileName: before === null ? '/dev/null' : `a/${path}`,
        newFileName: after === null ? '/dev/null' : `b/${path}`,
        isGit: true,
        ...(before === null ? { isCreate: true, newMode: mode } : {}),
        ...(after === null ? { isDelete: true, oldMode: mode } : {}),
      },
    ],
    FILE_HEADERS_ONLY,
  );
}

function compare(path: string, before: string, after: string): StructuredPatch {
  const options = { context: CONTEXT };
  const minimal = structuredPatch(path, path, before, after, undefined, undefined, {
    ...options,
    maxEditLength: MAX_EDITS,
  });
  return minimal ?? replaceAll(path, before, after);
}

/** One hunk that removes all old lines and adds all new ones: never minimal, always right. */
function replaceAll(path: string, before: string, after: string): StructuredPatch {
  const removed = structuredPatch(path, path, before, '', undefined, undefined, { context: 0 }).hunks[0];
  const added = structuredPatch(path, path, '', after, undefined, undefined, { context: 0 }).hunks[0];
  return {
    oldFileName: path,
    newFileName: path,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: [
      {
        oldStart: 1,
        oldLines: removed?.oldLines ?? 0,
        newStart: 1,
        newLines: added?.newLines ?? 0,
        lines: [...(removed?.lines ?? []), ...(added?.lines ?? [])],
      },
    ],
  };
}
