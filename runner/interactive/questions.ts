/** What `--interactive` asks about one charm: each change that can be left out by itself. */

import { type Unit, unitsOf } from '../report/fixes.js';
import type { CharmOutcome, FileOutcome, FindingOutcome } from '../result.js';

export interface Question {
  /** Rejecting these groups leaves the change out. */
  readonly groups: readonly string[];
  /** Ids of the transforms. */
  readonly makers: readonly string[];
  /** The files that it touches; the first one is where it is asked. */
  readonly paths: readonly string[];
  readonly kind: 'edit' | 'create' | 'delete';
  /** The edits; for whole files undefined. */
  readonly unit?: Unit;
  /** Created or deleted files. */
  readonly files: readonly FileOutcome[];
  /** What the same transforms report about the same files. */
  readonly findings: readonly FindingOutcome[];
  /** The same change has the same signature in a later round. */
  readonly signature: string;
}

/** All questions of a charm in the order of its files; deletions last, as they are done last. */
export function questionsOf(charm: CharmOutcome, order: readonly string[]): Question[] {
  const edits = unitsOf(charm, order).map((unit): Question => {
    const paths = unit.files.map((file) => file.path);
    return {
      groups: unit.groups,
      makers: unit.makers,
      paths,
      kind: 'edit',
      unit,
      files: [],
      findings: findingsOf(charm, unit.makers, paths),
      signature: JSON.stringify([
        unit.groups,
        unit.files.map((file) => [file.path, file.changes.map(({ start, end, text }) => [start, end, text])]),
      ]),
    };
  });
  return [...edits, ...wholeFiles(charm, 'created'), ...wholeFiles(charm, 'deleted')];
}

/** Files that one transform creates, or deletes, are one question: half a library helps nobody. */
function wholeFiles(charm: CharmOutcome, status: 'created' | 'deleted'): Question[] {
  const byMaker = new Map<string, { groups: string[]; files: FileOutcome[] }>();
  for (const file of charm.files.filter((one) => one.status === status)) {
    const groups = groupsOf(charm, file, status);
    if (groups.length === 0) continue;
    const maker = file.transforms.at(-1) ?? '';
    const known = byMaker.get(maker) ?? { groups: [], files: [] };
    known.groups.push(...groups);
    known.files.push(file);
    byMaker.set(maker, known);
  }
  return [...byMaker].map(([maker, { groups, files }]) => {
    const paths = files.map((file) => file.path);
    return {
      groups,
      makers: [maker],
      paths,
      kind: status === 'created' ? 'create' : 'delete',
      files,
      findings: findingsOf(charm, [maker], paths),
      signature: JSON.stringify([status, maker, files.map((file) => [file.path, file.after])]),
    };
  });
}

/**
 * The groups that make or delete a whole file. Actions name files relative to the repository, outcomes relative to the
 * working directory, so one is the end of the other. A file that no action names (a copied library) cannot be rejected.
 */
function groupsOf(charm: CharmOutcome, file: FileOutcome, status: 'created' | 'deleted'): string[] {
  if (status === 'created')
    return [...new Set(file.steps.flatMap((step) => step.edits.map((edit) => edit.group)))];
  return charm.actions.flatMap((action) =>
    action.kind === 'delete' && sameEnd(action.path, file.path) ? [`${action.transform}:${action.path}`] : [],
  );
}

function sameEnd(a: string, b: string): boolean {
  return a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`);
}

function findingsOf(
  charm: CharmOutcome,
  makers: readonly string[],
  paths: readonly string[],
): FindingOutcome[] {
  return charm.findings.filter(
    (finding) =>
      finding.transform !== null &&
      makers.includes(finding.transform) &&
      finding.file !== null &&
      paths.includes(finding.file),
  );
}
