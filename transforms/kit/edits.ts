/**
 * Text edits. We splice the original string ourselves: ast-grep's `commitEdits` loses leading blank lines and a BOM,
 * aborts on an edit in front of the first token, and drops overlapping edits without a word (ANCHORS 5.3).
 */

/** A half-open range of UTF-16 offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** One replacement. An insertion has `start === end`. */
export interface Edit extends Range {
  readonly text: string;
  /** Who makes it: edits of one group are applied, rolled back or rejected together, across files. */
  readonly group: string;
}

/** Two edits of different owners want the same text. */
export class OverlapError extends Error {
  constructor(
    readonly first: Edit,
    readonly second: Edit,
  ) {
    super(
      `edits overlap: '${first.group}' at ${first.start}-${first.end} and '${second.group}' at ${second.start}-${second.end}`,
    );
    this.name = 'OverlapError';
  }
}

/**
 * Sorts edits by place, keeps the order of insertions at one point, and drops exact repetitions: of a replacement by
 * anyone, of an insertion by another group (two groups that each need the same import).
 *
 * @throws RangeError for a range outside the source, OverlapError when two edits want the same text
 */
export function normalizeEdits(source: string, edits: readonly Edit[]): Edit[] {
  const sorted = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index)
    .map(({ edit }) => edit);
  const out: Edit[] = [];
  for (const edit of sorted) {
    if (!(edit.start >= 0 && edit.start <= edit.end && edit.end <= source.length)) {
      throw new RangeError(
        `edit of '${edit.group}' is out of range: ${edit.start}-${edit.end} of ${source.length}`,
      );
    }
    const last = out.at(-1);
    if (last !== undefined && edit.start < last.end) {
      if (same(last, edit)) continue;
      if (last.text === '' && edit.text === '' && last.group === edit.group) {
        // Two removals of one owner may both claim the blank lines between them.
        out[out.length - 1] = { ...last, end: Math.max(last.end, edit.end) };
        continue;
      }
      throw new OverlapError(last, edit);
    }
    if (edit.start === edit.end && repeats(out, edit)) continue;
    out.push(edit);
  }
  return out;
}

/** Whether another group makes the same insertion already. */
function repeats(sorted: readonly Edit[], insertion: Edit): boolean {
  for (let at = sorted.length - 1; at >= 0; at -= 1) {
    const other = sorted[at];
    if (!other || other.start !== insertion.start) return false;
    if (other.group !== insertion.group && same(other, insertion)) return true;
  }
  return false;
}

function same(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}

/**
 * Applies edits to a source text.
 *
 * @returns the new text; text outside the edits is kept byte for byte
 * @throws RangeError, OverlapError: see {@link normalizeEdits}
 */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let out = '';
  let position = 0;
  for (const edit of normalizeEdits(source, edits)) {
    out += source.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return out + source.slice(position);
}

/** Where an offset of the old text lies in the new one; inside a replaced range: the start of its replacement. */
export function mapForward(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const edit of edits) {
    if (edit.end > offset) return Math.min(edit.start, offset) + shift;
    shift += edit.text.length - (edit.end - edit.start);
  }
  return offset + shift;
}

/** Where an offset of the new text lay in the old one; inside a replacement: the start of the replaced range. */
export function mapBack(edits: readonly Edit[], offset: number): number {
  return mapForward(inverse(edits), offset);
}

/** Where a range of the old text lies in the new one: grown to whole replacements, without what is inserted around it. */
export function mapRangeForward(edits: readonly Edit[], range: Range): Range {
  const start = mapForward(edits, range.start);
  let shift = 0;
  let end = range.end;
  for (const edit of edits) {
    if (edit.start >= range.end) break;
    shift += edit.text.length - (edit.end - edit.start);
    end = Math.max(end, edit.end);
  }
  return { start, end: Math.max(start, end + shift) };
}

/** Where a range of the new text lay in the old one. */
export function mapRangeBack(edits: readonly Edit[], range: Range): Range {
  return mapRangeForward(inverse(edits), range);
}

/** Edits that lead from the new text to the old one, as far as places go. */
function inverse(edits: readonly Edit[]): Edit[] {
  let shift = 0;
  return edits.map(({ start, end, text, group }) => {
    const at = start + shift;
    shift += text.length - (end - start);
    // Only its length counts.
    return { start: at, end: at + text.length, text: ' '.repeat(end - start), group };
  });
}

/** The groups whose edits touch a range. */
export function groupsIn(edits: readonly Edit[], range: Range): Set<string> {
  return new Set(
    edits.filter((edit) => edit.start <= range.end && edit.end >= range.start).map((edit) => edit.group),
  );
}

/** Line and column, both from 1, of an offset; columns count UTF-16 units. */
export function position(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}
