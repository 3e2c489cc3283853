/** Words and signs of the page. A sign goes with every colour. */
import type { CharmState, PageCharm, PageSeverity } from './data.js';
import { h } from './dom.js';

export const STATES: Readonly<Record<CharmState, { label: string; sign: string; rank: number }>> = {
  failed: { label: 'Failed', sign: '✖', rank: 0 },
  fix: { label: 'Needs a fix', sign: '✖', rank: 1 },
  look: { label: 'Needs a look', sign: '▲', rank: 2 },
  ready: { label: 'Ready', sign: '✔', rank: 3 },
  untouched: { label: 'Nothing to do', sign: '–', rank: 4 },
};

export const SEVERITIES: Readonly<Record<PageSeverity, { label: string; sign: string }>> = {
  error: { label: 'Error', sign: '✖' },
  warning: { label: 'Warning', sign: '▲' },
  info: { label: 'Next step', sign: '●' },
};

export function stateBadge(state: CharmState): HTMLElement {
  const { label, sign } = STATES[state];
  return h(
    'span',
    { class: `badge state-${state}` },
    h('span', { 'aria-hidden': 'true' }, `${sign} `),
    label,
  );
}

export function severityBadge(severity: PageSeverity): HTMLElement {
  const { label, sign } = SEVERITIES[severity];
  return h(
    'span',
    { class: `badge sev-${severity}` },
    h('span', { 'aria-hidden': 'true' }, `${sign} `),
    label,
  );
}

export function plural(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** The name by which people know a charm. */
export function nameOf(charm: PageCharm): string {
  return charm.name ?? (charm.root === '.' ? 'this directory' : charm.root);
}

/** A text where `…` is code. */
export function prose(text: string): (string | HTMLElement)[] {
  return text
    .split(/(`[^`\n]+`)/)
    .filter((part) => part !== '')
    .map((part) => (/^`[^`\n]+`$/.test(part) ? h('code', {}, part.slice(1, -1)) : part));
}
