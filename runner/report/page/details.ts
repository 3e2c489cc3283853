/** What a charm's row opens: its files with their diffs and findings. Diffs are drawn when they come into view. */
import type { PageCharm, PageData, PageFile, PageFinding } from './data.js';
import { drawDiff } from './diff.js';
import { h } from './dom.js';
import { findingItem } from './findings.js';
import { plural } from './labels.js';
import { view } from './state.js';

const waiting = new Map<Element, () => void>();
const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) draw(entry.target);
  },
  { rootMargin: '600px' },
);

function draw(target: Element): void {
  watcher.unobserve(target);
  const job = waiting.get(target);
  waiting.delete(target);
  job?.();
}

/** Draws what is open but was not in view yet: paper has no viewport. */
export function drawAllOpen(): void {
  for (const target of [...waiting.keys()]) {
    if (target.closest('details:not([open])') === null) draw(target);
  }
}

function whenVisible(target: Element, job: () => void): void {
  waiting.set(target, job);
  watcher.observe(target);
}

/** The details of one charm. */
export function charmDetails(charm: PageCharm, data: PageData): HTMLElement {
  const reviews = new Set(data.transforms.filter((one) => one.review).map((one) => one.id));
  const placed = new Set<PageFinding>();
  const sections = charm.files.map((file) => {
    const findings = charm.findings.filter((finding) => finding.file === file.path);
    for (const finding of findings) placed.add(finding);
    return fileSection(file, findings, reviews);
  });
  const others = new Map<string | null, PageFinding[]>();
  for (const finding of charm.findings) {
    if (!placed.has(finding)) others.set(finding.file, [...(others.get(finding.file) ?? []), finding]);
  }
  return h(
    'div',
    { class: 'details' },
    charm.failed === null ? null : h('p', { class: 'failure', role: 'note' }, `✖ ${charm.failed}`),
    charm.failed === null && charm.files.length + charm.findings.length === 0
      ? h('p', { class: 'quiet' }, 'Nothing in this charm uses what the migration replaces.')
      : null,
    sections,
    [...others].map(([path, findings]) =>
      h(
        'section',
        { class: 'file' },
        h(
          'h3',
          { class: 'file-head plain-head' },
          path ?? 'The charm as a whole',
          path === null ? null : h('span', { class: 'quiet' }, ' unchanged'),
        ),
        h(
          'ul',
          { class: 'findings' },
          findings.map((finding) => findingItem(finding)),
        ),
      ),
    ),
  );
}

function fileSection(
  file: PageFile,
  findings: readonly PageFinding[],
  reviews: ReadonlySet<string>,
): HTMLElement {
  const body = h('div', { class: 'diff' });
  const open = file.status !== 'deleted';
  const details = h(
    'details',
    { class: 'file', open },
    h(
      'summary',
      { class: 'file-head' },
      h('span', { class: 'file-path' }, file.path),
      h('span', { class: `badge status-${file.status}` }, file.status),
      file.hunks?.length === 0
        ? null
        : h(
            'span',
            { class: 'counts' },
            h('span', { class: 'plus' }, `+${file.added}`),
            ' ',
            h('span', { class: 'minus' }, `−${file.removed}`),
          ),
      h(
        'span',
        { class: 'file-makers' },
        file.transforms.map((id) => h('span', { class: 'chip' }, id)),
      ),
    ),
    file.error === null ? null : h('p', { class: 'failure' }, `✖ ${file.error}`),
    file.hunks === null
      ? h('p', { class: 'quiet pad' }, `The whole file goes: ${plural(file.removed, 'line')}.`)
      : body,
    findings.length > 0
      ? h(
          'ul',
          { class: 'findings' },
          findings.map((finding) => findingItem(finding)),
        )
      : null,
  );
  if (file.hunks !== null && file.hunks.length > 0) {
    let drawn = false;
    const lines = file.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
    // Room for what will come, so that the page does not jump while it is scrolled.
    body.style.minHeight = `${Math.min(lines * 20, 4000)}px`;
    const job = () => {
      drawn = true;
      body.style.minHeight = '';
      drawDiff(body, file, reviews);
    };
    whenVisible(body, job);
    view.onChange(() => {
      if (drawn && body.isConnected) job();
    });
  }
  return details;
}
