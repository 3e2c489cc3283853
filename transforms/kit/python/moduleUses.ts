/** Uses of an imported module: which of its names does the code reach, and where? */
import type { Range } from '../edits.js';
import type { PythonNode } from '../languages.js';
import { type PythonFile, rangeOf } from './file.js';
import type { ImportedName, ImportStatement } from './imports.js';
import { leftmost } from './names.js';

/** One use of a module: `t.trace_charm`, `charms.x.v1.t.trace_charm`, or the module alone. */
export interface ModuleUse {
  /** The spelled-out module, when the import binds only its first part. */
  readonly moduleRange: Range | undefined;
  /** The name taken from it, when one is. */
  readonly taken: { readonly name: string; readonly range: Range } | undefined;
}

/**
 * Uses of the module that an import item binds, under its alias or spelled out.
 *
 * @param whole the item imports a module by its dotted name (`import a.b`), without an alias
 */
export function moduleUses(file: PythonFile, statement: ImportStatement, item: ImportedName): ModuleUse[] {
  const spelled = statement.kind === 'import' && item.alias === undefined;
  const pattern = spelled ? `^${item.name.replaceAll('.', '\\s*\\.\\s*')}$` : `^${item.local}$`;
  const bound = (node: PythonNode) =>
    file.names
      .importTargets(item.local, leftmost(node))
      ?.some((target) => target.statement.id() === statement.node.id()) ?? false;
  const objects = spelled
    ? file.find({ rule: { kind: 'attribute', regex: pattern } })
    : file.find({
        rule: {
          kind: 'identifier',
          regex: pattern,
          nthChild: 1,
          inside: { kind: 'attribute' },
        },
      });
  return objects.filter(bound).map((node): ModuleUse => {
    const parent = node.parent();
    const attribute = parent?.kind() === 'attribute' ? parent.field('attribute') : null;
    return {
      moduleRange: spelled ? rangeOf(node) : undefined,
      taken: attribute ? { name: attribute.text(), range: rangeOf(attribute) } : undefined,
    };
  });
}
