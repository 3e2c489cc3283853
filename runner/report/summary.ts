/** The summary for people: what failed, what is left to do, and the counts. */
import { createColors } from 'picocolors';
import type { Severity } from '../../transforms/kit/transform.js';
import type { CharmOutcome, FindingOutcome, RunOutcome } from '../result.js';
import { oneLine, plain } from './escape.js';
import { hang } from './paint.js';
import { charmTable } from './table.js';

export interface SummaryOptions {
  readonly color: boolean;
  /** Wrap to this many columns; lines stay whole without it. */
  readonly width?: number;
  /** Only what failed. */
  readonly quiet?: boolean;
  /** Also each changed file with the transforms that changed it. */
  readonly verbose?: boolean;
}

/** @returns lines for stderr, ending in a newline; empty when there is nothing to say */
export function renderSummary(outcome: RunOutcome, options: SummaryOptions): string {
  const colors = createColors(options.color);
  const failures = outcome.charms.flatMap(failureLines).map((line) => colors.red(line));
  const problems = (outcome.problems ?? []).map((line) => colors.red(`error: ${oneLine(line)}`));
  if (options.quiet) return block([...problems, ...failures]);
  const notices = (outcome.notices ?? []).map((line) => colors.dim(`note: ${oneLine(line)}`));
  const left = outcome.charms.flatMap((charm) => leftLines(charm, options));
  const lines = [
    ...notices,
    ...problems,
    ...failures,
    ...(options.verbose ? outcome.charms.flatMap(fileLines) : []),
    ...(left.length > 0 ? [colors.bold('What is left for you:'), ...left] : []),
    ...charmTable(outcome.charms),
    ...countLines(outcome).map((line) => colors.bold(line)),
  ];
  return block(lines.map((line) => wrapped(line, options.width)));
}

/** Behind its indentation, so that what belongs together stands together. */
function wrapped(line: string, width: number | undefined): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  return width === undefined ? line : hang(indent, line.slice(indent.length), width);
}

function block(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function failureLines(charm: CharmOutcome): string[] {
  const files = charm.files
    .filter((file) => file.error !== null)
    .map((file) => `error: ${oneLine(file.path)}: ${oneLine(file.error ?? '')}`);
  if (charm.failed === null) return files;
  return [`error: charm ${oneLine(charm.root)}: ${oneLine(charm.failed)}`, ...files];
}

function fileLines(charm: CharmOutcome): string[] {
  return charm.files
    .filter((file) => file.status !== 'failed')
    .map((file) => `${file.status} ${oneLine(file.path)} (${file.transforms.join(', ')})`);
}

function leftLines(charm: CharmOutcome, { color }: SummaryOptions): string[] {
  if (charm.findings.length === 0) return [];
  const { bold, dim, red, yellow, cyan } = createColors(color);
  const paint: Record<Severity, (text: string) => string> = { error: red, warning: yellow, info: cyan };
  const name = charm.name === null || charm.name === charm.root ? '' : ` (${oneLine(charm.name)})`;
  return [
    `  ${bold(`${charm.root === '.' ? 'this folder' : oneLine(charm.root)}${name}`)}`,
    ...charm.findings.flatMap((finding) => [
      `    ${placeOf(finding)}${paint[finding.severity](finding.severity)}: ${oneLine(finding.message)} ${dim(`[${finding.id}]`)}`,
      ...plain(finding.help)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => `      ${line}`),
    ]),
  ];
}

function placeOf({ file, line, column }: FindingOutcome): string {
  if (file === null) return '';
  return `${oneLine(file)}${line === null ? '' : `:${line}:${column}`}: `;
}

function countLines({ summary, written, aborted }: RunOutcome): string[] {
  const { changed, created, deleted, failed, charms, scanned, candidates, findings } = summary;
  const touched = changed + created + deleted;
  const sum = [
    `${count(changed, 'file')} ${written ? 'changed' : 'to change'}`,
    ...(created > 0 ? [`${created} ${written ? 'created' : 'to create'}`] : []),
    ...(deleted > 0 ? [`${deleted} ${written ? 'deleted' : 'to delete'}`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(', ');
  const seen = `${count(charms, 'charm')}, ${count(scanned, 'file')} looked at, ${count(candidates, 'candidate')}`;
  const told = `${count(findings.error, 'error')}, ${count(findings.warning, 'warning')}, ${findings.info} info`;
  return [
    ...(aborted ? ['Stopped before the end.'] : []),
    `${sum} (${seen}); ${told}`,
    ...(touched > 0 && !written
      ? ['Nothing was written. Write with --write, or pipe the diff to `git apply`.']
      : []),
  ];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
