/**
 * A run for people at a terminal: diffs by file with the makers of each hunk, findings under their file with a code
 * frame, what is left to do, the summary. Colour only repeats what signs and words say.
 */
import type { CharmOutcome, FileOutcome, FindingOutcome, RunOutcome } from '../result.js';
import { codeLine, oneLine, plain } from './escape.js';
import { frameOf } from './frame.js';
import { countLines, hunksOf } from './hunks.js';
import {
  breakCode,
  createPaint,
  hang,
  type Paint,
  rule,
  severityLabel,
  severitySign,
  widthOf,
} from './paint.js';
import { renderHunk } from './terminal-diff.js';
import { count, filesInWords, findingsInWords, groupBy, placeOf, sortedFindings } from './words.js';

export interface TerminalOptions {
  /** Columns of the terminal; 60 to 200 are used. */
  readonly width: number;
  readonly color: boolean;
  /** false: leave the diffs out, because stdout has them as a patch already. Default true. */
  readonly diffs?: boolean;
}

/** A deleted file (a vendored library of a thousand lines) is shown only when it is short. */
const LONG_DELETION = 12;

/** The whole report, ending in a newline. */
export function renderTerminal(outcome: RunOutcome, options: TerminalOptions): string {
  const paint = createPaint(options);
  const blocks = [
    ...outcome.charms.flatMap((charm) => renderCharm(outcome, charm, options.diffs ?? true, paint)),
    ...renderFollowUps(outcome, paint),
    renderSummary(outcome, paint),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function renderCharm(outcome: RunOutcome, charm: CharmOutcome, diffs: boolean, paint: Paint): string[] {
  const { colors } = paint;
  const blocks: string[] = [];
  const byFile = groupBy(charm.findings, (finding) => finding.file);
  for (const file of charm.files) {
    const findings = byFile.get(file.path) ?? [];
    byFile.delete(file.path);
    if (!diffs && findings.length === 0 && file.error === null) continue;
    blocks.push(renderFile(outcome, file, findings, diffs, paint));
  }
  for (const [path, findings] of byFile) {
    const title = path === null ? 'The charm as a whole' : oneLine(path);
    const head = rule(
      path === null ? colors.bold(title) : `${colors.bold(title)}  ${colors.dim('unchanged')}`,
      paint,
    );
    blocks.push([head, ...findings.map((finding) => renderFinding(finding, paint))].join('\n'));
  }
  if (charm.failed !== null) {
    blocks.push(hang(`${severityLabel('error', paint)} `, plain(charm.failed), paint.width));
  }
  if (blocks.length === 0 || outcome.charms.length === 1) return blocks;
  const name = charm.name === null ? '' : ` ${colors.dim(`(${oneLine(charm.name)})`)}`;
  const title = charm.root === '.' ? 'this directory' : oneLine(charm.root);
  return [rule(`${colors.bold(colors.inverse(` ${title} `))}${name}`, paint, '━'), ...blocks];
}

function renderFile(
  outcome: RunOutcome,
  file: FileOutcome,
  findings: readonly FindingOutcome[],
  diffs: boolean,
  paint: Paint,
): string {
  const { colors } = paint;
  const hunks = hunksOf(file);
  const lines = countLines(hunks);
  const counts =
    hunks.length > 0 ? `${colors.green(`+${lines.added}`)} ${colors.red(`−${lines.removed}`)}` : '';
  const status = file.status === 'failed' ? colors.red('failed') : file.status;
  const out = [rule(`${colors.bold(oneLine(file.path))}  ${status} ${counts}`.trimEnd(), paint)];
  if (file.error !== null)
    out.push(hang(`  ${severityLabel('error', paint)} `, plain(file.error), paint.width));
  if (diffs && file.status === 'deleted' && lines.removed > LONG_DELETION) {
    out.push(
      `  ${makersOf(outcome, file.transforms, paint)} ${colors.dim(`removes all ${lines.removed} lines`)}`,
    );
  } else if (diffs) {
    for (const hunk of hunks) out.push(...renderHunk(hunk, makersOf(outcome, hunk.makers, paint), paint));
  }
  out.push(...findings.map((finding) => renderFinding(finding, paint)));
  return out.join('\n');
}

/** Who made a hunk; `(review)` where a transform changes behaviour on purpose. */
function makersOf(outcome: RunOutcome, makers: readonly string[], { colors }: Paint): string {
  return makers
    .map((id) => {
      const review = outcome.transforms.find((one) => one.id === id)?.safety === 'review';
      return colors.magenta(oneLine(id)) + (review ? colors.yellow(' (review)') : '');
    })
    .join(', ');
}

/** One finding: what it is, where, the code, what to do, where to read on. */
export function renderFinding(finding: FindingOutcome, paint: Paint): string {
  const { colors, width } = paint;
  const head = `  ${severityLabel(finding.severity, paint)} ${oneLine(finding.id)}`;
  const place = oneLine(placeOf(finding));
  const fits = widthOf(head) + widthOf(place) + 2 <= width;
  const out = [
    '',
    ...(fits
      ? [place === '' ? head : `${head}  ${colors.dim(place)}`]
      : [hang('', head, width), hang('    ', place, width)]),
    hang('    ', plain(finding.message), width),
    ...renderFrame(finding, paint),
  ];
  if (finding.help !== '') out.push(hang(`    ${colors.bold('→')} `, plain(finding.help), width));
  if (finding.docs !== '') out.push(`      ${colors.dim(oneLine(finding.docs))}`);
  return out.join('\n');
}

function renderFrame(finding: FindingOutcome, paint: Paint): string[] {
  const { colors, width } = paint;
  const frame = frameOf(finding);
  const digits = String(frame.at(-1)?.number ?? 0).length;
  return frame.flatMap(({ number, text, mark }) => {
    const gutter = `${mark ? '>' : ' '} ${String(number).padStart(digits)} │ `;
    const room = width - gutter.length - 4;
    const parts = breakCode(codeLine(text), room);
    const out = [
      `    ${mark ? colors.red(gutter) : colors.dim(gutter)}${mark ? parts[0] : colors.dim(parts[0] ?? '')}`,
    ];
    for (const part of parts.slice(1)) out.push(`    ${colors.dim(`${' '.repeat(digits + 2)} ↪ `)}${part}`);
    if (mark && parts.length === 1 && mark.from < text.length) {
      const from = widthOf(codeLine(text.slice(0, mark.from)));
      const to = Math.min(room, widthOf(codeLine(text.slice(0, mark.to))));
      const carets = colors.red('^'.repeat(Math.max(1, to - from)));
      out.push(`    ${colors.dim(`${' '.repeat(digits + 2)} │ `)}${' '.repeat(from)}${carets}`);
    }
    return out.map((line) => line.trimEnd());
  });
}

function renderFollowUps(outcome: RunOutcome, paint: Paint): string[] {
  const findings = sortedFindings(outcome);
  if (findings.length === 0) return [];
  const { colors, width } = paint;
  const lines = findings.map((finding) => {
    const place = oneLine(placeOf(finding));
    const text = `${place === '' ? '' : `${colors.bold(place)} `}${oneLine(finding.message)}`;
    const line = hang(`  ${severitySign(finding.severity, paint)} `, text, width);
    return finding.help === ''
      ? line
      : `${line}\n${hang(`    ${colors.bold('→')} `, oneLine(finding.help), width)}`;
  });
  return [[rule(colors.bold('What is left for you'), paint), ...lines].join('\n')];
}

/** Two or three lines at the end: counts, and what to do next. */
export function renderSummary(outcome: RunOutcome, paint: Paint): string {
  const { summary } = outcome;
  const { colors } = paint;
  const out = [
    rule(colors.bold('Summary'), paint),
    hang(
      '  ',
      `${count(summary.charms, 'charm')}, ${count(summary.scanned, 'file')} looked at: ` +
        `${filesInWords(summary)}; ${findingsInWords(summary.findings)}.`,
      paint.width,
    ),
  ];
  const files = outcome.charms.flatMap((charm) => charm.files);
  const pending = files.filter((file) => file.status !== 'failed').length;
  if (pending > 0) {
    out.push(
      hang(
        '  ',
        outcome.written
          ? colors.green(`${count(pending, 'file')} written.`)
          : `${colors.bold('Nothing was written.')} Apply it with --write, choose with --interactive.`,
        paint.width,
      ),
    );
  }
  return out.join('\n');
}
