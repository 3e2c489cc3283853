/** From a draft to what a run tells of a charm. */
import type { PipelineResult } from '../transforms/kit/apply.js';
import type { Draft } from './draft.js';
import { findingOutcome } from './findings.js';
import { afterFetching, type Fetched } from './libs.js';
import { gitPatch } from './patch.js';
import type { OpenRepository } from './repository.js';
import type { CharmOutcome, FileOutcome, FileStatus, FindingOutcome } from './result.js';

/** How the files are on disk after a charm was worked on. */
export type Written =
  | { readonly state: 'dry' }
  | { readonly state: 'written'; readonly fetched: Fetched | undefined }
  /** Nothing was written: why, and for the files that are to blame the reason of each. */
  | { readonly state: 'failed'; readonly why: string; readonly files: ReadonlyMap<string, string> };

/**
 * @param base what is known without the steps
 */
export function charmOutcome(
  base: CharmOutcome,
  draft: Draft,
  written: Written,
  repository: OpenRepository,
): CharmOutcome {
  const { result, changes } = draft;
  const path = (one: string) => repository.show(one);
  const onDisk = new Map(
    changes.map(({ path, before, after }) => [path, written.state === 'written' ? after : before]),
  );
  const textOf = (one: string) => (onDisk.has(one) ? (onDisk.get(one) ?? undefined) : draft.unchanged(one));
  const fetched = (written.state === 'written' ? written.fetched : undefined) ?? draft.fetched;
  const located = fetched ? afterFetching(draft.findings, result.actions, fetched) : draft.findings;
  const findings = located.map((finding) => {
    const range = written.state === 'written' ? finding.rangeAfter : finding.rangeBefore;
    const text = finding.file === null ? undefined : textOf(finding.file);
    return findingOutcome(finding, { charm: base.root, path }, text, range);
  });
  return {
    ...base,
    name: draft.name,
    files: [...base.files, ...changedFiles(base.root, draft, written, repository)].sort((a, b) =>
      a.path < b.path ? -1 : 1,
    ),
    findings: [...base.findings, ...findings].sort(byPlace),
    actions: result.actions,
    failed: written.state === 'failed' ? written.why : null,
  };
}

function changedFiles(
  charm: string,
  draft: Draft,
  written: Written,
  repository: OpenRepository,
): FileOutcome[] {
  const { result, changes, executable } = draft;
  const threw = new Map(
    result.failures.flatMap(({ transform, path, message }) =>
      path === null ? [] : [[path, `transform '${transform}' failed: ${message}`] as const],
    ),
  );
  const changed = changes.map(({ path, before, after }): FileOutcome => {
    const steps = result.steps.filter((step) => step.path === path);
    const error =
      written.state === 'failed'
        ? (written.files.get(path) ?? 'not written, because another file of the charm cannot be')
        : (threw.get(path) ?? null);
    const status: FileStatus = before === null ? 'created' : after === null ? 'deleted' : 'modified';
    const patch = { path: repository.patchPath(path), before, after, executable: executable.has(path) };
    return {
      charm,
      path: repository.show(path),
      status: written.state === 'failed' ? 'failed' : status,
      transforms: [...new Set([...steps.map((step) => step.transform), ...deleters(result, path)])],
      diff: written.state === 'failed' ? '' : gitPatch(patch),
      error,
      before,
      after,
      steps: steps.map(({ path: _, ...step }) => step),
    };
  });
  const others = [...threw].filter(([path]) => !changes.some((change) => change.path === path));
  return [
    ...changed,
    ...others.map(([path, error]) =>
      failedFile(charm, repository.show(path), error, draft.unchanged(path) ?? null),
    ),
  ];
}

/** The outcome of a charm or repository that could not be worked on at all. */
export function failedCharm(root: string, why: string): CharmOutcome {
  return { root, name: null, scanned: 0, candidates: 0, files: [], findings: [], actions: [], failed: why };
}

/** A file that stays as it is because something went wrong. */
export function failedFile(charm: string, path: string, error: string, text: string | null): FileOutcome {
  return {
    charm,
    path,
    status: 'failed',
    transforms: [],
    diff: '',
    error,
    before: text,
    after: text,
    steps: [],
  };
}

function deleters(result: PipelineResult, path: string): string[] {
  return result.actions.flatMap((action) =>
    action.kind === 'delete' && action.path === path ? [action.transform] : [],
  );
}

function byPlace(a: FindingOutcome, b: FindingOutcome): number {
  if (a.file !== b.file) return (a.file ?? '') < (b.file ?? '') ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
