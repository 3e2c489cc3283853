/** What the grammar promises of its nodes, and what is read of nodes everywhere. */
import { exactly, kindNumber, type PythonNode } from '../languages.js';
import { must } from '../must.js';

/**
 * A field that all nodes of the kind have. Broken source is no exception: there the parser makes up an empty node.
 *
 * @throws Error when nodes of this kind have no such field
 */
export function field(node: PythonNode, name: string): PythonNode {
  return must(node.field(name), `'${name}' of a ${node.kind()}`);
}

/** The node around one that is not the root. */
export function parentOf(node: PythonNode): PythonNode {
  return must(node.parent(), `parent of a ${node.kind()}`);
}

/** The text of a node; '' for none. */
export function textOf(node: PythonNode | null | undefined): string {
  return node?.text() ?? '';
}

/** Whether a node is there and its kind matches. */
export function hasKind(node: PythonNode | null | undefined, kind: RegExp): boolean {
  return node ? kind.test(node.kind()) : false;
}

/** `a` of `a.b.c`. */
export function firstPart(dotted: string): string {
  return dotted.replace(/\..*/s, '');
}

/** `c` of `a.b.c`. */
export function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}

/** The spaces and tabs that a text begins with. */
export function indentOf(text: string): string {
  return text.slice(0, text.search(/[^ \t]|$/));
}

/** Up to so many characters, looking at every identifier takes less time than setting up a search for one. */
const SHORT = 3_000;

/** Every identifier of this name in a node. */
export function identifiersIn(node: PythonNode, name: string): PythonNode[] {
  const { start, end } = node.range();
  if (end.index - start.index > SHORT)
    return node.findAll({ rule: { kind: 'identifier', regex: exactly(name) } });
  return node.findAll(kindNumber('identifier')).filter((one) => one.text() === name);
}

/** Name of the first parameter of a function, as it is written (`*args` with its star). */
export function firstParameter(definition: PythonNode): string | undefined {
  const parameters = field(definition, 'parameters').namedChildren();
  const first = parameters.find((one) => one.kind() !== 'comment');
  return first?.text().split(':')[0]?.trim();
}
