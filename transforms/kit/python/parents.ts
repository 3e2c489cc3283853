/** The way up from a node, step by step: `ancestors()` makes an object of every node up to the root. */
import type { PythonNode } from '../languages.js';
import { parentOf } from './nodes.js';

/** The nodes around a node, innermost first. */
export function* parents(node: PythonNode): Generator<PythonNode, void> {
  for (let parent = node.parent(); parent; parent = parent.parent()) yield parent;
}

/** The innermost node around a node whose kind is none of these, and the node below it on the way there. */
export function climb(
  node: PythonNode,
  through: ReadonlySet<string>,
): { readonly top: PythonNode; readonly below: PythonNode } {
  const parent = parentOf(node);
  return through.has(parent.kind()) ? climb(parent, through) : { top: parent, below: node };
}

/** The innermost node of a kind around a node. */
export function around(node: PythonNode, kind: string): PythonNode | undefined {
  for (const parent of parents(node)) if (parent.kind() === kind) return parent;
  return undefined;
}
