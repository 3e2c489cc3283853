/** Small charts as inline SVG, with the same numbers as text next to them. */
import type { CharmState, PageData } from './data.js';
import { h, s } from './dom.js';
import { plural, STATES } from './labels.js';

const ORDER: readonly CharmState[] = ['ready', 'look', 'fix', 'failed', 'untouched'];

/** How the charms stand: a ring, and a legend that filters. */
export function stateChart(data: PageData, onPick: (state: CharmState) => void): HTMLElement {
  const counts = ORDER.map((state) => ({
    state,
    number: data.charms.filter((charm) => charm.state === state).length,
  })).filter(({ number }) => number > 0);
  const total = data.charms.length;
  const radius = 40;
  const around = 2 * Math.PI * radius;
  let offset = 0;
  const arcs = counts.map(({ state, number }) => {
    const length = (number / total) * around;
    const gap = counts.length > 1 ? Math.min(2, length / 2) : 0;
    const arc = s('circle', {
      class: `arc fill-${state}`,
      cx: 50,
      cy: 50,
      r: radius,
      'stroke-dasharray': `${length - gap} ${around - length + gap}`,
      'stroke-dashoffset': -offset,
    });
    offset += length;
    return arc;
  });
  const said = counts.map(({ state, number }) => `${number} ${STATES[state].label.toLowerCase()}`).join(', ');
  return h(
    'div',
    { class: 'chart' },
    s(
      'svg',
      {
        viewBox: '0 0 100 100',
        class: 'ring',
        role: 'img',
        'aria-label': `${plural(total, 'charm')}: ${said}`,
      },
      s('g', { transform: 'rotate(-90 50 50)' }, ...arcs),
      s('text', { x: 50, y: 50, class: 'ring-number' }, String(total)),
      s('text', { x: 50, y: 64, class: 'ring-word' }, total === 1 ? 'charm' : 'charms'),
    ),
    h(
      'ul',
      { class: 'legend' },
      counts.map(({ state, number }) => {
        const pick = h(
          'button',
          { type: 'button', class: 'legend-item', title: `Show only: ${STATES[state].label}` },
          h('span', { class: `dot dot-${state}`, 'aria-hidden': 'true' }, STATES[state].sign),
          ` ${STATES[state].label} `,
          h('b', {}, String(number)),
        );
        pick.addEventListener('click', () => onPick(state));
        return h('li', {}, pick);
      }),
    ),
  );
}

/** Which step changed how many files. */
export function transformChart(data: PageData): HTMLElement {
  const rows = data.transforms.filter((one) => one.files > 0);
  const most = Math.max(1, ...rows.map((one) => one.files));
  if (rows.length === 0) return h('p', { class: 'quiet' }, 'No step changed a file.');
  return h(
    'ol',
    { class: 'bars' },
    rows.map((one) =>
      h(
        'li',
        {},
        h(
          'span',
          { class: 'bar-title' },
          one.title,
          one.review
            ? h('span', { class: 'badge review', title: 'Changes behaviour on purpose' }, 'review')
            : null,
        ),
        h('code', { class: 'bar-id', title: one.why }, one.id),
        s(
          'svg',
          { class: 'bar', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
          s('rect', { class: 'bar-back', width: 100, height: 6 }),
          s('rect', { class: 'bar-fill', width: Math.max(2, (one.files / most) * 100), height: 6 }),
        ),
        h('span', { class: 'bar-number' }, plural(one.files, 'file')),
      ),
    ),
  );
}
