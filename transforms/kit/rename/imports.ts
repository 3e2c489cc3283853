/** Moves an import statement and what its file takes from it. */
import { applyEdits, type Edit } from '../edits.js';
import type { PythonNode } from '../languages.js';
import type { ModuleMoves } from '../moduleMoves.js';
import { rangeOf } from '../python/file.js';
import { compareNames, fromImportText, itemText } from '../python/importEdits.js';
import type { ImportChange } from '../python/importRuns.js';
import type { ImportedName, ImportStatement } from '../python/imports.js';
import { withoutLibPrefix } from '../python/names.js';
import type { LineEdit } from '../python/reflow.js';
import { lineEnd, lineStart, ownsItsLines } from '../python/statements.js';
import { isProse } from '../python/strings.js';
import { width } from '../python/wrap.js';
import { packageOf, type Reference, type ReferenceItem, type RenameFile } from './references.js';

/** A comment that speaks to a linter must stay on its line. */
const PRAGMA = /#\s*(?:noqa|type:|pylint:|pyright:|ruff:|fmt:|isort:|nosec|pragma)/;

/**
 * Collects the edits of the uses of a moved import, and says how the statement reads now.
 *
 * @param movedIds the import statements of the file that move
 */
export function moveImport(
  file: RenameFile,
  reference: Reference,
  movedIds: ReadonlySet<number>,
  moves: ModuleMoves,
  code: LineEdit[],
): ImportChange {
  const { statement, items } = reference;
  for (const item of items) renameUses(file, item, moves, code);
  const pairs = statement.names.map((known) => {
    const one = items.find(({ item }) => item === known);
    return { known, now: one ? movedName(file, statement, one, movedIds, moves, code) : known };
  });
  const before = statement.names.map(itemText);
  const now = [...new Set(pairs.map((pair) => itemText(pair.now)))];
  const list = isSorted(before) ? now.sort(compareNames) : now;
  const from = statement.kind === 'from';
  const module = from
    ? movedFrom(reference, moves)
    : pairs
        .slice(0, 1)
        .map((pair) => pair.now.name)
        .join();
  const inPlace = replacedIn(file.text, statement, [
    ...(from ? [{ ...statement.moduleRange, text: module }] : []),
    ...pairs.map((pair) => ({ ...pair.known.range, text: itemText(pair.now) })),
  ]);
  const same = list.join() === before.join();
  const rebuild = from && !statement.commented && (!same || becomesTooLong(file, statement, inPlace));
  return {
    statement,
    module,
    items: list,
    text: rebuild ? fromImportText(file, statement, module, list) : inPlace,
  };
}

function renameUses(
  { text }: RenameFile,
  { module, uses }: ReferenceItem,
  moves: ModuleMoves,
  code: LineEdit[],
): void {
  for (const { moduleRange, taken } of uses) {
    if (moduleRange) {
      const old = text.slice(moduleRange.start, moduleRange.end);
      code.push({ ...moduleRange, text: libPrefix(old) + moves.target(module) });
    }
    if (taken) code.push({ ...taken.range, text: moves.renamed(module, taken.name) });
  }
}

/** An item as it reads now. */
function movedName(
  file: RenameFile,
  statement: ImportStatement,
  { item, module, name }: ReferenceItem,
  movedIds: ReadonlySet<number>,
  moves: ModuleMoves,
  code: LineEdit[],
): ImportedName {
  if (statement.kind === 'import') return { ...item, name: libPrefix(item.name) + moves.target(module) };
  const fresh = name === undefined ? moves.target(module).replace(/.*\./, '') : moves.renamed(module, name);
  if (fresh === item.name || item.alias !== undefined) return { ...item, name: fresh };
  const renamed = renameLocal(file, statement, item.local, fresh, movedIds, moves, code);
  return { ...item, name: fresh, alias: renamed ? undefined : item.local };
}

/** The new M of `from M import …`. */
function movedFrom({ statement, items }: Reference, moves: ModuleMoves): string {
  const targets = items.map(({ module, name }) =>
    name === undefined ? packageOf(moves.target(module)) : moves.target(module),
  );
  return libPrefix(statement.module) + [...new Set(targets)].join();
}

