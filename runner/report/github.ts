/**
 * Annotations for GitHub Actions. GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest
 * without a word; here the rest is counted.
 */
import type { RunOutcome } from '../result.js';
import { commandData, commandProperty, plain } from './escape.js';
import { hunksOf } from './hunks.js';
import { type Format, wholeReport } from './reporter.js';
import { count, sortedFindings } from './words.js';

const MOST = 10;

type Command = 'error' | 'warning' | 'notice';

interface Annotation {
  readonly command: Command;
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
}

/** Workflow commands, one a line. Nothing to say gives the empty string. */
export function renderGithub(outcome: RunOutcome): string {
  const annotations = [...failures(outcome), ...findings(outcome), ...pending(outcome)];
  const lines: string[] = [];
  for (const command of ['error', 'warning', 'notice'] as const) {
    const all = annotations.filter((one) => one.command === command);
    lines.push(...all.slice(0, MOST).map(format));
    if (all.length > MOST) {
      lines.push(`${count(all.length - MOST, `more ${command}`)}: GitHub shows ${MOST} of a step`);
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}

export const github: Format = wholeReport(renderGithub);

function failures(outcome: RunOutcome): Annotation[] {
  return outcome.charms.flatMap((charm) => [
    ...(charm.failed === null
      ? []
      : [{ command: 'error' as const, title: `${charm.root} failed`, message: charm.failed }]),
    ...charm.files
      .filter((file) => file.error !== null)
      .map((file) => ({
        command: 'error' as const,
        title: 'not migrated',
        message: file.error ?? '',
        file: file.path,
      })),
  ]);
}

function findings(outcome: RunOutcome): Annotation[] {
  return sortedFindings(outcome).map((finding) => ({
    command: finding.severity === 'info' ? 'notice' : finding.severity,
    title: finding.id,
    message: [finding.message, finding.help, finding.docs].filter((part) => part !== '').join('\n'),
    ...(finding.file === null ? {} : { file: finding.file }),
    ...(finding.line === null ? {} : { line: finding.line }),
    ...(finding.endLine === null ? {} : { endLine: finding.endLine }),
    // GitHub refuses columns when the annotation spans lines.
    ...(finding.column === null || finding.endLine !== finding.line ? {} : { column: finding.column }),
    ...(finding.endColumn === null || finding.endLine !== finding.line
      ? {}
      : { endColumn: finding.endColumn }),
  }));
}

/** One notice for each file that the run would change. */
function pending(outcome: RunOutcome): Annotation[] {
  if (outcome.written) return [];
  const verbs = { modified: 'change', created: 'create', deleted: 'delete' };
  return outcome.charms.flatMap((charm) =>
    charm.files.flatMap((file): Annotation[] => {
      if (file.status === 'failed') return [];
      const verb = verbs[file.status];
      const first = hunksOf(file)[0]?.lines.find((line) => line.kind === '-');
      return [
        {
          command: 'notice',
          title: `would ${verb} this file`,
          message: `${file.transforms.join(', ')} would ${verb} this file; apply it with --write`,
          file: file.path,
          line: first?.oldLine ?? 1,
        },
      ];
    }),
  );
}

function format(annotation: Annotation): string {
  const properties = [
    ['file', annotation.file],
    ['line', annotation.line],
    ['endLine', annotation.endLine],
    ['col', annotation.column],
    ['endColumn', annotation.endColumn],
    ['title', annotation.title],
  ] as const;
  const said = properties
    .filter(([, value]) => value !== undefined)
    // A file of such a name gets no annotation in place: GitHub compares names. A log that plays tricks is worse.
    .map(([key, value]) => `${key}=${commandProperty(plain(String(value)))}`);
  return `::${annotation.command} ${said.join(',')}::${commandData(plain(annotation.message))}`;
}
