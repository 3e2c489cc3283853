/** Findings: what, where, the code, what to do; each with a tick that stays. */
import type { PageFinding } from './data.js';
import { button, h } from './dom.js';
import { prose, severityBadge } from './labels.js';
import { ticks } from './state.js';

let number = 0;

/** One finding as a list item. `where` names the charm, for lists over many. */
export function findingItem(finding: PageFinding, where: string | null = null): HTMLLIElement {
  number += 1;
  const id = `finding-${number}`;
  const box = h('input', { type: 'checkbox', class: 'tick', 'aria-labelledby': id });
  box.addEventListener('change', () => ticks.set(finding.key, box.checked));
  const place =
    finding.file === null
      ? 'the charm as a whole'
      : `${finding.file}${finding.line === null ? '' : `:${finding.line}${finding.column === null ? '' : `:${finding.column}`}`}`;
  const item = h(
    'li',
    { class: `finding finding-${finding.severity}` },
    box,
    h(
      'div',
      { class: 'finding-body' },
      h(
        'p',
        { class: 'finding-head' },
        severityBadge(finding.severity),
        ' ',
        where === null ? null : h('strong', {}, `${where} `),
        h('span', { class: 'place' }, place),
        ' ',
        finding.docs === null
          ? h('code', { class: 'finding-id' }, finding.id)
          : h(
              'a',
              { class: 'finding-id', href: finding.docs, rel: 'noopener noreferrer', target: '_blank' },
              finding.id,
            ),
      ),
      h('p', { class: 'message', id }, prose(finding.message)),
      finding.frame.length > 0 ? frame(finding) : null,
      finding.help === '' ? null : help(finding.help),
    ),
  );
  const refresh = () => {
    box.checked = ticks.has(finding.key);
    item.classList.toggle('done', box.checked);
  };
  ticks.onChange(refresh);
  refresh();
  return item;
}

function frame(finding: PageFinding): HTMLElement {
  const width = String(finding.frame.at(-1)?.[0] ?? '').length;
  return h(
    'pre',
    { class: 'frame', tabindex: '0', 'aria-label': 'Code' },
    finding.frame.map(([line, text, from, to]) =>
      h(
        'span',
        { class: from === undefined ? 'frame-line' : 'frame-line marked' },
        h('span', { class: 'frame-number' }, `${String(line).padStart(width)}  `),
        from === undefined
          ? text
          : [text.slice(0, from), h('mark', {}, text.slice(from, to) || ' '), text.slice(to)],
        '\n',
      ),
    ),
  );
}

function help(text: string): HTMLElement {
  const copy = button({ class: 'copy', title: 'Copy what to do' }, 'Copy', () => {
    navigator.clipboard?.writeText(text).then(
      () => {
        copy.textContent = 'Copied';
      },
      () => {
        copy.textContent = 'Not allowed here';
      },
    );
  });
  const body = text.includes('\n')
    ? h('pre', { tabindex: '0', 'aria-label': 'What to do' }, text)
    : h('p', {}, prose(text));
  return h('div', { class: 'help' }, h('span', { class: 'help-label' }, 'What to do'), body, copy);
}
