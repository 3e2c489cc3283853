/** What stays after the page is closed: ticks, theme, view. Storage may be forbidden; then nothing stays, nothing breaks. */

const PREFIX = 'tempo-codemods:';
/** What was set since the page was opened, for browsers that store nothing. */
const memory = new Map<string, string | null>();

export type Theme = 'auto' | 'light' | 'dark';
export type View = 'split' | 'unified';

function read(key: string): string | null {
  const known = memory.get(key);
  if (known !== undefined) return known;
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  memory.set(key, value);
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch {
    // Private mode, a full storage, or a browser that has none for files.
  }
}

const ticked = new Set<string>();
const listeners = new Set<() => void>();

/** Whether a finding is done. */
export const ticks = {
  load(keys: Iterable<string>): void {
    for (const key of keys) if (read(`done:${key}`) !== null) ticked.add(key);
  },
  has: (key: string): boolean => ticked.has(key),
  set(key: string, done: boolean): void {
    if (done) ticked.add(key);
    else ticked.delete(key);
    write(`done:${key}`, done ? '1' : null);
    for (const listener of listeners) listener();
  },
  count: (keys: readonly string[]): number => keys.filter((key) => ticked.has(key)).length,
  /** Called after each change. */
  onChange(listener: () => void): void {
    listeners.add(listener);
  },
};

export const theme = {
  get: (): Theme => {
    const value = read('theme');
    return value === 'light' || value === 'dark' ? value : 'auto';
  },
  set(value: Theme): void {
    write('theme', value === 'auto' ? null : value);
    apply(value);
  },
};

function apply(value: Theme): void {
  if (value === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', value);
}

/** Sets the theme that was chosen the last time. */
export function restoreTheme(): void {
  apply(theme.get());
}

const viewListeners = new Set<() => void>();

export const view = {
  get: (): View => {
    const value = read('view');
    if (value === 'split' || value === 'unified') return value;
    return window.innerWidth < 900 ? 'unified' : 'split';
  },
  set(value: View): void {
    write('view', value);
    for (const listener of viewListeners) listener();
  },
  onChange(listener: () => void): void {
    viewListeners.add(listener);
  },
};
