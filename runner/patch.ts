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

type Hunk = StructuredPatch['hunks'][number];

const CONTEXT = 3;
/** Beyond this many changed lines a minimal diff takes seconds; the file is then replaced as a whole. */
const MAX_EDITS = 1500;

/** @returns a patch with git's headers; empty when nothing differs */
export function gitPatch({ path, before, after, executable = false }: PatchInput): string {
  if (before === after) return '';
  const mode = executable ? '100755' : '100644';
  const patch = formatPatch(
    {
      oldFileName: before === null ? '/dev/null' : `a/${path}`,
      newFileName: after === null ? '/dev/null' : `b/${path}`,
      oldHeader: undefined,
      newHeader: undefined,
      hunks: before === null || after === null ? wholeFile(before, after) : changedLines(before, after),
      isGit: true,
      ...(before === null ? { isCreate: true, newMode: mode } : {}),
      ...(after === null ? { isDelete: true, oldMode: mode } : {}),
    },
    FILE_HEADERS_ONLY,
  );
  // GNU patch asks before it deletes an empty file, unless the patch says that empty is what it was.
  if (before === '' && after === null) return `${patch}index e69de29..0000000\n`;
  return path.includes(' ') ? endNames(patch) : patch;
}

function changedLines(before: string, after: string): Hunk[] {
  const options = { context: CONTEXT, maxEditLength: MAX_EDITS };
  return (
    structuredPatch('', '', before, after, undefined, undefined, options)?.hunks ?? wholeFile(before, after)
  );
}

/** One hunk that removes all old lines and adds all new ones; none when there are no lines. */
function wholeFile(before: string | null, after: string | null): Hunk[] {
  const removed = signed('-', before ?? '');
  const added = signed('+', after ?? '');
  if (removed.count + added.count === 0) return [];
  return [
    {
      oldStart: 1,
      oldLines: removed.count,
      newStart: 1,
      newLines: added.count,
      lines: [...removed.lines, ...added.lines],
    },
  ];
}

function signed(sign: '-' | '+', text: string): { count: number; lines: string[] } {
  const lines = text.split('\n');
  const complete = lines.at(-1) === '';
  if (complete) lines.pop();
  const out = lines.map((line) => sign + line);
  return { count: out.length, lines: complete ? out : [...out, '\\ No newline at end of file'] };
}

/**
 * GNU patch takes a name up to the first space, unless a tab ends it (as git writes it), and drops a space at its end,
 * unless the name is in quotes (where git's own patches fail).
 */
function endNames(patch: string): string {
  const end = patch.indexOf('\n@@ ');
  if (end === -1) return patch;
  const head = patch
    .slice(0, end)
    .replace(/^(---|\+\+\+) ([ab]\/.*)$/gm, (line, sign: string, name: string) =>
      name.endsWith(' ') ? `${sign} "${name}"` : name.includes(' ') ? `${line}\t` : line,
    );
  return head + patch.slice(end);
}
