/**
 * Old library references in any text: `charms.tempo_k8s.v1.charm_tracing`, `lib/charms/tempo_k8s/v2/tracing.py`, the
 * package alone, and what the guide's `sed` or a hasty hand made of them (`tempo_coordinator_k8s.v0/tracing.py`,
 * `tempo_coordinator_k8s/v1/tracing.py`). Separators stay as they are. Source: DOMAIN 2.2, SHAPES 2.2 and 2.3.
 */
import { MODULE_MAP, NEW_PACKAGE, OLD_PACKAGE, RENAMED_SYMBOLS } from '../facts/libraries.js';
import type { Range } from '../kit/edits.js';

/** A place in a text that names an old library, or a new one wrongly. */
export interface Reference extends Range {
  /** In dotted form: the old module or package; for a damaged new one the new package. */
  readonly module: string;
  /** What to write instead of the range; undefined: the module has no successor. */
  readonly text: string | undefined;
}

/** tempo_k8s with a version, perhaps a module, perhaps a name of it. */
const OLD = /(?<![\w-])tempo_k8s([./])v([0-2])(?!\w)(?:[./]([a-z]\w*)(?:\.([A-Za-z_]\w*))?)?/g;
/** Without a version it means the package only where `charms` in front of it says so. */
const PACKAGE = /(?<=\bcharms[./])tempo_k8s(?![\w-]|[./]v\d)/g;
const MIXED = /(?<![\w-])tempo_coordinator_k8s\.v0(?=\/)/g;
const NO_SUCH_API = /(?<![\w-])tempo_coordinator_k8s([./])v[12]?(?=\1(?:charm_tracing|tracing)\b)/g;

/** All references of a text, in order. */
export function references(text: string): Reference[] {
  if (!text.includes('tempo_')) return [];
  return [
    ...Array.from(text.matchAll(OLD), old),
    ...Array.from(text.matchAll(PACKAGE), (match) => reference(match, OLD_PACKAGE, 'tempo_coordinator_k8s')),
    ...Array.from(text.matchAll(MIXED), (match) => reference(match, NEW_PACKAGE, 'tempo_coordinator_k8s/v0')),
    ...Array.from(text.matchAll(NO_SUCH_API), (match) =>
      reference(match, NEW_PACKAGE, `tempo_coordinator_k8s${match[1]}v0`),
    ),
  ].sort((a, b) => a.start - b.start);
}

/** The edits that make a text name the new libraries; what has no successor stays and is listed in `left`. */
export function rewriteReferences(text: string): {
  readonly edits: readonly (Range & { readonly text: string })[];
  readonly left: readonly Reference[];
} {
  const all = references(text);
  return {
    edits: all.flatMap(({ start, end, text: fresh }) =>
      fresh === undefined ? [] : [{ start, end, text: fresh }],
    ),
    left: all.filter((one) => one.text === undefined),
  };
}

function old(match: RegExpExecArray): Reference {
  const [whole, separator, version, module, symbol] = match;
  const versioned = `${OLD_PACKAGE}.v${version}`;
  const to = (dotted: string) => dotted.split('.').slice(1).join(separator);
  const head = `tempo_k8s${separator}v${version}`;
  if (module === undefined) return reference(match, versioned, to(NEW_PACKAGE), head.length);
  const full = `${versioned}.${module}`;
  const target = MODULE_MAP[full];
  if (target === undefined) return reference(match, full, undefined);
  const renamed = symbol === undefined ? undefined : RENAMED_SYMBOLS[full]?.[symbol];
  return renamed === undefined
    ? reference(match, full, to(target), head.length + 1 + module.length)
    : reference(match, full, `${to(target)}.${renamed}`, whole.length);
}

function reference(
  { 0: whole, index }: RegExpExecArray,
  module: string,
  text: string | undefined,
  length = whole.length,
): Reference {
  return { start: index, end: index + length, module, text };
}
