/**
 * The body of a pull request: what changed and why, what is left as a task list, the diffs collapsed. GitHub refuses
 * bodies of 65,536 characters and more; what does not fit is left out from the end, and a note says so.
 */
import type { FileOutcome, FindingOutcome, RunOutcome } from '../result.js';
import { codeSpan, fence, html, markdown, markdownMessage, plain, safeLink } from './escape.js';
import { countLines, hunksOf } from './hunks.js';
import { type Format, wholeReport } from './reporter.js';
import { count, filesInWords, findingsInWords, placeOf, sortedFindings } from './words.js';

export interface MarkdownOptions {
  /** Bytes that the text may take; bytes are never fewer than characters. Default 65,000. */
  readonly limit?: number;
  /** What a preset does, as the title; by id. */
  readonly titles?: Readonly<Record<string, string>>;
}

const LIMIT = 65_000;
/** Kept free for the notes about what was left out. */
const RESERVE = 400;

/** The text, ending in a newline. */
export function renderMarkdown(outcome: RunOutcome, options: MarkdownOptions = {}): string {
  const body = new Body((options.limit ?? LIMIT) - RESERVE);
  body.add(head(outcome, options.titles ?? {}));
  body.add(whatChanged(outcome));
  body.list(failures(outcome), 'failures');
  body.list(followUps(outcome), 'follow-ups');
  body.list(diffs(outcome), 'diffs');
  return body.text();
}

/** @param titles what presets do, by id */
export function markdownFormat(titles: Readonly<Record<string, string>>): Format {
  return wholeReport((outcome) => renderMarkdown(outcome, { titles }));
}

class Body {
  #text = '';
  #size = 0;

  constructor(readonly limit: number) {}

  add(part: string): boolean {
    if (part === '') return true;
    const size = Buffer.byteLength(part) + 2;
    if (this.#size + size > this.limit) return false;
    this.#text += `${this.#text === '' ? '' : '\n'}${part}\n`;
    this.#size += size;
    return true;
  }

  /** Adds a heading and as many items as fit; a note counts the rest. */
  list(section: { heading: string; items: readonly string[]; gap: boolean } | undefined, what: string): void {
    if (!section) return;
    const room = this.limit - this.#size - Buffer.byteLength(section.heading) - 8;
    let size = 0;
    const fitting: string[] = [];
    for (const item of section.items) {
      size += Buffer.byteLength(item) + 2;
      if (size > room) break;
      fitting.push(item);
    }
    const left = section.items.length - fitting.length;
    const note =
      left > 0
        ? `> **Cut:** ${left} of ${section.items.length} ${what} left out, because GitHub takes 65,536 characters. \`tempo-codemods run --report FILE.html\` shows all.`
        : '';
    const items = fitting.join(section.gap ? '\n\n' : '\n');
    const text = [section.heading, items, note].filter((part) => part !== '').join('\n\n');
    this.#text += `${this.#text === '' ? '' : '\n'}${text}\n`;
    this.#size += Buffer.byteLength(text) + 2 - Buffer.byteLength(note);
  }

  text(): string {
    return this.#text;
  }
}

function head(outcome: RunOutcome, titles: Readonly<Record<string, string>>): string {
  const { summary } = outcome;
  const [only] = outcome.presets;
  const title =
    outcome.presets.length === 1 && only !== undefined
      ? (titles[only] ?? only)
      : outcome.presets.map((id) => titles[id] ?? id).join('; ') || 'Code migration';
  return [
    `## ${markdown(title)}`,
    `${count(summary.charms, 'charm')}: ${filesInWords(summary)}; ${findingsInWords(summary.findings)}.` +
      (outcome.written ? '' : ' Nothing was written yet.'),
  ].join('\n\n');
}

function whatChanged(outcome: RunOutcome): string {
  const files = outcome.charms.flatMap((charm) => charm.files);
  const rows = outcome.transforms.flatMap((transform) => {
    const touched = files.filter((file) => file.transforms.includes(transform.id)).length;
    if (touched === 0) return [];
    const review = transform.safety === 'review' ? ' **Review:** it changes behaviour on purpose.' : '';
    const why = transform.why === undefined ? '' : ` ${sentence(markdownMessage(transform.why))}`;
    return [
      `- **${markdown(transform.title)}** (${codeSpan(transform.id)}, ${count(touched, 'file')}).${why}${review}`,
    ];
  });
  if (rows.length === 0) return '### What changed, and why\n\nNothing.';
  return `### What changed, and why\n\n${rows.join('\n')}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function failures(outcome: RunOutcome) {
  const items = outcome.charms.flatMap((charm) => [
    ...(charm.failed === null ? [] : [`- ${codeSpan(charm.root)}: ${markdownMessage(charm.failed)}`]),
    ...charm.files
      .filter((file) => file.error !== null)
      .map((file) => `- ${codeSpan(file.path)}: ${markdownMessage(file.error ?? '')}`),
  ]);
  return items.length > 0 ? { heading: '### Not migrated', items, gap: false } : undefined;
}

function followUps(outcome: RunOutcome) {
  const findings = sortedFindings(outcome);
  if (findings.length === 0) return undefined;
  return { heading: '### What is left to do', items: findings.map(task), gap: false };
}

function task(finding: FindingOutcome): string {
  const place = placeOf(finding);
  const label = finding.severity === 'info' ? '' : `**${finding.severity}** `;
  const link = safeLink(finding.docs);
  const docs = link === undefined ? '' : ` ([${markdown(finding.id)}](<${link}>))`;
  const lines = [
    `- [ ] ${label}${place === '' ? '' : `${codeSpan(place)}: `}${markdownMessage(finding.message)}${docs}`,
  ];
  if (finding.help !== '') {
    // Help of several lines holds code to copy.
    lines.push(
      finding.help.includes('\n')
        ? `\n${fence(finding.help, 'text')}`.replace(/^(?=.)/gm, '      ')
        : `      ${markdownMessage(finding.help)}`.replace(/^ {6}/, '      → '),
    );
  }
  return lines.join('\n');
}

function diffs(outcome: RunOutcome) {
  const files = outcome.charms.flatMap((charm) => charm.files).filter((file) => file.diff !== '');
  if (files.length === 0) return undefined;
  // Deleted files are long and say little: they come last, where the limit cuts.
  const last = (file: FileOutcome) => (file.status === 'deleted' ? 1 : 0);
  const ordered = [...files].sort((a, b) => last(a) - last(b));
  return { heading: '### Diffs', items: ordered.map(details), gap: true };
}

function details(file: FileOutcome): string {
  const { added, removed } = countLines(hunksOf(file));
  const word = file.status === 'modified' ? '' : ` ${file.status},`;
  const makers = file.transforms.map((id) => html(id)).join(', ');
  return [
    `<details><summary><code>${html(plain(file.path).replaceAll('\n', '\\n'))}</code>${word} +${added} −${removed} (${makers})</summary>`,
    fence(file.diff, 'diff'),
    '</details>',
  ].join('\n\n');
}
