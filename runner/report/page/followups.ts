/** All findings of the run by what they are: the list of the one who does the same fix in many charms. */
import type { PageCharm, PageData, PageFinding } from './data.js';
import { h } from './dom.js';
import { findingItem } from './findings.js';
import { nameOf, plural, severityBadge } from './labels.js';
import { ticks } from './state.js';

interface Kind {
  readonly id: string;
  readonly items: { charm: PageCharm; finding: PageFinding }[];
}

const RANK = { error: 0, warning: 1, info: 2 };

/** The section; a group is filled when it is opened. */
export function followUps(data: PageData): HTMLElement {
  const kinds = new Map<string, Kind>();
  for (const charm of data.charms) {
    for (const finding of charm.findings) {
      const kind = kinds.get(finding.id) ?? { id: finding.id, items: [] };
      kind.items.push({ charm, finding });
      kinds.set(finding.id, kind);
    }
  }
  const keys = data.charms.flatMap((charm) => charm.findings.map((finding) => finding.key));
  const sorted = [...kinds.values()].sort((a, b) => worst(a) - worst(b) || b.items.length - a.items.length);
  return h(
    'section',
    { 'aria-labelledby': 'follow-ups' },
    h('h2', { id: 'follow-ups' }, 'What is left for you'),
    keys.length === 0 ? h('p', {}, 'Nothing. Run the tests and merge.') : progress(keys),
    sorted.map((kind) => group(kind, data.charms.length > 1)),
  );
}

function worst(kind: Kind): number {
  return Math.min(...kind.items.map(({ finding }) => RANK[finding.severity]));
}

function progress(keys: readonly string[]): HTMLElement {
  const text = h('span', {});
  const bar = h('progress', { max: keys.length, 'aria-label': 'Follow-ups done' });
  const refresh = () => {
    bar.value = ticks.count(keys);
    text.textContent = `${bar.value} of ${keys.length} done`;
  };
  ticks.onChange(refresh);
  refresh();
  return h('p', { class: 'progress' }, bar, ' ', text);
}

function group(kind: Kind, many: boolean): HTMLElement {
  const keys = kind.items.map(({ finding }) => finding.key);
  const done = h('span', { class: 'quiet' });
  const refresh = () => {
    const number = ticks.count(keys);
    done.textContent = number === 0 ? '' : `${number} done`;
  };
  ticks.onChange(refresh);
  refresh();
  const charms = new Set(kind.items.map(({ charm }) => charm)).size;
  const list = h('ul', { class: 'findings' });
  const first = kind.items[0];
  const details = h(
    'details',
    { class: 'kind' },
    h(
      'summary',
      {},
      first ? severityBadge(first.finding.severity) : null,
      h('code', { class: 'kind-id' }, kind.id),
      h(
        'span',
        { class: 'quiet' },
        many
          ? `${plural(kind.items.length, 'place')} in ${plural(charms, 'charm')}`
          : plural(kind.items.length, 'place'),
      ),
      done,
    ),
    list,
  );
  details.addEventListener('toggle', () => {
    if (!details.open || list.childElementCount > 0) return;
    list.append(...kind.items.map(({ charm, finding }) => findingItem(finding, many ? nameOf(charm) : null)));
  });
  return details;
}
