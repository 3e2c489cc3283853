/** Findings as people and tools get them: with the place in the file as it is on disk after the run. */
import type { LocatedFinding } from '../transforms/kit/apply.js';
import { position, type Range } from '../transforms/kit/edits.js';
import { DOCS, type Finding, type Severity } from '../transforms/kit/transform.js';
import { excerptOf } from './report/frame.js';
import type { FindingOutcome } from './result.js';

/** Where a charm's files are, for people: relative to the working directory. */
export interface Shown {
  readonly charm: string;
  path(path: string): string;
}

/**
 * @param text the file's text on disk after the run; undefined when it is gone or unreadable
 * @param range the place in that text
 */
export function findingOutcome(
  finding: Finding,
  shown: Shown,
  text: string | undefined,
  range: Range | null,
): FindingOutcome {
  const place = text === undefined || range === null ? undefined : { text, range };
  const start = place && position(place.text, place.range.start);
  const end = place && position(place.text, place.range.end);
  return {
    id: finding.id,
    severity: finding.severity,
    transform: finding.transform,
    charm: shown.charm,
    file: finding.file === null ? null : shown.path(finding.file),
    line: start?.line ?? null,
    column: start?.column ?? null,
    endLine: end?.line ?? null,
    endColumn: end?.column ?? null,
    message: finding.message,
    help: finding.help,
    docs: finding.docs,
    ...(place && start ? { excerpt: excerptOf(place.text, start.line, end?.line) } : {}),
  };
}

/** The runner's own finding. Its id is `read/…`, `verify/…` or `write/…`. */
export function runnerFinding(
  id: string,
  severity: Severity,
  file: string | null,
  message: string,
  help: string,
  range: Range | null = null,
): LocatedFinding {
  return {
    id,
    severity,
    transform: null,
    file,
    range,
    rangeBefore: range,
    rangeAfter: range,
    message,
    help,
    docs: `${DOCS}/README.md#${id.replace('/', '')}`,
  };
}
