/**
 * What `--interactive` asks about one charm: each edit group is one question, in all its files.
 *
 * A group is shown on the text that the steps before it left. Leaving out one that later steps built on changes what
 * those do; the runner runs them again, and what differs is asked again.
 */
import type { Edit } from '../../transforms/kit/edits.js';
import type { CharmOutcome, FileOutcome, FindingOutcome } from '../result.js';

/** The edits of a group in one file, by one step. */
export interface Part {
  readonly path: string;
  readonly before: string;
  readonly edits: readonly Edit[];
}

export interface Question {
  /** Rejecting these groups leaves the change out. */
  readonly groups: readonly string[];
  /** Ids of the transforms. */
  readonly makers: readonly string[];
  /** The files that it touches; the first one is where it is asked. */
  readonly paths: readonly string[];
  readonly kind: 'edit' | 'create' | 'delete';
  /** The edits; for whole files none. */
  readonly parts: readonly Part[];
  /** Created or deleted files. */
  readonly files: readonly FileOutcome[];
  /** What the same transforms report about the same files. */
  readonly findings: readonly FindingOutcome[];
  /** The same change has the same signature in a later round. */
  readonly signature: string;
}

/** All questions of a charm in the order of its files, then of the steps; deletions last, as they are done last. */
export function questionsOf(charm: CharmOutcome): Question[] {
  const groups = new Map<string, { readonly parts: Part[]; readonly makers: Set<string> }>();
  for (const file of charm.files) {
    if (file.status !== 'modified') continue;
    for (const { transform, before, edits } of file.steps) {
      for (const group of new Set(edits.map((edit) => edit.group))) {
        const part = { path: file.path, before, edits: edits.filter((edit) => edit.group === group) };
        const known = groups.get(group) ?? { parts: [], makers: new Set() };
        known.parts.push(part);
        known.makers.add(transform);
        groups.set(group, known);
      }
    }
  }
  const edits = [...groups].map(([group, known]): Question => {
    const { parts } = known;
    const makers = [...known.makers];
    const paths = [...new Set(parts.map((part) => part.path))];
    return {
      groups: [group],
      makers,
      paths,
      kind: 'edit',
      parts,
      files: [],
      findings: findingsOf(charm, makers, paths),
      // Texts and not offsets: leaving out an edit above moves those below.
      signature: JSON.stringify([
        group,
        parts.map(({ path, before, edits }) => [
          path,
          edits.map((edit) => [before.slice(edit.start, edit.end), edit.text]),
        ]),
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
      parts: [],
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