function libPrefix(module: string): string {
  return module === withoutLibPrefix(module) ? '' : 'lib.';
}

function isSorted(items: readonly string[]): boolean {
  return items.toSorted(compareNames).join() === items.join();
}

/** The statement with replaced words, layout and comments as they are. */
function replacedIn(text: string, { range }: ImportStatement, edits: readonly LineEdit[]): string {
  const shifted = edits.map(
    (one): Edit => ({ ...one, start: one.start - range.start, end: one.end - range.start, group: '' }),
  );
  return applyEdits(text.slice(range.start, range.end), shifted);
}

/** black counts a comment behind the statement. */
function becomesTooLong({ text, layout }: RenameFile, statement: ImportStatement, fresh: string): boolean {
  const { start, end } = statement.range;
  const comment = ownsItsLines(text, statement.node) ? text.slice(end, lineEnd(text, end)) : '';
  const margin = text.slice(lineStart(text, start), start);
  const fits = (source: string) =>
    `${margin}${source}${comment}`.split('\n').every((line) => width(line) <= layout.lineLength);
  return !PRAGMA.test(comment) && !fits(fresh) && fits(text.slice(start, end));
}

/**
 * Renames a variable that an import binds, where it is used; scopes that shadow it are left out.
 *
 * @returns false when that is not provably safe (the import then keeps the name as an alias): the name is bound
 *   elsewhere, the new one is taken, a string or another file may mean it
 */
function renameLocal(
  file: RenameFile,
  statement: ImportStatement,
  old: string,
  fresh: string,
  movedIds: ReadonlySet<number>,
  moves: ModuleMoves,
  code: LineEdit[],
): boolean {
  const { names } = file.python;
  const mine = (target: { readonly statement: PythonNode }) => target.statement.id() === statement.node.id();
  const all = names.occurrences(old);
  const binding = all.filter(({ importStatement }) => importStatement?.id() === statement.node.id());
  const scopes = new Set(binding.map(({ scope }) => scope));
  const uses = all.filter(({ node, role, scope }) =>
    role === 'bind' ? scopes.has(scope) : names.importTargets(old, node)?.some(mine),
  );
  // In the same scope: another import, a second value, `global`.
  const alone = binding.every(({ node }) => names.importTargets(old, node)?.every(mine));
  if (!alone || all.some(({ role }) => role === 'declare')) return false;
  const wanted = moves.qualified(`${withoutLibPrefix(statement.module)}.${old}`);
  const free = names.occurrences(fresh).every(({ node }) =>
    names
      .importTargets(fresh, node)
      ?.map(({ target, statement: origin }) => ({ target: withoutLibPrefix(target), origin }))
      .every(
        ({ target, origin }) =>
          moves.qualified(target) === wanted && (movedIds.has(origin.id()) || !moves.covers(target)),
      ),
  );
  if (!free || mentioned(file, old, moves) || exported(file, old, moves)) return false;
  const bound = new Set(binding.map(({ node }) => node.id()));
  code.push(
    ...uses
      .filter(({ node }) => !bound.has(node.id()))
      .map(({ node }) => ({ ...rangeOf(node), text: fresh })),
  );
  return true;
}

/** Whether a string of the file (`__all__`, a quoted annotation) holds the name, other than below the old package. */
function mentioned({ python }: RenameFile, name: string, moves: ModuleMoves): boolean {
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

/** Whether another file may take the name from this one; unknown counts as yes. */
function exported({ charm, path }: RenameFile, name: string, moves: ModuleMoves): boolean {
  if (!charm) return true;
  const used = charm.attributeUses(name).some((use) => use.path !== path && !use.text.includes(moves.key));
  const imported = charm
    .parsed(name)
    .filter((other) => other.path !== path)
    .some(({ imports }) =>
      imports
        .filter(({ kind, module }) => kind === 'from' && !moves.covers(withoutLibPrefix(module)))
        .some(({ names }) => names.some((item) => item.name === name)),
    );
  return used || imported;
}
