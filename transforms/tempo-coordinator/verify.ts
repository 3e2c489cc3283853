/**
 * What the preset checks on the final state of a charm: references to the old libraries that no finding names yet, and
 * names that the coordinator libraries do not have. Source: DESIGN 3, verification 3 and 4.
 */

import { LIBIDS, NEW_PACKAGE, OLD_OWNERS, OLD_PACKAGE } from '../facts/libraries.js';
import { hasSymbol, NEWEST_PATCH } from '../facts/symbols.js';
import type { LocatedFinding, Verify } from '../kit/apply.js';
import type { Charm } from '../kit/charm.js';
import { position, type Range } from '../kit/edits.js';
import { kindNumber } from '../kit/languages.js';
import { protection } from '../kit/protected.js';
import { type PythonFile, rangeOf } from '../kit/python/file.js';
import { moduleUses } from '../kit/python/moduleUses.js';
import { withoutLibPrefix } from '../kit/python/names.js';
import { isProse } from '../kit/python/strings.js';
import { DOCS, type Finding } from '../kit/transform.js';
import { moves } from './moves.js';

const LIBRARIES = 'charm_instrumentation|charm_tracing|tracing|tempo_scrape|snapshot';
/** The separators of a module path, escaped or not: renovate holds regular expressions. */
const SEPARATOR = String.raw`\\{0,2}[./]`;
const WORD = /(?<![\w-])tempo_k8s(?![\w-])/g;
const AFTER = new RegExp(`^${SEPARATOR}(?:v\\d|(?:${LIBRARIES})\\b)`);
const BEFORE = new RegExp(`charms${SEPARATOR}$`);
const CHARM_LIB = new RegExp(
  String.raw`(?<![\w-])tempo-k8s\\{0,2}\.(?:${LIBRARIES.replaceAll('_', '[-_]')})(?![\w-])`,
  'g',
);
const OLD_LIBIDS = new RegExp(
  Object.entries(LIBIDS)
    .filter(([module]) => moves.covers(module))
    .map(([, libid]) => libid)
    .join('|'),
  'g',
);

/** Files in which a module name standing alone is prose, and those in which it is an entry. */
const PROSE = /\.(?:md|rst|adoc|txt)$/;
const ENTRIES = /(?:^|\/)(?:requirements|constraints)[^/]*\.txt$/;

/** Every reference to the old libraries that is left is a finding at its line. */
export const verifyResidue: Verify = (charm, earlier) => {
  if (OLD_OWNERS.some((owner) => charm.owns(owner))) return [];
  return charm.files().flatMap((path) => {
    if (!charm.tree.contains(path, 'tempo_k8s') && !charm.tree.contains(path, 'tempo-k8s')) return [];
    if (protection(path, charm) !== undefined || moves.isModuleFile(path)) return [];
    const text = String(charm.read(path));
    const python = /\.pyi?$/.test(path) ? charm.python(path) : undefined;
    const found = [...text.matchAll(WORD)].filter((match) => {
      const end = match.index + match[0].length;
      const namespaced = BEFORE.test(text.slice(0, match.index));
      const isPath = namespaced || AFTER.test(text.slice(end, end + 40));
      if (python === undefined) return isPath || !PROSE.test(path) || ENTRIES.test(path);
      const place = placeOf(python, match.index);
      if (place === undefined) return namespaced || importsFromCharms(python, match.index);
      return isPath || (place.isCode && !/\s/.test(place.text));
    });
    if (python === undefined && !PROSE.test(path)) found.push(...text.matchAll(CHARM_LIB));
    found.push(...text.matchAll(OLD_LIBIDS));
    return report(
      found.map((match) => ({
        path,
        text,
        range: { start: match.index, end: match.index + match[0].length },
        lines: linesOf(text, python, match.index),
      })),
      earlier,
      ({ range }) => ({
        id: 'verify/residue',
        severity: 'warning',
        message: `'${text.slice(range.start, range.end)}' of ${OLD_PACKAGE} is left`,
        help: `Rewrite it by hand for ${NEW_PACKAGE}, or acknowledge it with \`# tempo-codemods: ignore[verify/residue]\`.`,
      }),
    );
  });
};

/** Every name that is imported from the coordinator libraries exists there. */
export const verifyNames: Verify = (charm, earlier) =>
  charm
    .parsed('tempo_coordinator_k8s')
    .filter(({ path }) => charm.relative(path) !== undefined && !moves.isModuleFile(path))
    .flatMap((python) => {
      const { path, text } = python;
      const places = namesIn(python).flatMap((use) => {
        const problem = problemWith(use, charm);
        return problem
          ? [{ ...use, ...problem, path, text, lines: linesOf(text, undefined, use.range.start) }]
          : [];
      });
      return report(places, earlier, ({ message, help }) => ({
        id: 'verify/unknown-name',
        severity: 'error',
        message,
        help,
      }));
    });

