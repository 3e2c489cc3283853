/** Edits of import statements: add a name, drop a name, drop what an edit orphans. */
import type { Range } from '../edits.js';
import type { PythonNode } from '../languages.js';
import type { FileContext } from '../transform.js';
import { rangeOf } from './file.js';
import type { ImportedName, ImportStatement } from './imports.js';
import { withoutLibPrefix } from './names.js';
import { sectionOf } from './sections.js';
import { marginOf, removeStatement, statementOf } from './statements.js';
import { wrapFromImport } from './wrap.js';

type Target = Pick<FileContext, 'text' | 'layout' | 'edit' | 'python'>;

/** isort's order inside a `from` list: CONSTANTS, Classes, functions; each by name. */
export function compareNames(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

function rank(item: string): number {
  const name = item.split(/\s/)[0] ?? item;
  if (name.length > 1 && /^[^a-z]+$/.test(name)) return 0;
  return /^_*[A-Z]/.test(name) ? 1 : 2;
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
    : wrapFromImport(module, items, { margin, layout });
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
 * Makes `name` of `module` available in the module's scope and returns how to spell it.
 *
 * Uses what is imported already; else joins the module-level `from` statement of that module; else adds a statement
 * behind `near`, or behind the last import that sorts before it.
 *
 * @returns the local spelling (an alias, or `name`)
 */
export function addFromImport(
  file: Target,
  module: string,
  name: string,
  options: { readonly group?: string; readonly near?: ImportStatement } = {},
): string {
  const all = fromImports(file, module).filter((statement) => atModuleLevel(statement.node));
  for (const statement of all) {
    const known = statement.names.find((item) => item.name === name);
    if (known) return known.local;
  }
  const { group } = options;
  const host = all.find((statement) => !statement.names.some((item) => item.name === '*'));
  if (host) {
    insertName(file, host, name, group);
    return name;
  }
  const line = wrapFromImport(module, [name], { margin: '', layout: file.layout });
  addStatement(file, line, module, options.near, group);
  return name;
}

/** Adds `import module` at its place unless it is there already (without alias). */
export function addImport(file: Target, module: string, group?: string): void {
  const there = file.python.imports.some(
    (statement) =>
      statement.kind === 'import' &&
      atModuleLevel(statement.node) &&
      statement.names.some((item) => item.name === module && item.alias === undefined),
  );
  if (!there) addStatement(file, `import ${module}`, module, undefined, group);
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
  const anchor = near ?? (family.length > 0 ? family : own).filter(precedes).at(-1);
  if (anchor) {
    file.edit.insert(rangeOf(anchor.node).end, `${layout.eol}${line}`, group);
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
  const last = earlier.at(-1);
  if (last) {
    file.edit.insert(rangeOf(last.node).end, `${layout.eol}${layout.eol}${line}`, group);
    return;
  }
  const [first] = imports;
  if (first) {
    file.edit.insert(first.range.start, `${line}${layout.eol}${layout.eol}`, group);
    return;
  }
  // No import at all: behind the docstring, else at the top.
  const docstring = python.root.namedChildren().find((child) => child.kind() !== 'comment');
  if (docstring?.kind() === 'expression_statement' && docstring.child(0)?.kind() === 'string') {
    file.edit.insert(rangeOf(docstring).end, `${layout.eol}${layout.eol}${line}`, group);
  } else {
    const top = text.startsWith('\uFEFF') ? 1 : 0;
    file.edit.insert(docstring ? rangeOf(docstring).start : top, `${line}${layout.eol}${layout.eol}`, group);
  }
}

const SECTIONS = ['future', 'standard', 'other'];

/** The module that a statement imports from; of `import a, b` the first. */
export function moduleOf(statement: ImportStatement): string {
  return statement.kind === 'from' ? statement.module : (statement.names[0]?.name ?? '');
}

/** Adds one name at its isort place in a `from` statement, keeping comments and layout. */
export function insertName(file: Target, statement: ImportStatement, name: string, group?: string): void {
  const { text, layout } = file;
  const texts = statement.names.map(itemText);
  const sorted = texts.every((item, index) => index === 0 || compareNames(texts[index - 1] ?? '', item) <= 0);
  const found = sorted ? statement.names.findIndex((item) => compareNames(name, itemText(item)) < 0) : -1;
  const index = found === -1 ? statement.names.length : found;
  if (!statement.commented) {
    rewriteFromImport(file, statement, statement.module, texts.toSpliced(index, 0, name), group);
    return;
  }
  const next = statement.names[index];
  const last = statement.names.at(-1);
  const lined = /\n/.test(text.slice(statement.range.start, statement.range.end));
  const separator = lined ? `,${layout.eol}${marginOf(text, statement.node)}${layout.indent}` : ', ';
  if (next) file.edit.insert(next.range.start, `${name}${separator}`, group);
  else if (last) file.edit.insert(last.range.end, `${separator}${name}`, group);
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
  if (statement.commented) return false;
  if (rest.length === 0) {
    removeStatement(file, statementOf(statement.node), group);
    return true;
  }
  if (statement.kind === 'from')
    rewriteFromImport(file, statement, statement.module, rest.map(itemText), group);
  else file.edit.replace(statement.range, `import ${rest.map(itemText).join(', ')}`, group);
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
  const word = new RegExp(`(?<![\\w])${name}(?![\\w])`, 'g');
  const strings = [...file.text.matchAll(word)].filter(
    (match) => !gone({ start: match.index, end: match.index + 1 }),
  );
  if (strings.length === 0) return true;
  return !file.python
    .find({ rule: { any: [{ kind: 'string_content' }, { kind: 'comment', regex: '^#\\s*type:' }] } })
    .some((node) => !isDocstring(node) && new RegExp(word.source).test(node.text()) && !gone(rangeOf(node)));
}

/** Prose: a string that is a statement of its own. */
function isDocstring(content: PythonNode): boolean {
  return content.parent()?.parent()?.kind() === 'expression_statement';
}
