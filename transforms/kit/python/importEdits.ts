/** Edits of import statements: add a name, drop a name, drop what an edit orphans. */
import type { Range } from '../edits.js';
import type { PythonNode } from '../languages.js';
import { must } from '../must.js';
import type { FileContext } from '../transform.js';
import { rangeOf } from './file.js';
import type { ImportedName, ImportStatement } from './imports.js';
import { importTarget, withoutLibPrefix } from './names.js';
import { sectionOf } from './sections.js';
import {
  leadingComments,
  lineEnd,
  lineStart,
  marginOf,
  nextLine,
  removeStatement,
  removeStatements,
  statementOf,
} from './statements.js';
import { wrapFromImport } from './wrap.js';

type Target = Pick<FileContext, 'text' | 'layout' | 'edit' | 'python'>;

/** isort's and ruff's order inside a `from` list: CONSTANTS, Classes, functions; each by name, `v2` before `v10`. */
export function compareNames(a: string, b: string): number {
  return rank(a) - rank(b) || natural(a.toLowerCase(), b.toLowerCase()) || natural(a, b);
}

function rank(item: string): number {
  const name = item.replace(/\s.*/s, '');
  if (name.length > 1 && /[A-Z]/.test(name) && !/[a-z]/.test(name)) return 0;
  return /^[A-Z]/.test(name) ? 1 : 2;
}

function natural(a: string, b: string): number {
  const left = a.split(/(\d+)/);
  const right = b.split(/(\d+)/);
  for (const [index, one] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const numbers = index % 2 === 1 ? Number(one) - Number(other) : 0;
    if (numbers !== 0) return numbers;
    if (one !== other) return one < other ? -1 : 1;
  }
  return left.length - right.length;
}

/** Whether the items of a `from` list stand in {@link compareNames | isort's order}. */
export function areSorted(items: readonly string[]): boolean {
  return items.join() === items.toSorted(compareNames).join();
}

/** Source of an import item: `name` or `name as alias`. */
export function itemText(item: Pick<ImportedName, 'name' | 'alias'>): string {
  return item.alias === undefined ? item.name : `${item.name} as ${item.alias}`;
}

/** Source of a `from` statement with other contents, in the layout it has; comments inside it are not kept. */
export function fromImportText(
  { text, layout }: Pick<Target, 'text' | 'layout'>,
  statement: ImportStatement,
  module: string,
  items: readonly string[],
): string {
  const margin = marginOf(text, statement.node);
  const old = text.slice(statement.range.start, statement.range.end);
  const exploded = statement.parenthesized && /\(\s*\n/.test(old) && /,\s*\)$/.test(old);
  return exploded
    ? [
        `from ${module} import (`,
        ...items.map((item) => `${margin}${layout.indent}${item},`),
        `${margin})`,
      ].join(layout.eol)
    : wrapFromImport(module, items, { margin, layout }, trailingComment(text, statement.range.end));
}

/** The comment behind a statement, with the space in front. Pragmas do not count: ruff leaves them out of the width. */
function trailingComment(text: string, end: number): string {
  const rest = text.slice(end, lineEnd(text, end));
  return /^\s*#(?!\s*(?:noqa|type:|pyright:|pylint:|flake8:|ruff:))/i.test(rest) ? rest : '';
}

/** Writes a whole `from` statement again with other contents; the caller has checked that no comment gets lost. */
export function rewriteFromImport(
  file: Target,
  statement: ImportStatement,
  module: string,
  items: readonly string[],
  group?: string,
): void {
  const fresh = fromImportText(file, statement, module, items);
  if (fresh !== file.text.slice(statement.range.start, statement.range.end))
    file.edit.replace(statement.range, fresh, group);
}

/** The module-level `from module import …` statements, with or without the `lib.` prefix. */
export function fromImports(file: Pick<FileContext, 'python'>, module: string): ImportStatement[] {
  return file.python.imports.filter(
    (statement) =>
      statement.kind === 'from' && withoutLibPrefix(statement.module) === withoutLibPrefix(module),
  );
}

/**
 * Makes `name` of `module` available at run time in the module's scope and returns how to spell it.
 *
 * Uses what is imported already; else joins the module-level `from` statement of that module; else adds a statement
 * behind `near`, or at its isort place. When the module has something else of that name, it is imported `as name_`.
 * To add several names of one module use {@link addFromImports}: two calls may want the same text.
 *
 * @returns the local spelling (an alias, or `name`)
 */
