/**
 * Who made what: the edits of all steps of a file as one list of changes to its original text, and the hunks of its
 * patch with their makers.
 *
 * Steps work on each other's output, so an edit of a later step may replace what an earlier one inserted. Such a change
 * has several makers; makers are therefore always a set.
 */
import { diffLines, parsePatch } from 'diff';
import type { Range } from '../../transforms/kit/edits.js';
import type { FileOutcome, Step } from '../result.js';

/** One replacement in the original text. All changes of a file applied to `before` give `after`. */
export interface Change extends Range {
  readonly text: string;
  /** The groups of the edits that made it; a group starts with its transform's id and a colon, or is shared (`/name`). */
  readonly groups: ReadonlySet<string>;
}

export interface HunkLine {
  readonly kind: ' ' | '+' | '-';
  /** Without its newline; a carriage return stays. */
  readonly text: string;
  /** Line numbers from 1; null on the side where the line does not exist. */
  readonly oldLine: number | null;
  readonly newLine: number | null;
  /** The file ends here without a newline. */
  readonly noNewline: boolean;
}

export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly HunkLine[];
  /** Ids of the transforms, in the order in which they ran. */
  readonly makers: readonly string[];
}

type Piece =
  | { readonly kind: 'kept'; readonly start: number; readonly end: number }
  | { readonly kind: 'new'; readonly text: string; readonly groups: ReadonlySet<string> };

/** The ids of the transforms that own groups; a shared group (`/name`) stands beside one that names its maker. */
export function makersOf(groups: Iterable<string>): Set<string> {
  return new Set(
    [...groups].filter((group) => !group.startsWith('/')).map((group) => group.split(':')[0] ?? group),
  );
}

function groupsOf(step: Step, group: string): string[] {
  return group.startsWith('/') ? [group, `${step.transform}:${group}`] : [group];
}

/**
 * All steps of one file as changes to the text before the first of them: sorted, not touching each other, without those
 * that a later step took back.
 */
export function composeSteps(steps: readonly Step[]): Change[] {
  const before = steps[0]?.before ?? '';
  let pieces: Piece[] = [{ kind: 'kept', start: 0, end: before.length }];
  for (const step of steps) pieces = applyStep(pieces, step);
  return collect(before, pieces);
}

/** A large edit that keeps most of its lines counts only for those that differ. */
function refine(step: Step): { start: number; end: number; text: string; group: string }[] {
  return step.edits.flatMap((edit) => {
    const old = step.before.slice(edit.start, edit.end);
    if (!old.includes('\n') || edit.text === '') return [{ ...edit }];
    const out: { start: number; end: number; text: string; group: string }[] = [];
    let at = edit.start;
    let open: (typeof out)[number] | undefined;
    for (const part of diffLines(old, edit.text)) {
      if (!part.added && !part.removed) {
        at += part.value.length;
        open = undefined;
        continue;
      }
      if (!open) {
        open = { start: at, end: at, text: '', group: edit.group };
        out.push(open);
      }
      if (part.removed) {
        at += part.value.length;
        open.end = at;
      } else {
        open.text += part.value;
      }
    }
    return out;
  });
}

function lengthOf(piece: Piece): number {
  return piece.kind === 'kept' ? piece.end - piece.start : piece.text.length;
}

function slice(piece: Piece, from: number, to: number): Piece {
  return piece.kind === 'kept'
    ? { kind: 'kept', start: piece.start + from, end: piece.start + to }
    : { ...piece, text: piece.text.slice(from, to) };
}

function applyStep(pieces: readonly Piece[], step: Step): Piece[] {
  const out: Piece[] = [];
  const queue = [...pieces].reverse();
  let position = 0;
  /** Moves whole and part pieces up to an offset; gives the groups of what it passed. */
  const take = (until: number, keep: boolean): Set<string> => {
    const groups = new Set<string>();
    for (;;) {
      const piece = queue.at(-1);
      if (!piece) break;
      const length = lengthOf(piece);
      // An empty piece marks a deletion. It belongs to a replacement that starts or ends there.
      if (position >= until && !(length === 0 && !keep)) break;
      queue.pop();
      const taken = Math.min(length, until - position);
      if (taken < length) queue.push(slice(piece, taken, length));
      const part = slice(piece, 0, taken);
      if (keep) out.push(part);
      else if (part.kind === 'new') for (const group of part.groups) groups.add(group);
      position += taken;
    }
    return groups;
  };
  for (const edit of refine(step)) {
    take(edit.start, true);
    const groups = take(edit.end, false);
    out.push({ kind: 'new', text: edit.text, groups: new Set([...groups, ...groupsOf(step, edit.group)]) });
  }
  return [...out, ...queue.reverse()];
}

