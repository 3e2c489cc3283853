/** Names that an edit leaves without use go in the same edit: imports, module constants, class constants. */
import type { Charm } from '../charm.js';
import type { Range } from '../edits.js';
import type { PythonNode } from '../languages.js';
import type { FileContext } from '../transform.js';
import { type PythonFile, rangeOf } from './file.js';
import { isOrphaned, removeImports } from './importEdits.js';
import type { ImportStatement } from './imports.js';
import { field, lastPart } from './nodes.js';
import { commentsIn, leadingComments, removeStatement, statementOf } from './statements.js';

/**
 * Removes what only the removed nodes used. Other files of the repository count as users; a constant with a comment of
 * its own stays.
 *
 * @param removed nodes whose text the same edit removes
 * @param options.inserted what the same edit puts in: names in it are in use
 * @param options.keep import statements that the same edit rewrites
 * @param options.imports names to drop from import statements in any case
 */
export function removeOrphans(
  file: Omit<FileContext, 'charm'>,
  charm: Charm,
  removed: readonly PythonNode[],
  options: {
    readonly group?: string;
    readonly inserted?: string;
    readonly keep?: ReadonlySet<number>;
    readonly imports?: ReadonlyMap<ImportStatement, ReadonlySet<string>>;
  } = {},
): void {
  const { python } = file;
  const ranges: Range[] = removed.map(rangeOf);
  const queue = [...removed];
  const imports = new Map(
    [...(options.imports ?? [])].map(([statement, names]) => [statement, new Set(names)]),
  );
  const seen = new Set(options.inserted?.match(/\w+/g));
  for (let node = queue.shift(); node; node = queue.shift()) {
    for (const name of candidates(node)) {
      if (seen.has(name)) continue;
      const statement = importOf(python, name);
      const constant = statement ? undefined : constantOf(python, name);
      if (!statement && !constant) continue;
      const gone = constant ? [...ranges, rangeOf(constant)] : ranges;
      if (!isOrphaned(file, name, gone) || usedByOthers(python, name, charm)) continue;
      if (constant && isAttributeUsed(python, name, gone, charm)) continue;
      seen.add(name);
      if (statement && !options.keep?.has(statement.node.id())) {
        imports.set(statement, (imports.get(statement) ?? new Set()).add(name));
      } else if (constant) {
        removeStatement(file, constant, options.group);
        ranges.push(rangeOf(constant));
        queue.push(constant, ...removed);
      }
    }
  }
  removeImports(file, imports, options.group);
}

/** Identifiers in the node: variables, and attributes of `self` (class constants). */
function candidates(node: PythonNode): Set<string> {
  return new Set(node.findAll({ rule: { kind: 'identifier' } }).map((found) => found.text()));
}

function importOf(python: PythonFile, name: string): ImportStatement | undefined {
  const found = python.imports.filter((statement) => statement.names.some((item) => item.local === name));
  return found.length === 1 ? found[0] : undefined;
}

/** The one assignment of a plain value to the name, in the module or a class body, without a comment of its own. */
function constantOf(python: PythonFile, name: string): PythonNode | undefined {
  // A look at the text first: an assignment has `=` or `:` behind the name.
  const assigned = new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?:[ \\t\\f]|\\\\\\r?\\n)*[:=](?!=)`, 'u');
  if (!assigned.test(python.text)) return undefined;
  const bindings = python.names.occurrences(name).filter((one) => one.role === 'bind');
  const [binding] = bindings;
  const assignment = binding?.node.parent();
  if (bindings.length !== 1 || assignment?.kind() !== 'assignment') return undefined;
  const value = assignment.field('right');
  const statement = statementOf(assignment);
  const owner = statement.parent()?.parent();
  const inBody = owner === null || owner === undefined || owner.kind() === 'class_definition';
  if (!value || !inBody || !isPlain(value)) return undefined;
  const commented =
    leadingComments(statement).length > 0 ||
    commentsIn(python.root, python.text, rangeOf(statement)).length > 0;
  return commented ? undefined : statement;
}

/** Evaluating it does nothing but give a value. */
function isPlain(value: PythonNode): boolean {
  return value
    .findAll({ rule: { kind: 'call' } })
    .every((call) => /^(str|(pathlib\.)?Path)$/.test(field(call, 'function').text()));
}

function usedByOthers(python: PythonFile, name: string, charm: Charm): boolean {
  const stem = python.path.replace(/^.*\//s, '').replace(/\.pyi?$/, '');
  const others = charm.parsed(name, stem).filter((other) => other.path !== python.path);
  return others.some(
    (other) =>
      other.text.includes(`${stem}.${name}`) ||
      other.imports.some(
        (statement) =>
          lastPart(statement.module) === stem &&
          statement.names.some((item) => [name, '*'].includes(item.name)),
      ),
  );
}

/** `x.NAME` anywhere, or a string that names it: a class constant may be read through any object. */
function isAttributeUsed(python: PythonFile, name: string, removed: readonly Range[], charm: Charm): boolean {
  const gone = (offset: number) => removed.some((range) => range.start <= offset && offset < range.end);
  return charm.attributeUses(name).some((use) => use.path !== python.path || !gone(use.offset));
}
