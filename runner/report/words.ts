/** Small words that several reports share. */
import type { FindingOutcome, RunOutcome, Summary } from '../result.js';

/** `1 file`, `2 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** All findings, worst first, then by place. */
export function sortedFindings(outcome: Pick<RunOutcome, 'charms'>): FindingOutcome[] {
  const rank = { error: 0, warning: 1, info: 2 };
  return outcome.charms
    .flatMap((charm) => charm.findings)
    .sort(
      (a, b) =>
        rank[a.severity] - rank[b.severity] ||
        compare(a.file ?? '', b.file ?? '') ||
        (a.line ?? 0) - (b.line ?? 0) ||
        compare(a.id, b.id),
    );
}

/** By code unit: the same order on every machine, unlike `localeCompare`. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `src/charm.py:12:5`, as editors and terminals make it a link; empty without a place. */
export function placeOf(finding: FindingOutcome): string {
  if (finding.file === null) return finding.charm === '.' ? '' : finding.charm;
  if (finding.line === null) return finding.file;
  return `${finding.file}:${finding.line}${finding.column === null ? '' : `:${finding.column}`}`;
}

/** What a run did to files, in words: `4 modified, 2 deleted`. */
export function filesInWords(summary: Summary): string {
  const parts = [
    [summary.changed, 'modified'],
    [summary.created, 'created'],
    [summary.deleted, 'deleted'],
    [summary.failed, 'failed'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return said.length > 0 ? said.join(', ') : 'nothing to change';
}

/** `1 error, 2 warnings, 1 next step`; findings of severity `info` are next steps. */
export function findingsInWords(findings: Summary['findings']): string {
  const parts = [
    findings.error > 0 ? count(findings.error, 'error') : '',
    findings.warning > 0 ? count(findings.warning, 'warning') : '',
    findings.info > 0 ? count(findings.info, 'next step') : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(', ') : 'nothing left to do';
}

/** `Map.groupBy`, which Node 20 lacks. */
export function groupBy<K, V>(values: readonly V[], key: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}
