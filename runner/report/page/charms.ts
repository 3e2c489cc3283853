/** The table of charms: search, filters, sorting, rows that open. */
import type { CharmState, PageCharm, PageData } from './data.js';
import { charmDetails } from './details.js';
import { button, h, hidden } from './dom.js';
import { nameOf, plural, STATES, stateBadge } from './labels.js';
import { ticks } from './state.js';

interface Row {
  readonly charm: PageCharm;
  readonly head: HTMLTableRowElement;
  readonly body: HTMLTableRowElement;
  readonly toggle: HTMLButtonElement;
  readonly haystack: string;
  setOpen(open: boolean): void;
}

interface Column {
  readonly title: string;
  readonly numeric: boolean;
  value(charm: PageCharm): number | string;
}

const of = (severity: string) => (charm: PageCharm) =>
  charm.findings.filter((finding) => finding.severity === severity).length;
const keys = (charm: PageCharm) => charm.findings.map((finding) => finding.key);

const COLUMNS: readonly Column[] = [
  { title: 'Charm', numeric: false, value: (charm) => nameOf(charm).toLowerCase() },
  { title: 'State', numeric: false, value: (charm) => STATES[charm.state].rank },
  { title: 'Files', numeric: true, value: (charm) => charm.files.length },
  { title: 'Errors', numeric: true, value: of('error') },
  { title: 'Warnings', numeric: true, value: of('warning') },
  { title: 'Next steps', numeric: true, value: of('info') },
  {
    title: 'Done',
    numeric: true,
    value: (charm) => ticks.count(keys(charm)) / Math.max(1, charm.findings.length),
  },
];

/** The table with its controls, and what the page's keys do to it. */
export class CharmTable {
  readonly element: HTMLElement;
  readonly #rows: readonly Row[];
  readonly #tbody: HTMLTableSectionElement;
  readonly #search: HTMLInputElement;
  readonly #state: HTMLSelectElement;
  readonly #transform: HTMLSelectElement;
  readonly #status: HTMLElement;
  readonly #headers: readonly HTMLTableCellElement[];
  #sort = { column: 1, down: false };

