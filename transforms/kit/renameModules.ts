/**
 * A step that points a library's users at its successor: the factory behind `rename-lib-modules`.
 *
 * The code of one file is one edit group: half a file on each library is never right. Prose (comments, docstrings) is a
 * group of its own. A module that a statement of the charm's own code cannot leave stays for the whole charm, so that
 * one process never holds two copies of it (an `except` would miss, a patch would miss); tests that cannot move stay
 * alone, for the code they test does move.
 */
import type { Charm } from './charm.js';
import { applyEdits, type Edit, type Range } from './edits.js';
import type { PythonNode } from './languages.js';
import { type HasSymbol, type ModuleMap, ModuleMoves, type TextReference } from './moduleMoves.js';
import { protection } from './protected.js';
import { rangeOf } from './python/file.js';
import { compareNames, fromImportText, itemText } from './python/importEdits.js';
import { changeImports, type ImportChange } from './python/importRuns.js';
import type { ImportedName, ImportStatement } from './python/imports.js';
import { type ModuleUse, moduleUses } from './python/moduleUses.js';
import { withoutLibPrefix } from './python/names.js';
import { editLines, type LineEdit } from './python/reflow.js';
import { lineEnd, lineStart, ownsItsLines } from './python/statements.js';
import { isProse } from './python/strings.js';
import { width } from './python/wrap.js';
import { defineTransform, type FileContext, type FindingKind, type Transform } from './transform.js';

/** What became of a name that the new module does not have. */
export interface GoneName {
  /** What happens instead, and what to write. */
  readonly help: string;
  /** An exception that nothing raises any more. */
  readonly exception?: boolean;
}

export interface RenameOptions {
  readonly id: string;
  readonly title: string;
  readonly gone?: Readonly<Record<string, GoneName>>;
  /** Why this repository is left alone as a whole. */
  skip?(charm: Charm): string | undefined;
  /** Why an import cannot move although its names exist: they changed their meaning. */
  refuse?(
    charm: Charm | undefined,
    module: string,
    names: readonly string[],
  ): { readonly message: string; readonly help: string } | undefined;
}

const FINDINGS = {
  'name-gone': { severity: 'error', title: 'A name does not exist in the new module' },
  'no-successor': { severity: 'error', title: 'A module has no successor' },
  'package-import': {
    severity: 'error',
    title: 'A package is imported instead of a module, so its uses are unknown',
  },
  'changed-meaning': { severity: 'error', title: 'The name exists but means something else' },
  'stays-behind': { severity: 'error', title: 'Stays on the old module because of another import' },
  'dead-except': { severity: 'warning', title: 'Nothing raises this exception any more' },
  'text-left': { severity: 'warning', title: 'A mention of the old package that is not rewritten' },
  'left-alone': { severity: 'info', title: 'The repository is left alone' },
} as const satisfies Readonly<Record<string, FindingKind>>;
type Reason = keyof typeof FINDINGS;
type File = FileContext<Reason>;

const PRAGMA = /#\s*(?:noqa|type:|pylint:|pyright:|ruff:|fmt:|isort:|nosec|pragma)/;

interface Problem {
  readonly reason: Reason;
  readonly at: Range;
  /** The name that is gone. */
  readonly name?: string;
  readonly message: string;
  readonly help: string;
}

interface ReferenceItem {
  readonly item: ImportedName;
  /** The old module. */
  readonly module: string;
  /** The name imported from it; undefined when the item is the module itself. */
  readonly name: string | undefined;
  readonly uses: readonly ModuleUse[];
}

/** An import statement that names the old package. */
interface Reference {
  readonly statement: ImportStatement;
  readonly items: readonly ReferenceItem[];
  readonly problems: readonly Problem[];
}

