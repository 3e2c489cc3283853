/**
 * Renovate's custom managers for charm libraries name a library three times: in the pattern for charm-libs, as LIBID,
 * and by its API. Only an entry where all three agree is rewritten. Source: DOMAIN 3.1.
 */
import { LIBIDS, MODULE_MAP, OLD_PACKAGE } from '../facts/libraries.js';
import type { Range } from '../kit/edits.js';

/** Library names as charm-libs and regular expressions in JSON spell them: `tempo_k8s\\.tracing`. */
const LIBRARY = /(?<![\w-])tempo[-_]k8s\\*\.(charm[-_]tracing|tracing)(?![\w-])/g;
const URL = /\/libraries\/tempo[-_]k8s\/([0-9a-f]{32})\?api=(\d)(?!\d)/g;
const MENTION = new RegExp(
  `(?<![\\w-])tempo[-_]k8s(?![\\w-])|${[...new Set(Object.entries(LIBIDS).flatMap(([module, id]) => (module.startsWith(OLD_PACKAGE) ? [id] : [])))].join('|')}`,
  'g',
);

/** Edits of the entries that are consistent, and the mentions that are left. */
export function renovateEdits(text: string): {
  readonly edits: readonly (Range & { readonly text: string })[];
  readonly left: readonly Range[];
} {
  const entries = Array.from(text.matchAll(URL), ({ index }) => enclosing(text, index));
  const edits = entries.flatMap(({ start, end }) => {
    const entry = text.slice(start, end);
    const names = new Set(Array.from(entry.matchAll(LIBRARY), ([, name = '']) => name.replace('-', '_')));
    const urls = new Set(Array.from(entry.matchAll(URL), ([, libid, api]) => `${libid} ${api}`));
    const [name] = names;
    const [url = ''] = urls;
    const [libid, api] = url.split(' ');
    const old = `${OLD_PACKAGE}.v${api}.${name}`;
    const fresh = LIBIDS[MODULE_MAP[old] ?? ''];
    if (names.size !== 1 || urls.size !== 1 || LIBIDS[old] !== libid || fresh === undefined) return [];
    const rewritten = entry
      .replaceAll(/(?<![\w-])tempo([-_])k8s(?![\w-])/g, 'tempo$1coordinator$1k8s')
      .replaceAll(`${libid}?api=${api}`, `${fresh}?api=0`);
    return [{ start, end, text: rewritten }];
  });
  const left = Array.from(text.matchAll(MENTION), ({ 0: whole, index }) => ({
    start: index,
    end: index + whole.length,
  })).filter((one) => !edits.some((edit) => edit.start <= one.start && one.end <= edit.end));
  return { edits, left };
}

/** The innermost `{…}` around an offset. */
function enclosing(text: string, offset: number): Range {
  let depth = 0;
  let start = offset;
  while (start > 0 && depth <= 0) {
    start -= 1;
    if (text[start] === '}') depth -= 1;
    if (text[start] === '{') depth += 1;
  }
  depth = 0;
  let end = offset;
  while (end < text.length && depth <= 0) {
    if (text[end] === '{') depth -= 1;
    if (text[end] === '}') depth += 1;
    end += 1;
  }
  return { start, end };
}