export function addFromImport(
  file: Target,
  module: string,
  name: string,
  options: AddImportOptions = {},
): string {
  return must(addFromImports(file, module, [name], options)[0], 'spelling');
}

export interface AddImportOptions {
  readonly group?: string;
  readonly near?: ImportStatement;
}

/** What a visit of a file has added already, by its `edit`: edits cannot be read back. */
const added = new WeakMap<object, Map<string, string>>();

/** {@link addFromImport} for several names; the spellings are in their order. */
export function addFromImports(
  file: Target,
  module: string,
  names: readonly string[],
  { group, near }: AddImportOptions = {},
): string[] {
  const all = fromImports(file, module).filter((statement) => runsWithModule(statement.node));
  const memory = added.get(file.edit) ?? new Map<string, string>();
  added.set(file.edit, memory);
  const missing: string[] = [];
  const spellings = names.map((name) => {
    const key = `${group} ${module} ${name}`;
    const known = all.flatMap((statement) => statement.names).find((item) => item.name === name);
    const spelling = known?.local ?? memory.get(key) ?? freeName(file, `${module}.${name}`, name);
    if (!known && !memory.has(key)) missing.push(spelling === name ? name : `${name} as ${spelling}`);
    memory.set(key, spelling);
    return spelling;
  });
  if (missing.length > 0) addItems(file, module, missing, all, near, group);
  return spellings;
}

function addItems(
  file: Target,
  module: string,
  items: readonly string[],
  all: readonly ImportStatement[],
  near: ImportStatement | undefined,
  group: string | undefined,
): void {
  // isort keeps `a as b` on a line of its own, unless the file combines them already.
  const hosts = all.filter((one) => one.names.some(({ name, alias }) => name !== '*' && alias === undefined));
  const host = hosts.find((one) => one.node.parent()?.kind() === 'module') ?? hosts[0];
  if (host) {
    insertNames(file, host, items, group);
    return;
  }
  const line = wrapFromImport(module, items.toSorted(compareNames), { margin: '', layout: file.layout });
  const aliased = all.filter((one) => one.names.every(({ alias }) => alias !== undefined));
  const [item = ''] = items;
  const later = aliased.find((one) => compareNames(item, itemText(firstName(one))) < 0);
  if (later) {
    file.edit.insert(later.range.start, line + file.layout.eol + marginOf(file.text, later.node), group);
    return;
  }
  // A star import behind it could bind the name again.
  const star = topLevel(file).findLast((one) => one.names[0]?.name === '*');
  addStatement(file, line, module, near ?? aliased.at(-1) ?? star, group);
}

/** The name, with `_` behind it when the module binds it to something else than `target`. */
function freeName(file: Target, target: string, name: string): string {
  const taken = file.python.names.moduleBindings(name).some(({ importStatement }) => {
    const made = file.python.imports.find((one) => one.node.id() === importStatement?.id());
    const meaning = made && importTarget(made, name);
    return meaning === undefined || withoutLibPrefix(meaning) !== withoutLibPrefix(target);
  });
  return taken ? freeName(file, target, `${name}_`) : name;
}

/** Adds `import module` at its place unless it is there already (without alias). */
export function addImport(file: Target, module: string, group?: string): void {
  const there = file.python.imports.some(
    (statement) =>
      statement.kind === 'import' &&
      runsWithModule(statement.node) &&
      statement.names.some((item) => item.name === module && item.alias === undefined),
  );
  if (!there) addStatement(file, `import ${module}`, module, undefined, group);
}

/** Runs whenever the module does: directly in it, or in the body of a `try`; not under `if TYPE_CHECKING`. */
function runsWithModule(node: PythonNode): boolean {
  return node.ancestors().every((one) => /^(module|block|try_statement)$/.test(one.kind()));
}

/** Directly in the module, or in a `try`/`if` of the module: visible to the whole file. */
export function atModuleLevel(node: PythonNode): boolean {
  return !node.ancestors().some((one) => /^(function|class)_definition$/.test(one.kind()));
}

function topLevel(file: Target): ImportStatement[] {
  return file.python.imports.filter((statement) => statement.node.parent()?.kind() === 'module');
}