function collect(before: string, pieces: readonly Piece[]): Change[] {
  const changes: Change[] = [];
  let position = 0;
  let text = '';
  let groups = new Set<string>();
  const flush = (end: number) => {
    const change = trim(before, { start: position, end, text, groups });
    if (change) changes.push(change);
    text = '';
    groups = new Set();
  };
  for (const piece of pieces) {
    if (piece.kind === 'new') {
      text += piece.text;
      for (const group of piece.groups) groups.add(group);
    } else if (piece.end > piece.start) {
      if (piece.start > position || groups.size > 0) flush(piece.start);
      position = piece.end;
    }
  }
  if (before.length > position || groups.size > 0) flush(before.length);
  return changes;
}

function trim(before: string, change: Change): Change | undefined {
  let { start, end, text } = change;
  while (start < end && text !== '' && before[start] === text[0]) {
    start += 1;
    text = text.slice(1);
  }
  while (start < end && text !== '' && before[end - 1] === text.at(-1)) {
    end -= 1;
    text = text.slice(0, -1);
  }
  return start === end && text === '' ? undefined : { start, end, text, groups: change.groups };
}

/** The hunks of a file's patch. Without steps (a report read from JSON, a deleted file) all its transforms made them. */
export function hunksOf(file: Pick<FileOutcome, 'diff' | 'steps' | 'transforms'>): Hunk[] {
  const hunks = file.diff === '' ? [] : parsePatch(file.diff).flatMap((patch) => patch.hunks);
  const changes = composeSteps(file.steps);
  const spans = lineSpans(file.steps[0]?.before ?? '', changes);
  return hunks.map((hunk) => {
    const from = hunk.oldStart - 1;
    const to = from + hunk.oldLines;
    const inside = spans.filter((span) => span.last >= from && span.first <= to);
    // An inserted line that repeats its neighbour may be shown elsewhere than it was made: then the nearest one counts.
    const near = inside.length > 0 ? inside : nearest(spans, from);
    const groups = new Set(near.flatMap((span) => [...span.groups]));
    const makers = makersOf(groups);
    const ordered = file.transforms.filter((id) => makers.has(id));
    return {
      oldStart: hunk.oldStart,
      oldLines: hunk.oldLines,
      newStart: hunk.newStart,
      newLines: hunk.newLines,
      lines: numbered(hunk),
      makers: ordered.length > 0 ? ordered : makers.size > 0 ? [...makers] : [...file.transforms],
    };
  });
}

interface Span {
  /** Lines from 0. */
  readonly first: number;
  readonly last: number;
  readonly groups: ReadonlySet<string>;
}

function lineSpans(text: string, changes: readonly Change[]): Span[] {
  let line = 0;
  let position = 0;
  const lineAt = (offset: number) => {
    for (let at = text.indexOf('\n', position); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
      line += 1;
      position = at + 1;
    }
    return line;
  };
  return changes.map((change) => ({
    first: lineAt(change.start),
    last: lineAt(change.end),
    groups: change.groups,
  }));
}

function nearest(spans: readonly Span[], line: number): Span[] {
  const best = [...spans].sort((a, b) => Math.abs(a.first - line) - Math.abs(b.first - line))[0];
  return best ? [best] : [];
}

function numbered(hunk: { oldStart: number; newStart: number; lines: readonly string[] }): HunkLine[] {
  let oldLine = hunk.oldStart;
  let newLine = hunk.newStart;
  const out: HunkLine[] = [];
  for (const raw of hunk.lines) {
    const kind = raw[0];
    if (kind === '\\') {
      const last = out.pop();
      if (last) out.push({ ...last, noNewline: true });
      continue;
    }
    if (kind !== ' ' && kind !== '+' && kind !== '-') continue;
    out.push({
      kind,
      text: raw.slice(1),
      oldLine: kind === '+' ? null : oldLine,
      newLine: kind === '-' ? null : newLine,
      noNewline: false,
    });
    if (kind !== '+') oldLine += 1;
    if (kind !== '-') newLine += 1;
  }
  return out;
}

/** Lines added and removed by a file's patch. */
export function countLines(hunks: readonly Hunk[]): { added: number; removed: number } {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return {
    added: lines.filter((line) => line.kind === '+').length,
    removed: lines.filter((line) => line.kind === '-').length,
  };
}
