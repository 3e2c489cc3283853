/** Import statements as data: what a file imports, under which names, and where the pieces stand. */
import type { Range } from '../edits.js';
import type { PythonNode, PythonRule } from '../languages.js';
import { field, firstPart } from './nodes.js';

/** One item of an import list: `name as alias`. */
export interface ImportedName {
  /** The imported name; for `import a.b` the dotted module, spaces removed; `*` for a star import. */
  readonly name: string;
  readonly alias: string | undefined;
  /** The name that the statement binds: the alias, the name, or the first part of a dotted module. */
  readonly local: string;
  /** The whole item. */
  readonly range: Range;
  /** The imported name alone. */
  readonly nameRange: Range;
}

export interface ImportStatement {
  readonly node: PythonNode;
  readonly kind: 'import' | 'from';
  readonly range: Range;
  /** For `from M import …`: M with its leading dots and without spaces. Empty for `import …`. */
  readonly module: string;
  /** Where M stands (empty range for `import …`). */
  readonly moduleRange: Range;
  readonly names: readonly ImportedName[];
  readonly parenthesized: boolean;
  /** A comment stands inside the statement. */
  readonly commented: boolean;
}

const range = (node: PythonNode): Range => {
  const { start, end } = node.range();
  return { start: start.index, end: end.index };
};

/** The text of a dotted name without spaces: `charms . tempo_k8s` is a legal spelling. */
export function dottedText(node: PythonNode): string {
  return node.text().replace(/\s+|\\/g, '');
}

function importedName(item: PythonNode, whole: boolean): ImportedName {
  const aliased = item.kind() === 'aliased_import';
  const nameNode = aliased ? field(item, 'name') : item;
  const alias = aliased ? item.field('alias')?.text() : undefined;
  const name = dottedText(nameNode);
  const local = alias ?? (whole ? firstPart(name) : name);
  return { name, alias, local, range: range(item), nameRange: range(nameNode) };
}

/** Matches import statements, except `from __future__ import …`, which binds nothing. */
export const IMPORTS: PythonRule = {
  rule: { any: [{ kind: 'import_statement' }, { kind: 'import_from_statement' }] },
};

export function readImport(node: PythonNode): ImportStatement {
  const from = node.kind() === 'import_from_statement';
  const moduleNode = from ? node.field('module_name') : null;
  const children = node.children();
  const names = node.fieldChildren('name').map((item: PythonNode) => importedName(item, !from));
  const star = children.find((child) => child.kind() === 'wildcard_import');
  if (star) {
    names.push({ name: '*', alias: undefined, local: '*', range: range(star), nameRange: range(star) });
  }
  const start = node.range().start.index;
  return {
    node,
    kind: from ? 'from' : 'import',
    range: range(node),
    module: moduleNode ? dottedText(moduleNode) : '',
    moduleRange: moduleNode ? range(moduleNode) : { start, end: start },
    names,
    parenthesized: children.some((child) => child.kind() === '('),
    commented: node.find({ rule: { kind: 'comment' } }) !== null,
  };
}
