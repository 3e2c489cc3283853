/** The script of the HTML report. */

import { CharmTable } from './charms.js';
import { stateChart, transformChart } from './chart.js';
import type { PageData } from './data.js';
import { drawAllOpen } from './details.js';
import { button, h } from './dom.js';
import { followUps } from './followups.js';
import { plural } from './labels.js';
import { restoreTheme, type Theme, theme, ticks, type View, view } from './state.js';

const THEMES: Readonly<Record<Theme, { next: Theme; label: string }>> = {
  auto: { next: 'dark', label: 'Theme: as the system' },
  dark: { next: 'light', label: 'Theme: dark' },
  light: { next: 'auto', label: 'Theme: light' },
};

const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'Search'],
  ['j  k', 'Next, previous charm'],
  ['Enter', 'Open or close the charm'],
  ['e', 'Open or close all'],
  ['v', 'Side by side or unified'],
  ['t', 'Theme'],
  ['Esc', 'Clear the filters'],
  ['?', 'These keys'],
];

function start(): void {
  const page = document.getElementById('page');
  const source = document.getElementById('data')?.textContent;
  if (!page || !source) return;
  const data: PageData = JSON.parse(source);
  restoreTheme();
  ticks.load(data.charms.flatMap((charm) => charm.findings.map((finding) => finding.key)));
  const table = new CharmTable(data);
  const themeButton = button({ class: 'plain' }, '', nextTheme);
  const views = viewSwitch();
  const keys = keysDialog();
  page.append(
    h('a', { class: 'skip', href: '#charms' }, 'Skip to the charms'),
    header(
      data,
      views.element,
      themeButton,
      button({ class: 'plain', title: 'Keys (?)', 'aria-label': 'Keys' }, '?', () => keys.showModal()),
    ),
    h('main', {}, overview(data, table), table.element, followUps(data)),
    h('footer', {}, `tempo-codemods ${data.version}`, data.generated === null ? '' : ` · ${data.generated}`),
    keys,
  );
  showTheme();

  function nextTheme(): void {
    theme.set(THEMES[theme.get()].next);
    showTheme();
  }
  function showTheme(): void {
    themeButton.textContent = THEMES[theme.get()].label;
  }

  let allOpen = false;
  document.addEventListener('keydown', (event) => {
    const typing =
      event.target instanceof Element && event.target.matches('input[type=search], select, textarea');
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (event.key === 'Escape') {
      table.clear();
      if (typing && event.target instanceof HTMLElement) event.target.blur();
      return;
    }
    if (typing) return;
    const actions: Readonly<Record<string, () => void>> = {
      '/': () => table.focusSearch(),
      j: () => table.move(1),
      k: () => table.move(-1),
      e: () => {
        allOpen = !allOpen;
        table.openAll(allOpen);
      },
      v: () => views.toggle(),
      t: nextTheme,
      '?': () => keys.showModal(),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  addEventListener('beforeprint', drawAllOpen);
}

function header(data: PageData, ...controls: HTMLElement[]): HTMLElement {
  return h(
    'header',
    {},
    h(
      'div',
      {},
      h('p', { class: 'kicker' }, 'tempo-codemods report'),
      h('h1', {}, data.title),
      h(
        'p',
        { class: 'lead' },
        h(
          'span',
          { class: data.written ? 'badge state-ready' : 'badge preview' },
          data.written ? 'Written' : 'Preview: nothing was written',
        ),
        ` ${plural(data.charms.length, 'charm')}, ${plural(data.scanned, 'file')} looked at: ${data.files}; ${data.left}.`,
      ),
    ),
    h('div', { class: 'header-controls' }, controls),
  );
}

function overview(data: PageData, table: CharmTable): HTMLElement {
  return h(
    'section',
    { class: 'overview', 'aria-label': 'Overview' },
    h(
      'div',
      { class: 'card' },
      h('h2', {}, 'How the charms stand'),
      stateChart(data, (state) => table.pick(state)),
    ),
    h('div', { class: 'card wide' }, h('h2', {}, 'What changed files'), transformChart(data)),
  );
}

function viewSwitch(): { element: HTMLElement; toggle(): void } {
  const buttons = (['split', 'unified'] as const).map((value: View) => {
    const label = value === 'split' ? 'Side by side' : 'Unified';
    const one = button({ class: 'segment' }, label, () => view.set(value));
    return { value, one };
  });
  const refresh = () => {
    for (const { value, one } of buttons) one.setAttribute('aria-pressed', String(view.get() === value));
  };
  view.onChange(refresh);
  refresh();
  return {
    element: h(
      'div',
      { class: 'segments', role: 'group', 'aria-label': 'Diff view' },
      buttons.map(({ one }) => one),
    ),
    toggle: () => view.set(view.get() === 'split' ? 'unified' : 'split'),
  };
}

function keysDialog(): HTMLDialogElement {
  const dialog = h(
    'dialog',
    { 'aria-labelledby': 'keys-title' },
    h('h2', { id: 'keys-title' }, 'Keys'),
    h(
      'dl',
      {},
      KEYS.map(([key, what]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, what)]),
    ),
    button({ class: 'plain' }, 'Close', () => dialog.close()),
  );
  return dialog;
}

start();
