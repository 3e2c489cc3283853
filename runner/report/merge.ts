/** Joins JSON reports: those of the shards of a fleet read as the report of one run. */
import { UsageError } from '../errors.js';
import type { Summary } from '../result.js';

/** What is joined of a report of schema version 1. */
interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly preset: string | null;
  readonly transforms: readonly string[];
  readonly written: boolean;
  readonly summary: Summary;
  readonly files: readonly unknown[];
  readonly findings: readonly unknown[];
  readonly failures: readonly unknown[];
  readonly problems: readonly unknown[];
}

/** What must be the same in all of them. */
const SAME = ['schemaVersion', 'tool', 'preset', 'transforms', 'written'] as const;
const LISTS = ['files', 'findings', 'failures', 'problems'] as const;

/**
 * @param texts JSON by the name of its file
 * @throws UsageError for what is no report, and for reports of different runs
 */
export function mergeReports(texts: ReadonlyMap<string, string>): object {
  const reports = [...texts].map(([name, text]) => ({ name, report: read(name, text) }));
  const [first] = reports;
  if (!first) throw new UsageError('merge-reports needs at least one file');
  for (const { name, report } of reports) {
    for (const key of SAME) {
      if (JSON.stringify(report[key]) !== JSON.stringify(first.report[key])) {
        throw new UsageError(`${name}: its '${key}' is not that of ${first.name}: reports of different runs`);
      }
    }
  }
  const all = <K extends keyof Report>(key: K) => reports.map(({ report }) => report[key]);
  return {
    ...Object.fromEntries(SAME.map((key) => [key, first.report[key]])),
    summary: all('summary').reduce(sum),
    ...Object.fromEntries(LISTS.map((key) => [key, all(key).flat()])),
  };
}

function read(name: string, text: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${name}: is no JSON`);
  }
  const has = (key: string) => typeof value === 'object' && value !== null && Reflect.has(value, key);
  if (![...SAME, ...LISTS, 'summary'].every(has)) {
    throw new UsageError(`${name}: is no report; make it with 'tempo-codemods run --format json'`);
  }
  const report = value as Report;
  if (report.schemaVersion !== 1) throw new UsageError(`${name}: its schema version is not 1`);
  return report;
}

function sum(a: Summary, b: Summary): Summary {
  return {
    charms: a.charms + b.charms,
    scanned: a.scanned + b.scanned,
    candidates: a.candidates + b.candidates,
    changed: a.changed + b.changed,
    created: a.created + b.created,
    deleted: a.deleted + b.deleted,
    failed: a.failed + b.failed,
    findings: {
      error: a.findings.error + b.findings.error,
      warning: a.findings.warning + b.findings.warning,
      info: a.findings.info + b.findings.info,
    },
  };
}
