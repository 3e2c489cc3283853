/** What the HTML page shows, as plain data: the page's script draws it in the browser. */
import type { Severity } from '../../transforms/kit/transform.js';
import type { CharmOutcome, FileOutcome, FindingOutcome, RunOutcome } from '../result.js';
import { oneLine, plain, safeLink } from './escape.js';
import { frameOf } from './frame.js';
import { countLines, hunksOf } from './hunks.js';
import type { CharmState, PageCharm, PageData, PageFile, PageFinding, PageOptions } from './page/data.js';
import { filesInWords, findingsInWords } from './words.js';

/** Deleted files longer than this are named, not shown. */
const LONG_DELETION = 60;

/** Takes from a run what the page shows; control characters are made visible. */
export function pageData(outcome: RunOutcome, options: PageOptions): PageData {
  const files = outcome.charms.flatMap((charm) => charm.files);
  return {
    title: oneLine(options.title ?? (outcome.presets.join(', ') || 'Code migration')),
    version: options.version,
    generated: options.generated ?? null,
    written: outcome.written,
    scanned: outcome.summary.scanned,
    files: filesInWords(outcome.summary),
    left: findingsInWords(outcome.summary.findings),
    counts: outcome.summary.findings,
    transforms: outcome.transforms.map((one) => ({
      id: oneLine(one.id),
      title: oneLine(one.title),
      review: one.safety === 'review',
      why: oneLine(one.why ?? ''),
      files: files.filter((file) => file.transforms.includes(one.id)).length,
    })),
    charms: outcome.charms.map(pageCharm),
  };
}

function pageCharm(charm: CharmOutcome): PageCharm {
  return {
    root: oneLine(charm.root),
    name: charm.name === null ? null : oneLine(charm.name),
    state: stateOf(charm),
    failed: charm.failed === null ? null : plain(charm.failed),
    files: charm.files.map(pageFile),
    findings: charm.findings.map(pageFinding),
  };
}

function stateOf(charm: CharmOutcome): CharmState {
  const has = (severity: Severity) => charm.findings.some((finding) => finding.severity === severity);
  if (charm.failed !== null || charm.files.some((file) => file.status === 'failed')) return 'failed';
  if (has('error')) return 'fix';
  if (has('warning')) return 'look';
  return charm.files.length > 0 ? 'ready' : 'untouched';
}

function pageFile(file: FileOutcome): PageFile {
  const hunks = hunksOf(file);
  const { added, removed } = countLines(hunks);
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const crlf = lines.length > 0 && lines.every((line) => line.text.endsWith('\r') || line.noNewline);
  const shown = (text: string) => plain(crlf ? text.replace(/\r$/, '') : text);
  return {
    path: oneLine(file.path),
    status: file.status,
    transforms: file.transforms.map(oneLine),
    error: file.error === null ? null : plain(file.error),
    added,
    removed,
    hunks:
      file.status === 'deleted' && removed > LONG_DELETION
        ? null
        : hunks.map(({ oldStart, oldLines, newStart, newLines, ...hunk }) => ({
            oldStart,
            oldLines,
            newStart,
            newLines,
            makers: hunk.makers.map(oneLine),
            lines: hunk.lines.map((line) => line.kind + shown(line.text)),
          })),
  };
}

function pageFinding(finding: FindingOutcome): PageFinding {
  return {
    key: keyOf([finding.charm, finding.file ?? '', finding.id, finding.message].join('\0')),
    id: oneLine(finding.id),
    severity: finding.severity,
    file: finding.file === null ? null : oneLine(finding.file),
    line: finding.line,
    column: finding.column,
    message: plain(finding.message),
    help: plain(finding.help),
    docs: safeLink(finding.docs) ?? null,
    frame: frameOf(finding).map(({ number, text, mark }) => {
      // Making characters visible moves columns; the mark moves with them.
      const width = (to: number) => plain(text.slice(0, to)).length;
      return mark
        ? ([number, plain(text), width(mark.from), width(mark.to)] as const)
        : ([number, plain(text)] as const);
    }),
  };
}

/** FNV-1a, 64 bits in two halves: short, and no security hangs on it. */
function keyOf(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x050c5d1f;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ (unit + index), 0x01000193);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