  constructor(readonly data: PageData) {
    this.#rows = data.charms.map((charm) => this.#row(charm));
    this.#search = h('input', {
      type: 'search',
      id: 'search',
      placeholder: 'Charm, file, finding …',
      autocomplete: 'off',
      spellcheck: 'false',
    });
    this.#search.addEventListener('input', () => this.#filter());
    this.#state = this.#select(
      'state',
      'All states',
      Object.entries(STATES).map(([id, { label }]) => [id, label]),
    );
    const used = data.transforms.filter((one) => one.files > 0);
    this.#transform = this.#select(
      'transform',
      'All steps',
      used.map((one) => [one.id, one.id]),
    );
    this.#status = h('p', { class: 'quiet', role: 'status' });
    this.#headers = COLUMNS.map((column, index) =>
      h(
        'th',
        { scope: 'col', class: column.numeric ? 'number' : '' },
        button({ class: 'sort' }, [column.title, h('span', { class: 'arrow', 'aria-hidden': 'true' })], () =>
          this.#sortBy(index),
        ),
      ),
    );
    this.#tbody = h('tbody');
    this.element = h(
      'section',
      { 'aria-labelledby': 'charms' },
      h('h2', { id: 'charms' }, 'Charms'),
      h(
        'div',
        { class: 'controls', role: 'search' },
        h('label', {}, hidden('Search '), this.#search),
        h('label', {}, hidden('State '), this.#state),
        h('label', {}, hidden('Step '), this.#transform),
        button({ class: 'plain' }, 'Open all', () => this.openAll(true)),
        button({ class: 'plain' }, 'Close all', () => this.openAll(false)),
        this.#status,
      ),
      h(
        'table',
        { class: 'charms' },
        h('caption', { class: 'sr' }, 'Charms of this run'),
        h('thead', {}, h('tr', {}, this.#headers)),
        this.#tbody,
      ),
    );
    this.#order();
    if (data.charms.length === 1) this.#rows[0]?.setOpen(true);
  }

  /** Shows only the charms of one state. */
  pick(state: CharmState): void {
    this.#state.value = state;
    this.#filter();
    this.element.scrollIntoView({ block: 'start' });
    this.#state.focus({ preventScroll: true });
  }

  /** Opens one charm and goes there. */
  reveal(charm: PageCharm): void {
    const row = this.#rows.find((one) => one.charm === charm);
    if (!row) return;
    if (row.head.hidden) this.clear();
    row.setOpen(true);
    row.head.scrollIntoView({ block: 'start' });
    row.toggle.focus({ preventScroll: true });
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }

  clear(): void {
    this.#search.value = '';
    this.#state.value = '';
    this.#transform.value = '';
    this.#filter();
  }

  openAll(open: boolean): void {
    for (const row of this.#visible()) row.setOpen(open);
  }

  /** Moves the focus to the next or previous row. */
  move(by: 1 | -1): void {
    const rows = this.#visible();
    const at = rows.findIndex(
      (row) => row.toggle === document.activeElement || row.body.contains(document.activeElement),
    );
    const next = rows[at === -1 ? (by === 1 ? 0 : rows.length - 1) : at + by];
    next?.toggle.focus();
    next?.head.scrollIntoView({ block: 'nearest' });
  }

  #visible(): Row[] {
    const order = [...this.#tbody.children];
    return this.#rows
      .filter((row) => !row.head.hidden)
      .sort((a, b) => order.indexOf(a.head) - order.indexOf(b.head));
  }

  #select(id: string, all: string, options: readonly (readonly [string, string])[]): HTMLSelectElement {
    const select = h(
      'select',
      { id },
      h('option', { value: '' }, all),
      options.map(([value, label]) => h('option', { value }, label)),
    );
    select.addEventListener('change', () => this.#filter());
    return select;
  }

  #row(charm: PageCharm): Row {
    const id = `charm-${this.data.charms.indexOf(charm)}`;
    const cell = h('td', { colspan: COLUMNS.length, id });
    const body = h('tr', { class: 'body', hidden: true }, cell);
    const toggle = h(
      'button',
      { type: 'button', class: 'toggle', 'aria-expanded': 'false', 'aria-controls': id },
      h('span', { class: 'caret', 'aria-hidden': 'true' }),
      h('span', { class: 'charm-name' }, nameOf(charm)),
      charm.name !== null && charm.root !== '.' ? h('span', { class: 'quiet' }, ` ${charm.root}`) : null,
    );
    const done = h('td', { class: 'number' });
    const all = keys(charm);
    const refresh = () => {
      const count = ticks.count(all);
      done.textContent = all.length === 0 ? '–' : `${count}/${all.length}`;
      done.classList.toggle('all-done', all.length > 0 && count === all.length);
    };
    ticks.onChange(refresh);
    refresh();
    const number = (value: number, kind = '') =>
      h('td', { class: `number ${value > 0 ? kind : 'zero'}` }, String(value));
    const head = h(
      'tr',
      { class: 'head' },
      h('th', { scope: 'row' }, toggle),
      h('td', {}, stateBadge(charm.state)),
      number(charm.files.length),
      number(of('error')(charm), 'has-error'),
      number(of('warning')(charm), 'has-warning'),
      number(of('info')(charm)),
      done,
    );
    let filled = false;
    const setOpen = (open: boolean) => {
      if (open && !filled) {
        filled = true;
        cell.append(charmDetails(charm, this.data));
      }
      body.hidden = !open;
      head.classList.toggle('open', open);
      toggle.setAttribute('aria-expanded', String(open));
    };
    toggle.addEventListener('click', () => setOpen(body.hasAttribute('hidden')));
    head.addEventListener('click', (event) => {
      const target = event.target;
      if (target instanceof Element && target.closest('button') === null && !getSelection()?.toString())
        setOpen(body.hasAttribute('hidden'));
    });
    const haystack = [
      charm.root,
      charm.name ?? '',
      ...charm.files.map((file) => file.path),
      ...charm.findings.flatMap((one) => [one.id, one.message, one.file ?? '']),
    ]
      .join('\n')
      .toLowerCase();
    return { charm, head, body, toggle, haystack, setOpen };
  }

  #filter(): void {
    const words = this.#search.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const state = this.#state.value;
    const step = this.#transform.value;
    let shown = 0;
    for (const row of this.#rows) {
      const { charm } = row;
      const fits =
        words.every((word) => row.haystack.includes(word)) &&
        (state === '' || charm.state === state) &&
        (step === '' || charm.files.some((file) => file.transforms.includes(step)));
      row.head.hidden = !fits;
      row.body.hidden = !fits || row.toggle.getAttribute('aria-expanded') !== 'true';
      if (fits) shown += 1;
    }
    const all = this.#rows.length;
    this.#status.textContent =
      shown === all ? '' : shown === 0 ? 'No charm fits.' : `${shown} of ${plural(all, 'charm')}`;
  }

  #sortBy(column: number): void {
    const again = this.#sort.column === column;
    this.#sort = { column, down: again ? !this.#sort.down : (COLUMNS[column]?.numeric ?? false) };
    this.#order();
  }

  #order(): void {
    const { column, down } = this.#sort;
    const by = COLUMNS[column];
    if (!by) return;
    const sign = down ? -1 : 1;
    const sorted = [...this.#rows].sort((a, b) => {
      const left = by.value(a.charm);
      const right = by.value(b.charm);
      if (left !== right) return left < right ? -sign : sign;
      return nameOf(a.charm) < nameOf(b.charm) ? -1 : 1;
    });
    this.#tbody.replaceChildren(...sorted.flatMap((row) => [row.head, row.body]));
    for (const [index, header] of this.#headers.entries()) {
      if (index === column) header.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else header.removeAttribute('aria-sort');
    }
  }
}