function addStatement(
  file: Target,
  line: string,
  module: string,
  near: ImportStatement | undefined,
  group: string | undefined,
): void {
  const { text, layout, python } = file;
  const imports = topLevel(file);
  const kind = line.startsWith('from') ? 'from' : 'import';
  const own = imports.filter((one) => sectionOf(moduleOf(one)) === sectionOf(module));
  const precedes = (one: ImportStatement) =>
    one.kind === kind ? moduleOf(one) < module : one.kind === 'import' && kind === 'from';
  const family = own.filter(
    (one) => one.kind === kind && moduleOf(one).split('.')[0] === module.split('.')[0],
  );
  const behind = (node: PythonNode, blanks: string) =>
    file.edit.insert(lineEnd(text, rangeOf(node).end), `${layout.eol}${blanks}${line}`, group);
  const anchor = near ?? (family.length > 0 ? family : own).filter(precedes).at(-1);
  if (anchor) {
    behind(anchor.node, marginOf(text, anchor.node));
    return;
  }
  const next = family[0] ?? own[0];
  if (next) {
    file.edit.insert(next.range.start, `${line}${layout.eol}`, group);
    return;
  }
  // The first of its section: a blank line keeps it apart.
  const earlier = imports.filter(
    (one) => SECTIONS.indexOf(sectionOf(moduleOf(one))) < SECTIONS.indexOf(sectionOf(module)),
  );
  const future = python.root.children().findLast((child) => child.kind() === 'future_import_statement');
  const last = earlier.at(-1)?.node ?? (imports.length === 0 ? future : undefined);
  if (last) {
    behind(last, layout.eol);
    return;
  }
  const [first] = imports;
  if (first) {
    file.edit.insert(first.range.start, `${line}${layout.eol}${layout.eol}`, group);
    return;
  }
  // No import at all: behind the docstring, else behind the comments at the top (`#!`, coding, licence).
  const start = python.root.namedChildren().find((child) => child.kind() !== 'comment');
  if (start?.kind() === 'expression_statement' && start.child(0)?.kind() === 'string') {
    behind(start, layout.eol);
  } else if (start) {
    const comment = leadingComments(start)[0];
    const header = comment?.range().start.line === 0;
    const blanks = layout.eol.repeat(/_definition$/.test(start.kind()) ? 3 : 2);
    const at = rangeOf(comment && !header ? comment : start).start;
    file.edit.insert(at, `${header ? layout.eol : ''}${line}${blanks}`, group);
  } else {
    const separator = text.trim() === '' ? '' : (/\n$/.test(text) ? '' : layout.eol) + layout.eol;
    file.edit.insert(text.length, `${separator}${line}${layout.eol}`, group);
  }
}

const SECTIONS = ['standard', 'other', 'local'];

/** The module that a statement imports from; of `import a, b` the first. */
export function moduleOf(statement: ImportStatement): string {
  return statement.kind === 'from' ? statement.module : firstName(statement).name;
}

function firstName(statement: ImportStatement): ImportedName {
  return must(statement.names[0], 'imported name');
}

function lastName(statement: ImportStatement): ImportedName {
  return must(statement.names.at(-1), 'imported name');
}

/** Adds names at their isort places in a `from` statement, keeping comments and layout. */
export function insertNames(
  file: Target,
  statement: ImportStatement,
  items: readonly string[],
  group?: string,
): void {
  const { text, layout } = file;
  const texts = statement.names.map(itemText);
  const sorted = areSorted(texts);
  const place = (item: string) => {
    const found = sorted ? texts.findIndex((other) => compareNames(item, other) < 0) : -1;
    return found === -1 ? texts.length : found;
  };
  const all = [...texts];
  for (const item of items.toSorted(compareNames).toReversed()) all.splice(place(item), 0, item);
  const { range } = statement;
  const lined = /\n/.test(text.slice(range.start, range.end));
  const fresh = fromImportText(file, statement, statement.module, all);
  if (!statement.commented && lined !== fresh.includes('\n')) {
    file.edit.replace(range, fresh, group);
    return;
  }
  // Insertions, so that two groups can add to one statement.
  for (const item of items.toSorted(compareNames)) {
    const next = statement.names[place(item)];
    const { end } = lastName(statement).range;
    if (!lined) file.edit.insert(next?.range.start ?? end, next ? `${item}, ` : `, ${item}`, group);
    // Behind a backslash there is no bracket to hold a line of its own.
    else if (next && statement.parenthesized && startsItsLine(text, next.range.start)) {
      const margin = text.slice(lineStart(text, next.range.start), next.range.start);
      file.edit.insert(next.range.start, `${item},${layout.eol}${margin}`, group);
    } else if (next) file.edit.insert(next.range.start, `${item}, `, group);
    else insertLast(file, statement, item, group);
  }
}

