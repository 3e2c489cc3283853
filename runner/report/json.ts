/** `--format json`, schema version 1 (DESIGN 4). */
import type { RunOutcome } from '../result.js';
import { type Format, wholeReport } from './reporter.js';

export const json: Format = wholeReport(
  (outcome, { version }) => `${escaped(jsonReport(outcome, version))}\n`,
);

/** The report as plain data. */
export function jsonReport(outcome: RunOutcome, version: string): object {
  return {
    schemaVersion: 1,
    tool: { name: 'tempo-codemods', version },
    preset: outcome.presets.length > 0 ? outcome.presets.join(',') : null,
    transforms: outcome.transforms.map((transform) => transform.id),
    written: outcome.written,
    summary: outcome.summary,
    files: outcome.charms.flatMap((charm) =>
      charm.files.map(({ charm: root, path, status, transforms, diff, error }) => ({
        charm: root,
        path,
        status,
        transforms,
        diff,
        error,
      })),
    ),
    findings: outcome.charms.flatMap((charm) => charm.findings.map(({ excerpt: _, ...finding }) => finding)),
    failures: outcome.charms.flatMap(({ root, failed }) =>
      failed === null ? [] : [{ charm: root, error: failed }],
    ),
    problems: outcome.problems ?? [],
  };
}

/** `JSON.stringify` leaves DEL, C1 and the marks that reorder text as they are; a terminal would obey them. */
export function escaped(value: object): string {
  return JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
