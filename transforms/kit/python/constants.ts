/** What a name stands for when it stands for one string: literals, module constants, class attributes, imports. */
import type { Charm } from '../charm.js';
import type { PythonNode } from '../languages.js';
import { type Class, readClass, selfAssignments } from './classes.js';
import type { PythonFile } from './file.js';
import { attributeChain } from './names.js';
import { parents } from './parents.js';
import { stringValue } from './strings.js';

/**
 * The one string that an expression stands for, or undefined when that cannot be proved.
 *
 * Follows: a literal; a module constant assigned once; `self.X`, `cls.X` or `Class.X` assigned once in the class; a
 * constant imported from another module of the repository (with a charm).
 */
export function constantString(
  file: PythonFile,
  node: PythonNode,
  charm?: Charm,
  depth = 4,
): string | undefined {
  const literal = stringValue(node);
  if (literal !== undefined || depth === 0) return literal;
  const definition = definitionOf(file, node, charm);
  return definition && constantString(definition.file, definition.value, charm, depth - 1);
}

/** The single expression that a name, `self.X` or an imported name is bound to, with the file that holds it. */
export function definitionOf(
  file: PythonFile,
  node: PythonNode,
  charm?: Charm,
): { file: PythonFile; value: PythonNode } | undefined {
  if (node.kind() === 'identifier') return variable(file, node, charm);
  if (node.kind() !== 'attribute') return undefined;
  const chain = attributeChain(node);
  const [head, name, ...more] = chain ?? [];
  if (head === undefined || name === undefined) return undefined;
  const imported = imports(file, node, charm);
  if (imported) return imported;
  if (more.length > 0) return undefined;
  const owner = ownerClass(file, node, head);
  return owner && attribute(file, owner, name);
}

function variable(
  file: PythonFile,
  node: PythonNode,
  charm?: Charm,
): { file: PythonFile; value: PythonNode } | undefined {
  const [binding, ...more] = file.names.bindings(node.text(), node);
  if (!binding || more.length > 0) return undefined;
  if (binding.importStatement) return imports(file, node, charm);
  const value = assigned(binding.node);
  return value ? { file, value } : undefined;
}

/** The class of `self`, `cls` or a class named outright. */
function ownerClass(file: PythonFile, node: PythonNode, head: string): Class | undefined {
  for (const ancestor of parents(node)) {
    if (ancestor.kind() !== 'class_definition') continue;
    const owner = readClass(ancestor);
    if (owner.name === head || owner.methods.some((method) => method.self === head)) return owner;
  }
  const found = file.classes.filter((one) => one.name === head);
  return found.length === 1 ? found[0] : undefined;
}

function attribute(
  file: PythonFile,
  owner: Class,
  name: string,
): { file: PythonFile; value: PythonNode } | undefined {
  const inBody = file.names.bindingsIn(name, owner.node.id());
  const onSelf = selfAssignments(owner, name);
  if (inBody.length + onSelf.length !== 1) return undefined;
  const value = inBody[0] ? assigned(inBody[0].node) : onSelf[0]?.value;
  return value ? { file, value } : undefined;
}

/** What a plain assignment gives to its target. */
function assigned(target: PythonNode): PythonNode | undefined {
  const assignment = target.parent();
  const plain = assignment?.kind() === 'assignment' && assignment.field('left')?.id() === target.id();
  return plain ? (assignment.field('right') ?? undefined) : undefined;
}

/** Through an import, into another module of the repository: `from literals import X`, `import nginx` + `nginx.X`. */
function imports(
  file: PythonFile,
  node: PythonNode,
  charm?: Charm,
): { file: PythonFile; value: PythonNode } | undefined {
  const target = charm && file.names.qualify(node);
  if (!target) return undefined;
  const parts = target.replace(/^\.+/, '').split('.');
  const name = parts.pop();
  if (name === undefined || parts.length === 0) return undefined;
  const suffix = `${parts.join('/')}.py`;
  const paths = charm
    .pythonFiles(name)
    .filter((path) => path === suffix || path.endsWith(`/${suffix}`))
    .filter((path) => charm.relative(path) !== undefined);
  const other = paths.length === 1 && paths[0] !== undefined ? charm.python(paths[0]) : undefined;
  const [binding, ...more] = other?.names.moduleBindings(name) ?? [];
  const value = binding && more.length === 0 ? assigned(binding.node) : undefined;
  return other && value ? { file: other, value } : undefined;
}