interface Plan {
  readonly skipped: boolean;
  /** Modules that no code of the charm leaves, with the file that cannot. */
  readonly stays: ReadonlyMap<string, string>;
  /** Files that import a module. */
  readonly users: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Makes the step.
 *
 * @param map what moved where
 * @param symbols whether a new module has a name
 */
export function renameModules(map: ModuleMap, symbols: HasSymbol, options: RenameOptions): Transform {
  const moves = new ModuleMoves(map, symbols);
  return defineTransform<Reason, never, Record<never, never>, Plan>({
    id: options.id,
    title: options.title,
    safety: 'safe',
    language: 'python',
    literals: [...moves.literals],
    findings: FINDINGS,
    plan({ charm, report }) {
      const why = options.skip?.(charm);
      if (why !== undefined) {
        const used = charm
          .files()
          .some((path) => /\.pyi?$/.test(path) && charm.tree.contains(path, moves.key));
        if (used) report('left-alone', { message: why, help: 'Nothing to do.' });
        return { skipped: true, stays: new Map(), users: new Map() };
      }
      const entries = charm
        .pythonFiles(moves.key)
        .filter((path) => charm.relative(path) !== undefined && editable(path, charm, moves))
        .map((path) => ({ path: charm.relative(path) ?? path, file: charm.python(path) }))
        .map(({ path, file }) => ({
          path,
          references: file ? readReferences(file, moves, options, charm) : [],
        }));
      return planFor(entries, moves);
    },
    apply(file, given) {
      if (given?.skipped || !editable(file.path, file.charm, moves)) return;
      const references = readReferences(file.python, moves, options, file.charm);
      const plan = given ?? planFor([{ path: file.path, references }], moves);
      const moved = references.filter((reference) => reportStays(file, reference, plan, options));
      const ids = new Set(moved.map(({ statement }) => statement.node.id()));
      const code: LineEdit[] = [];
      changeImports(
        file,
        moved.map((reference) => moveImport(file, reference, ids, moves, code)),
      );
      renameText(file, plan, moves, code);
      editLines(file, code);
    },
  });
}

/** Not a file of the old or the new library: what it says about its past is its own. */
function editable(path: string, charm: Charm | undefined, moves: ModuleMoves): boolean {
  return !(charm && protection(path, charm) !== undefined) && !moves.isModuleFile(path);
}

function readReferences(
  python: File['python'],
  moves: ModuleMoves,
  options: RenameOptions,
  charm: Charm | undefined,
): Reference[] {
  if (!python.text.includes(moves.key)) return [];
  return python.imports.flatMap((statement) => {
    const from = withoutLibPrefix(statement.module);
    const symbols = moves.isModule(from);
    const items = statement.names.flatMap((item): ReferenceItem[] => {
      if (symbols) return [{ item, module: from, name: item.name, uses: [] }];
      const module = withoutLibPrefix(statement.kind === 'from' ? `${from}.${item.name}` : item.name);
      if (!moves.covers(module)) return [];
      return [{ item, module, name: undefined, uses: moduleUses(python, statement, item) }];
    });
    if (items.length === 0) return [];
    return [{ statement, items, problems: problemsOf(statement, items, moves, options, charm) }];
  });
}

function problemsOf(
  statement: ImportStatement,
  items: readonly ReferenceItem[],
  moves: ModuleMoves,
  options: RenameOptions,
  charm: Charm | undefined,
): Problem[] {
  const problems: Problem[] = [];
  for (const module of new Set(items.map((item) => item.module))) {
    const at = statement.range;
    const target = moves.map.moved[module];
    if (target === undefined) {
      problems.push(
        moves.isPackage(module)
          ? {
              reason: 'package-import',
              at,
              message: `${module} is a package: which of its modules are used through it is not known`,
              help: `Import the module itself, such as \`from ${module} import <module>\`, and run again.`,
            }
          : {
              reason: 'no-successor',
              at,
              message: `${moves.gone(module)}; the import stays`,
              help: 'Remove what needs it, or keep the old library vendored.',
            },
      );
      continue;
    }
    const names = items.filter((item) => item.module === module).flatMap(namesOf);
    const why = options.refuse?.(
      charm,
      module,
      names.map(({ name }) => name),
    );
    if (why) problems.push({ reason: 'changed-meaning', at, ...why });
    for (const { name, at: place } of names) {
      if (moves.symbol(module, name) !== undefined) continue;
      problems.push({
        reason: 'name-gone',
        at: place,
        name,
        message:
          name === '*'
            ? `which names \`from ${module} import *\` brings is not known; the import stays`
            : `'${name}' does not exist in ${target}; the import stays on ${module}`,
        help:
          options.gone?.[name]?.help ??
          `Write the code without '${name}', or import it from where it lives now, and run again.`,
      });
    }
  }
  const packages = new Set(items.map(({ module }) => parentOf(moves.map.moved[module] ?? '')));
  if (statement.kind === 'from' && packages.size > 1 && problems.length === 0) {
    problems.push({
      reason: 'package-import',
      at: statement.range,
      message: `the modules of this import went to several packages: ${[...packages].sort().join(', ')}`,
      help: 'Write one import statement for each module and run again.',
    });
  }
  return problems;
}

function namesOf({ item, name, uses }: ReferenceItem): { name: string; at: Range }[] {
  if (name !== undefined) return [{ name, at: item.nameRange }];
  return uses.flatMap((use) => (use.name && use.nameRange ? [{ name: use.name, at: use.nameRange }] : []));
}

/** Which modules stay for the whole charm: those that its own code (not its tests) cannot leave. */
function planFor(
  entries: readonly { path: string; references: readonly Reference[] }[],
  { map }: ModuleMoves,
): Plan {
  const stays = new Map<string, string>();
  const users = new Map<string, Set<string>>();
  for (const { path, references } of entries) {
    for (const { module } of references.flatMap(({ items }) => items))
      users.set(module, (users.get(module) ?? new Set()).add(path));
  }
  const own = entries.filter(({ path }) => !isTest(path));
  for (let size = -1; size !== stays.size; ) {
    size = stays.size;
    for (const { path, references } of own) {
      for (const { items, problems } of references) {
        if (problems.length === 0 && !items.some(({ module }) => stays.has(module))) continue;
        for (const { module } of items)
          if (map.moved[module] !== undefined && !stays.has(module)) stays.set(module, path);
      }
    }
  }
  return { skipped: false, stays, users };
}

function isTest(path: string): boolean {
  return /(?:^|\/)tests?\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.pyi?$/.test(path);
}

/** Reports why a statement stays. Returns whether it moves. */
function reportStays(
  file: File,
  { statement, items, problems }: Reference,
  { stays, users }: Plan,
  { gone }: RenameOptions,
): boolean {
  const here = file.charm?.relative(file.path) ?? file.path;
  const blocked = items.find(({ module }) => stays.has(module))?.module;
  for (const { reason, at, message, help } of problems) {
    const others = new Set(
      items.flatMap(({ module }) => (stays.has(module) ? [...(users.get(module) ?? [])] : [])),
    );
    others.delete(here);
    const list = others.size > 0 ? `; because of it these stay too: ${[...others].sort().join(', ')}` : '';
    file.report(reason, { at, message: message + list, help });
  }
  const dead = problems.flatMap(({ name }) => (name !== undefined && gone?.[name]?.exception ? [name] : []));
  for (const name of dead) reportExcepts(file, items, name, gone?.[name]?.help ?? '');
  if (problems.length > 0) return false;
  if (blocked === undefined) return true;
  file.report('stays-behind', {
    at: statement.range,
    message: `this import stays on ${blocked}, because ${stays.get(blocked)} does`,
    help: `Solve the error in ${stays.get(blocked)} and run again.`,
  });
  return false;
}

/** Reports `except` clauses that wait for an exception of the old module. */
function reportExcepts(file: File, items: readonly ReferenceItem[], gone: string, help: string): void {
  const places = items.flatMap(({ item, name, uses }) =>
    name === gone
      ? file.python.names.occurrences(item.local).map(({ node }) => rangeOf(node))
      : uses.flatMap((use) => (use.name === gone && use.nameRange ? [use.nameRange] : [])),
  );
  for (const clause of file.python.find({ rule: { kind: 'except_clause' } })) {
    const body = clause.children().find((child) => child.kind() === 'block');
    const header = { start: rangeOf(clause).start, end: rangeOf(body ?? clause).start };
    const at = places.find(({ start, end }) => header.start <= start && end <= header.end);
    if (!at) continue;
    file.report('dead-except', {
      at,
      message: `'${clause.text().split('\n')[0]?.trim()}' waits for ${gone}, which the new library never raises`,
      help,
    });
  }
}

/** Edits the uses of a moved import, and says how the statement reads now. */
function moveImport(
  file: File,
  { statement, items }: Reference,
  movedIds: ReadonlySet<number>,
  moves: ModuleMoves,
  code: LineEdit[],
): ImportChange {
  const { text, layout } = file;
  const pieces: Edit[] = [];
  const piece = (range: Range, replacement: string) => {
    if (text.slice(range.start, range.end) !== replacement)
      pieces.push({ ...range, text: replacement, group: '' });
  };
  const prefix = (old: string) => (old.startsWith('lib.') ? 'lib.' : '');
  const target = (module: string) => moves.map.moved[module] ?? module;
  const fresh = statement.names.map((known) => {
    const one = items.find(({ item }) => item === known);
    if (!one) return known;
    for (const use of one.uses) {
      if (use.moduleRange) {
        const { start, end } = use.moduleRange;
        code.push({ start, end, text: prefix(text.slice(start, end)) + target(one.module) });
      }
      const symbol = use.name === undefined ? undefined : moves.symbol(one.module, use.name);
      if (use.nameRange && symbol !== undefined && symbol !== use.name)
        code.push({ ...use.nameRange, text: symbol });
    }
    if (statement.kind === 'import') return { ...known, name: prefix(known.name) + target(one.module) };
    const name =
      one.name === undefined
        ? target(one.module).slice(parentOf(target(one.module)).length + 1)
        : (moves.symbol(one.module, one.name) ?? one.name);
    if (name === known.name || known.alias !== undefined) return { ...known, name };
    const renamed = renameLocal(file, statement, known.local, name, movedIds, moves, code);
    return { ...known, name, alias: renamed ? undefined : known.local };
  });
  const first = items[0]?.module ?? '';
  const module =
    statement.kind === 'import'
      ? (fresh[0]?.name ?? '')
      : prefix(statement.module) +
        (moves.isModule(first) && items[0]?.name !== undefined ? target(first) : parentOf(target(first)));
  const before = statement.names.map(itemText);
  let list = [...new Set(fresh.map(itemText))];
  const same = list.join() === before.join();
  if (!same && before.every((item, i) => i === 0 || compareNames(before[i - 1] ?? '', item) <= 0))
    list = list.sort(compareNames);
  if (statement.kind === 'from') piece(statement.moduleRange, module);
  for (const [index, known] of statement.names.entries()) piece(known.range, itemText(fresh[index] ?? known));
  const { start, end } = statement.range;
  const old = text.slice(start, end);
  const shifted = pieces.map((one) => ({ ...one, start: one.start - start, end: one.end - start }));
  const inPlace = applyEdits(old, shifted);
  const margin = start - lineStart(text, start);
  const comment = ownsItsLines(text, statement.node) ? text.slice(end, lineEnd(text, end)) : '';
  // black counts a comment behind the statement; one that speaks to a linter must stay on its line.
  const fits = (source: string) =>
    PRAGMA.test(comment) ||
    `${source}${comment}`
      .split('\n')
      .every((line, i) => width(line) + (i === 0 ? margin : 0) <= layout.lineLength);
  const rebuild =
    statement.kind === 'from' && !statement.commented && (!same || (!fits(inPlace) && fits(old)));
  return {
    statement,
    module,
    items: list,
    text: rebuild ? fromImportText(file, statement, module, list) : inPlace,
  };
}

/**
 * Renames a variable that an import binds, where it is used; scopes that shadow it are left out.
 *
 * @returns false when that is not provably safe (the import then keeps the name as an alias): the name is bound
 *   elsewhere, the new one is taken, a string or another file may mean it
 */
function renameLocal(
  file: File,
  statement: ImportStatement,
  old: string,
  fresh: string,
  movedIds: ReadonlySet<number>,
  moves: ModuleMoves,
  code: LineEdit[],
): boolean {
  const { charm, python, path } = file;
  const { names } = python;
  if (!charm) return false;
  const mine = (target: { readonly statement: PythonNode }) => target.statement.id() === statement.node.id();
  const all = names.occurrences(old);
  const binding = all.find(({ importStatement }) => importStatement?.id() === statement.node.id());
  if (!binding || all.some(({ role }) => role === 'declare')) return false;
  const uses = all.filter(({ node, role, scope }) =>
    role === 'bind' ? scope === binding.scope : names.importTargets(old, node)?.some(mine),
  );
  const others = all.filter((one) => one.role === 'bind' && one.scope === binding.scope && one !== binding);
  if (others.length > 0 && !names.importTargets(old, binding.node)?.every(mine)) return false;
  const wanted = moves.qualified(`${withoutLibPrefix(statement.module)}.${old}`);
  const free = names
    .occurrences(fresh)
    .every(({ node }) =>
      names
        .importTargets(fresh, node)
        ?.every(
          ({ target, statement: origin }) =>
            moves.qualified(withoutLibPrefix(target)) === wanted &&
            (movedIds.has(origin.id()) || !moves.covers(withoutLibPrefix(target))),
        ),
    );
  if (!free || mentioned(file, old, moves)) return false;
  const elsewhere = charm
    .attributeUses(old)
    .some((use) => use.path !== path && !use.text.includes(moves.key));
  const imported = charm
    .pythonFiles(old)
    .filter((one) => one !== path)
    .some((one) =>
      charm
        .python(one)
        ?.imports.some(
          ({ kind, module, names: list }) =>
            kind === 'from' &&
            !moves.covers(withoutLibPrefix(module)) &&
            list.some(({ name }) => name === old),
        ),
    );
  if (elsewhere || imported) return false;
  for (const { node } of uses) {
    if (node.id() !== binding.node.id()) code.push({ ...rangeOf(node), text: fresh });
  }
  return true;
}

/** Whether a string of the file (`__all__`, a quoted annotation) holds the name, other than below the old package. */
function mentioned({ python }: File, name: string, moves: ModuleMoves): boolean {
  const word = new RegExp(`(?<!\\w)${name}(?!\\w)`);
  return python
    .find({ rule: { kind: 'string_content', regex: name } })
    .filter((node) => !isProse(node))
    .some((node) => {
      let rest = node.text();
      for (const { start, end } of moves.textReferences(rest).toReversed())
        rest = rest.slice(0, start) + rest.slice(end);
      return word.test(rest);
    });
}

/** Strings, docstrings and comments. */
function renameText(file: File, { stays }: Plan, moves: ModuleMoves, code: LineEdit[]): void {
  const pattern = moves.literals.map((literal) => literal.replaceAll('.', '\\.')).join('|');
  for (const node of file.python.find({
    rule: {
      any: [
        { kind: 'string_content', regex: pattern },
        { kind: 'comment', regex: pattern },
      ],
    },
  })) {
    const offset = rangeOf(node).start;
    for (const reference of moves.textReferences(node.text())) {
      const at = { start: offset + reference.start, end: offset + reference.end };
      const blocked = reference.modules.find((module) => stays.has(module));
      if (reference.replacement === undefined) reportText(file, at, reference);
      else if (blocked !== undefined) {
        file.report('stays-behind', {
          at,
          severity: 'warning',
          message: `this mention of ${blocked} stays, because ${stays.get(blocked)} stays on it`,
          help: `Solve the error in ${stays.get(blocked)} and run again.`,
        });
      } else if (isProse(node)) file.edit.replace(at, reference.replacement, `${file.path} prose`);
      else if (node.text().includes('\n')) file.edit.replace(at, reference.replacement);
      else code.push({ ...at, text: reference.replacement });
    }
  }
}

function reportText(file: File, at: Range, { problem }: TextReference): void {
  file.report('text-left', {
    at,
    message: `'${file.text.slice(at.start, at.end)}' is left as it is: ${problem}`,
    help: 'Rewrite it by hand, or remove it.',
  });
}

function parentOf(dotted: string): string {
  return dotted.slice(0, dotted.lastIndexOf('.'));
}
