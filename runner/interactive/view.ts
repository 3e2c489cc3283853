/** Questions as lines for the terminal. */
import { applyEdits } from '../../transforms/kit/edits.js';
import { gitPatch } from '../patch.js';
import { oneLine, plain } from '../report/escape.js';
import { hunksOf } from '../report/hunks.js';
import { hang, type Paint, rule, severityLabel } from '../report/paint.js';
import { renderHunk } from '../report/terminal-diff.js';
import { count, placeOf } from '../report/words.js';
import type { TransformInfo } from '../result.js';
import type { Question } from './questions.js';

/** Findings beside one question; the report has all. */
const MOST_FINDINGS = 4;
/** A file to delete is shown up to here. */
const MOST_LINES = 20;

export interface Asked {
  readonly question: Question;
  /** From 1. */
  readonly number: number;
  readonly total: number;
  readonly charm: string;
  readonly transforms: readonly TransformInfo[];
}

/** A question: what it is about, why, the hunks of all its files, what to know beside it. */
export function renderQuestion(asked: Asked, paint: Paint): string {
  const { question, number, total, charm } = asked;
  const { colors, width } = paint;
  const infos = question.makers.map(
    (id) => asked.transforms.find((one) => one.id === id) ?? { id, title: id },
  );
  const where = charm === '.' ? '' : `${oneLine(charm)}: `;
  const out = [
    '',
    rule(
      colors.bold(`${where}${oneLine(question.paths[0] ?? '')}`) + colors.dim(`  ${number} of ${total}`),
      paint,
      '━',
    ),
  ];
  for (const info of infos) {
    out.push(hang('  ', `${colors.bold(oneLine(info.title))} ${colors.magenta(oneLine(info.id))}`, width));
    if ('safety' in info && info.safety === 'review') {
      out.push(`  ${colors.yellow('▲ review: changes behaviour on purpose')}`);
    }
  }
  const others = question.paths.length - 1;
  if (others > 0)
    out.push(
      colors.dim(
        `  One change in ${count(question.paths.length, 'file')}; they are accepted or left out together.`,
      ),
    );
  out.push(...(question.kind === 'edit' ? editLines(question, paint) : fileLines(question, paint)));
  for (const finding of question.findings.slice(0, MOST_FINDINGS)) {
    out.push(
      hang(
        `  ${severityLabel(finding.severity, paint)} `,
        `${oneLine(placeOf(finding))} ${plain(finding.message)}`,
        width,
      ),
    );
    if (finding.help !== '') out.push(hang('    → ', plain(finding.help), width));
  }
  const more = question.findings.length - MOST_FINDINGS;
  if (more > 0) out.push(colors.dim(`  and ${count(more, 'more finding')}`));
  return `${out.join('\n')}\n`;
}

function editLines(question: Question, paint: Paint): string[] {
  let shown = question.paths[0];
  return question.parts.flatMap(({ path, before, edits }) => {
    const diff = gitPatch({ path, before, after: applyEdits(before, edits) });
    const heading = path === shown ? [] : [`  ${paint.colors.bold(oneLine(path))}`];
    shown = path;
    return [
      ...heading,
      ...hunksOf({ diff, steps: [], transforms: [] }).flatMap((hunk) => renderHunk(hunk, '', paint)),
    ];
  });
}

function fileLines(question: Question, paint: Paint): string[] {
  const { colors } = paint;
  return question.files.flatMap((file) => {
    const text = (question.kind === 'delete' ? file.before : file.after) ?? '';
    const lines = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
    const sign = question.kind === 'delete' ? colors.red('delete') : colors.green('create');
    const head = `  ${sign} ${colors.bold(oneLine(file.path))} ${colors.dim(`(${count(lines, 'line')})`)}`;
    if (lines > MOST_LINES) return [head];
    return [head, ...hunksOf({ ...file, steps: [] }).flatMap((hunk) => renderHunk(hunk, '', paint))];
  });
}

const KEYS: readonly (readonly [string, string, string])[] = [
  ['y', 'accept', 'accept this change'],
  ['n', 'reject', 'leave this change out'],
  ['t', 'all of this step', 'accept everything of this transform, in all charms'],
  ['f', 'rest of file', 'accept what is left of this file'],
  ['s', 'split', 'the whole file before and after, side by side'],
  ['b', 'back', 'to the question before'],
  ['q', 'quit', 'stop here: keep what was accepted, leave out the rest'],
  ['?', 'help', 'these keys; Ctrl-C stops and writes nothing of this charm'],
];

/** The line that asks. */
export function renderPrompt({ colors, width }: Paint): string {
  const keys = KEYS.map(([key, word]) => `${colors.bold(colors.cyan(key))} ${word}`).join(colors.dim(' · '));
  return `${hang('', keys, width)}\n${colors.bold('Accept? ')}`;
}

/** The keys with what they do. */
export function renderKeys({ colors }: Paint): string {
  return KEYS.map(([key, , what]) => `  ${colors.bold(colors.cyan(key))}  ${what}\n`).join('');
}
