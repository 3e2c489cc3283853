/**
 * A run for people at a terminal: diffs by file with the makers of each hunk, findings under their file with a code
 * frame, what is left to do, the summary. Colour only repeats what signs and words say.
 */
import type { CharmOutcome, FileOutcome, FindingOutcome, RunOutcome, TransformInfo } from '../result.js';
import { codeLine, oneLine, plain } from './escape.js';
import { frameOf } from './frame.js';
import { countLines, hunksOf } from './hunks.js';
import { breakCode, createPaint, hang, type Paint, rule, severityLabel, widthOf } from './paint.js';
import type { Format } from './reporter.js';
import { renderSummary } from './summary.js';
import { renderHunk } from './terminal-diff.js';
import { groupBy, placeOf } from './words.js';

export interface TerminalOptions {
  /** Columns of the terminal; 60 to 200 are used. */
  readonly width: number;
  readonly color: boolean;
  /** false: leave the diffs out, because stdout has them as a patch already. Default true. */
  readonly diffs?: boolean;
}

/** A deleted file (a vendored library of a thousand lines) is shown only when it is short. */
const LONG_DELETION = 12;

/** The whole report with the summary, ending in a newline. */
export function renderTerminal(outcome: RunOutcome, options: TerminalOptions): string {
  const paint = createPaint(options);
  const scene = {
    transforms: outcome.transforms,
    many: outcome.charms.length > 1,
    diffs: options.diffs ?? true,
  };
  const charms = outcome.charms
    .map((charm) => renderCharm(charm, scene, paint))
    .filter((text) => text !== '');
  const summary = renderSummary(outcome, { color: options.color, width: paint.width });
  return `${[...charms, summary].join('\n')}`;
}

/** Charm by charm, as they are done; the summary goes to stderr. */
export const terminal: Format = {
  streams: true,
  create({ write, color, width = 80 }) {
    const paint = createPaint({ width, color });
    let transforms: readonly TransformInfo[] = [];
    return {
      begin(infos) {
        transforms = infos;
      },
      async charm(charm) {
        // How many will come is not known yet; a charm in the working directory itself needs no heading.
        const text = renderCharm(charm, { transforms, many: charm.root !== '.', diffs: true }, paint);
        if (text !== '') await write(`${text}\n`);
      },
    };
  },
};

interface Scene {
  readonly transforms: readonly TransformInfo[];
  /** There are several charms, so each has a heading. */
  readonly many: boolean;
  readonly diffs: boolean;
}

/** One charm: its files with diffs and findings, then findings of files that did not change. */
export function renderCharm(charm: CharmOutcome, scene: Scene, paint: Paint): string {
  const { colors } = paint;
  const blocks: string[] = [];
  const byFile = groupBy(charm.findings, (finding) => finding.file);
  for (const file of charm.files) {
    const findings = byFile.get(file.path) ?? [];
    byFile.delete(file.path);
    if (!scene.diffs && findings.length === 0 && file.error === null) continue;
    blocks.push(renderFile(file, findings, scene, paint));
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
  if (blocks.length === 0 || !scene.many) return blocks.map((block) => `${block}\n`).join('\n');
  const name = charm.name === null ? '' : ` ${colors.dim(`(${oneLine(charm.name)})`)}`;
  const title = charm.root === '.' ? 'this directory' : oneLine(charm.root);
  const heading = rule(`${colors.bold(colors.inverse(` ${title} `))}${name}`, paint, '━');
  return [heading, ...blocks].map((block) => `${block}\n`).join('\n');
}

function renderFile(
  file: FileOutcome,
  findings: readonly FindingOutcome[],
  scene: Scene,
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
  if (scene.diffs && file.status === 'deleted' && lines.removed > LONG_DELETION) {
    out.push(
      `  ${makersOf(scene, file.transforms, paint)} ${colors.dim(`removes all ${lines.removed} lines`)}`,
    );
  } else if (scene.diffs) {
    for (const hunk of hunks) out.push(...renderHunk(hunk, makersOf(scene, hunk.makers, paint), paint));
  }
  out.push(...findings.map((finding) => renderFinding(finding, paint)));
  return out.join('\n');
}

/** Who made a hunk; `(review)` where a transform changes behaviour on purpose. */
function makersOf(scene: Scene, makers: readonly string[], { colors }: Paint): string {
  return makers
    .map((id) => {
      const review = scene.transforms.find((one) => one.id === id)?.safety === 'review';
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