/** The string or comment that holds an offset; undefined in code. */
function placeOf(python: PythonFile, offset: number): { isCode: boolean; text: string } | undefined {
  const node = python
    .find({
      rule: {
        any: [
          { kind: 'string_content', regex: moves.key },
          { kind: 'comment', regex: moves.key },
        ],
      },
    })
    .find((one) => contains(rangeOf(one), offset));
  return node && { isCode: !isProse(node), text: node.text() };
}

/** `from charms import tempo_k8s` */
function importsFromCharms(python: PythonFile, offset: number): boolean {
  return python.imports.some(
    ({ range, module }) => contains(range, offset) && withoutLibPrefix(`${module}.`) === 'charms.',
  );
}

const contains = (range: Range, offset: number) => range.start <= offset && offset < range.end;

interface NameUse {
  readonly module: string;
  /** undefined: the module itself. */
  readonly name: string | undefined;
  readonly range: Range;
}

const IN_PACKAGE = /^charms\.tempo_coordinator_k8s\.v\d+\./;
const PACKAGE = 'charms.tempo_coordinator_k8s.v0.';
const TARGET = /^(?:lib\.)?(charms\.tempo_coordinator_k8s\.v0\.\w+)\.(\w+)(?:\.\w+)*$/;

/** Names of the new libraries that code and patch targets reach for. */
function namesIn(python: PythonFile): NameUse[] {
  const imported = python.imports.flatMap((statement) => {
    const from = withoutLibPrefix(statement.module);
    return statement.names.flatMap((item): NameUse[] => {
      if (IN_PACKAGE.test(from)) return [{ module: from, name: item.name, range: item.nameRange }];
      const module = withoutLibPrefix(`${from}.${item.name}`.replace(/^\./, ''));
      if (!IN_PACKAGE.test(module)) return [];
      const uses = moduleUses(python, statement, item).flatMap(({ taken }) => taken ?? []);
      return [
        { module, name: undefined, range: item.nameRange },
        ...uses.map(({ name, range }) => ({ module, name, range })),
      ];
    });
  });
  const strings = python
    .findWith([PACKAGE], kindNumber('string_content'))
    .filter((node) => TARGET.test(node.text()))
    .map((node) => ({
      module: node.text().replace(TARGET, '$1'),
      name: node.text().replace(TARGET, '$2'),
      range: rangeOf(node),
    }));
  return [...imported, ...strings];
}

function problemWith({ module, name }: NameUse, charm: Charm): { message: string; help: string } | undefined {
  if (LIBIDS[module] === undefined) {
    return {
      message: `there is no module ${module}`,
      help: `Import from ${NEW_PACKAGE}.charm_tracing or ${NEW_PACKAGE}.tracing.`,
    };
  }
  const newest = NEWEST_PATCH[module];
  if (newest === undefined || name === undefined || name === '*' || /^__\w+__$/.test(name)) return undefined;
  const patch = charm.vendored(module)[0]?.patch;
  if (patch !== undefined && patch > newest) return undefined;
  if (!hasSymbol(module, name)) {
    return {
      message: `${module} has no '${name}'`,
      help: 'Remove the name, or write what takes its place; the import fails.',
    };
  }
  if (patch === undefined || hasSymbol(module, name, patch)) return undefined;
  return {
    message: `${module} has no '${name}' at LIBPATCH ${patch}, which is vendored`,
    help: `charmcraft fetch-lib ${module}`,
  };
}

interface Place {
  readonly path: string;
  readonly text: string;
  readonly range: Range;
  /** First and last line of the statement that it stands in. */
  readonly lines: readonly [number, number];
}

/** The lines of the import statement around an offset, else its line. */
function linesOf(text: string, python: PythonFile | undefined, offset: number): [number, number] {
  const statement = python?.imports.find(({ range }) => contains(range, offset));
  const { start, end } = statement?.range ?? { start: offset, end: offset };
  return [position(text, start).line, position(text, end).line];
}

/** One finding a line, and none where another finding stands already. */
function report<P extends Place>(
  places: readonly P[],
  earlier: readonly LocatedFinding[],
  describe: (place: P) => Pick<Finding, 'id' | 'severity' | 'message' | 'help'>,
): Finding[] {
  const seen = new Set<number>();
  return places.flatMap((place) => {
    const { path, text, range, lines } = place;
    if (seen.has(lines[0])) return [];
    seen.add(lines[0]);
    const covered = earlier.some(({ file, rangeAfter }) => {
      if (file !== path || rangeAfter === null) return false;
      const { line } = position(text, rangeAfter.start);
      return lines[0] <= line && line <= lines[1];
    });
    if (covered) return [];
    const found = describe(place);
    return [
      {
        ...found,
        transform: null,
        file: path,
        range,
        docs: `${DOCS}/README.md#${found.id.replace('/', '')}`,
      },
    ];
  });
}