/** Behind the last name of a statement of several lines; a comment behind that name stays behind it. */
function insertLast(file: Target, statement: ImportStatement, item: string, group: string | undefined): void {
  const { text, layout } = file;
  const { start, end } = lastName(statement).range;
  if (!statement.parenthesized || !startsItsLine(text, start)) {
    file.edit.insert(end, `, ${item}`, group);
    return;
  }
  const margin = text.slice(lineStart(text, start), start);
  const comma = /^\s*,/.test(text.slice(end));
  const closes = text.slice(end, lineEnd(text, end)).includes(')');
  if (!comma) file.edit.insert(end, ',', group);
  file.edit.insert(
    closes ? end : lineEnd(text, end),
    `${layout.eol}${margin}${item}${closes ? '' : ','}`,
    group,
  );
}

function startsItsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

/**
 * Drops names from several import statements. Those that go whole go together, so that the blank lines around a section
 * of which nothing is left are taken care of once.
 */
export function removeImports(
  file: Target,
  statements: ReadonlyMap<ImportStatement, ReadonlySet<string>>,
  group?: string,
): void {
  const whole = new Map<number, PythonNode[]>();
  for (const [statement, locals] of statements) {
    const holder = statement.node.parent();
    if (holder && !statement.commented && statement.names.every((item) => locals.has(item.local)))
      whole.set(holder.id(), [...(whole.get(holder.id()) ?? []), statementOf(statement.node)]);
    else removeNames(file, statement, locals, group);
  }
  for (const nodes of whole.values()) removeStatements(file, nodes, group);
}

/**
 * Drops imported names from a statement; with the last one the statement goes.
 *
 * @returns false when a comment inside the statement would get lost: nothing is edited then
 */
export function removeNames(
  file: Target,
  statement: ImportStatement,
  locals: ReadonlySet<string>,
  group?: string,
): boolean {
  const rest = statement.names.filter((item) => !locals.has(item.local));
  if (rest.length === statement.names.length) return true;
  if (statement.commented) return removeLines(file, statement, locals, group);
  if (rest.length === 0) {
    removeStatement(file, statementOf(statement.node), group);
    return true;
  }
  if (statement.kind === 'from')
    rewriteFromImport(file, statement, statement.module, rest.map(itemText), group);
  else file.edit.replace(statement.range, `import ${rest.map(itemText).join(', ')}`, group);
  return true;
}

/** Drops names that stand on lines of their own without a comment. */
function removeLines(
  file: Target,
  statement: ImportStatement,
  locals: ReadonlySet<string>,
  group: string | undefined,
): boolean {
  const { text } = file;
  const gone = statement.names.filter((item) => locals.has(item.local));
  const bare = ({ range }: ImportedName) =>
    startsItsLine(text, range.start) &&
    /^[ \t]*,[ \t]*$/.test(text.slice(range.end, lineEnd(text, range.end)));
  if (gone.length === statement.names.length || !gone.every(bare)) return false;
  for (const { range } of gone) {
    file.edit.remove({ start: lineStart(text, range.start), end: nextLine(text, range.end) }, group);
  }
  return true;
}

/**
 * Whether nothing outside the removed ranges uses a name any more: no variable of that name, no mention in a string
 * (a quoted annotation, `__all__`, a patch target) nor in a type comment. Import statements themselves do not count.
 */
export function isOrphaned(
  file: Pick<FileContext, 'text' | 'python'>,
  name: string,
  removed: readonly Range[],
): boolean {
  const gone = (at: Range) => removed.some((range) => range.start <= at.start && at.end <= range.end);
  const used = file.python.names
    .occurrences(name)
    .some((one) => one.role !== 'bind' && !gone(rangeOf(one.node)));
  if (used) return false;
  const word = new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'gu');
  const strings = [...file.text.matchAll(word)].filter(
    (match) => !gone({ start: match.index, end: match.index + 1 }),
  );
  if (strings.length === 0) return true;
  return !file.python
    .find({ rule: { any: [{ kind: 'string_content' }, { kind: 'comment', regex: '^#\\s*type:' }] } })
    .some(
      (node) => !isDocstring(node) && new RegExp(word.source, 'u').test(node.text()) && !gone(rangeOf(node)),
    );
}

/** Prose: a string that is a statement of its own. */
function isDocstring(content: PythonNode): boolean {
  return content.parent()?.parent()?.kind() === 'expression_statement';
}
