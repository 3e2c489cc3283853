/**
 * Whether a place in the code is only reached when a requirer is ready.
 *
 * `get_endpoint()` raises where the old getters gave None (DOMAIN 2.3), so an `is_ready()` guard is needed, but only
 * where none stands: `if`, ternary, `and`, an early return, `assert`, a walrus or local flag, or a method of the same
 * class that says so. What an old getter gave counts as well, for it gave something only when the requirer was ready,
 * and its own call gets a guard.
 */

import { GETTER_PROTOCOLS } from '../facts/protocols.js';
import type { PythonNode } from '../kit/languages.js';
import { callArguments } from '../kit/python/calls.js';
import { readClass } from '../kit/python/classes.js';
import type { PythonFile } from '../kit/python/file.js';
import { attributeChain } from '../kit/python/names.js';
import { field, hasKind, textOf } from '../kit/python/nodes.js';
import { unwrap } from '../kit/python/outcomes.js';

/** Which `is_ready()` counts. */
export interface Readiness {
  readonly file: PythonFile;
  /** The requirer as {@link spelling} gives it. */
  readonly object: string;
  /** The relation that is passed; '' for none. */
  readonly relation: string;
}

const DEPTH = 4;

/** The text of an expression, local aliases (`tracing = self.tracing`) replaced by what they stand for. */
export function spelling(file: PythonFile, node: PythonNode): string {
  const value = node.kind() === 'identifier' ? localValue(file, node) : undefined;
  return value && attributeChain(value) ? value.text() : node.text();
}

/** Whether the requirer is known to be ready where the node is evaluated. */
export function isGuarded(node: PythonNode, ready: Readiness, depth = DEPTH): boolean {
  const parent = node.parent();
  if (!parent || hasKind(parent, /^(function_definition|class_definition|lambda)$/)) return false;
  return guards(parent, node, ready, depth) || isGuarded(parent, ready, depth);
}

function guards(parent: PythonNode, child: PythonNode, ready: Readiness, depth: number): boolean {
  const proves = (condition: PythonNode | null | undefined, truth: boolean) =>
    !!condition && implies(condition, truth, ready, depth);
  const condition = parent.field('condition');
  switch (parent.kind()) {
    case 'if_statement':
    case 'elif_clause':
    case 'while_statement': {
      const inBody = child.kind() === 'block';
      if (inBody) return proves(condition, true);
      // In a later branch all conditions before it were false.
      if (!/^(elif|else)_clause$/.test(child.kind())) return false;
      const earlier = child.prevAll().filter((one) => one.kind() === 'elif_clause');
      return [parent, ...earlier].some((one) => proves(one.field('condition'), false));
    }
    case 'conditional_expression': {
      const [body, test, otherwise] = parent.namedChildren();
      if (child.id() === body?.id()) return proves(test, true);
      return child.id() === otherwise?.id() && proves(test, false);
    }
    case 'boolean_operator':
      return (
        child.id() === parent.field('right')?.id() &&
        proves(parent.field('left'), parent.field('operator')?.text() === 'and')
      );
    case 'block':
      return child.prevAll().some((statement) => leaves(statement, proves));
    default:
      return false;
  }
}

/** A statement that lets nothing pass unless the requirer is ready. */
function leaves(
  statement: PythonNode,
  proves: (condition: PythonNode | null | undefined, truth: boolean) => boolean,
): boolean {
  if (statement.kind() === 'assert_statement') return proves(statement.namedChildren()[0], true);
  if (statement.kind() !== 'if_statement' || statement.field('alternative')) return false;
  const last = statement
    .field('consequence')
    ?.namedChildren()
    .findLast((one) => one.kind() !== 'comment');
  const jumps = hasKind(last, /^(return|raise|continue|break)_statement$/);
  return jumps && proves(statement.field('condition'), false);
}

/** Whether a condition that comes out as `truth` means that the requirer is ready. */
function implies(node: PythonNode, truth: boolean, ready: Readiness, depth: number): boolean {
  if (depth === 0) return false;
  const inner = (next: PythonNode | null | undefined, value = truth, cost = 0) =>
    !!next && implies(next, value, ready, depth - cost);
  switch (node.kind()) {
    case 'parenthesized_expression':
      return inner(node.namedChildren()[0]);
    case 'named_expression':
      return inner(node.field('value'));
    case 'not_operator':
      return inner(node.field('argument'), !truth);
    case 'boolean_operator': {
      const sides = [inner(node.field('left')), inner(node.field('right'))];
      const both = (node.field('operator')?.text() === 'and') === truth;
      return both ? sides.includes(true) : !sides.includes(false);
    }
    case 'identifier':
      return inner(localValue(ready.file, node), truth, 1);
    case 'comparison_operator': {
      // `endpoint is not None`
      const [value, none] = node.namedChildren();
      const is = /^is( not)?$/.exec(textOf(node.fieldChildren('operators')[0]));
      const something = is && none?.kind() === 'none' && (is[1] !== undefined) === truth;
      return !!value && !!something && isGetter(value, ready);
    }
    case 'call': {
      const callee = field(node, 'function');
      if (!truth) return false;
      return (
        isReadyCall(node, callee, ready) || isGetter(node, ready) || ownMember(callee, false, ready, depth)
      );
    }
    case 'attribute':
      return truth && ownMember(node, true, ready, depth);
    default:
      return false;
  }
}

/** An old getter of the requirer, or a local that holds what it gave. */
function isGetter(node: PythonNode, ready: Readiness): boolean {
  const plain = unwrap(node);
  const value = plain.kind() === 'named_expression' ? plain.field('value') : plain;
  const call = value?.kind() === 'identifier' ? localValue(ready.file, value) : value;
  const callee = call?.field('function');
  return !!call && !!callee && isReadyCall(call, callee, ready, Object.keys(GETTER_PROTOCOLS));
}

function isReadyCall(
  call: PythonNode,
  callee: PythonNode,
  ready: Readiness,
  names: readonly string[] = ['is_ready'],
): boolean {
  const object = callee.field('object');
  if (!names.includes(textOf(callee.field('attribute'))) || !object) return false;
  const args = callArguments(call)?.all.map((one) => one.value.text());
  return spelling(ready.file, object) === ready.object && args?.join() === ready.relation;
}

/** `self.m` of a property or `self.m()`: every true value that the method returns is returned under the guard, or is the test itself. */
function ownMember(callee: PythonNode, property: boolean, ready: Readiness, depth: number): boolean {
  const chain = attributeChain(callee) ?? [];
  const holder = callee.ancestors().find((one) => one.kind() === 'class_definition');
  if (chain.length !== 2 || !holder) return false;
  const [method, ...more] = readClass(holder).methods.filter(
    (one) => one.name === chain[1] && one.self === chain[0],
  );
  if (!method || more.length > 0 || method.isProperty !== property) return false;
  const returned = method.node
    .findAll({ rule: { kind: 'return_statement' } })
    .map((statement) => statement.namedChildren()[0])
    .filter((value) => value !== undefined && value.kind() !== 'none' && value.kind() !== 'false');
  return (
    returned.length > 0 &&
    returned.every(
      (value) =>
        value !== undefined && (implies(value, true, ready, depth - 1) || isGuarded(value, ready, depth - 1)),
    )
  );
}

/** The value of a variable that is assigned once. */
function localValue(file: PythonFile, node: PythonNode): PythonNode | null | undefined {
  const [binding, ...more] = file.names.bindings(node.text(), node);
  if (!binding || more.length > 0) return undefined;
  const holder = binding.node.parent();
  const target = holder?.field('left') ?? holder?.field('name');
  const simple = holder?.kind() === 'assignment' || holder?.kind() === 'named_expression';
  if (!simple || target?.id() !== binding.node.id()) return undefined;
  return holder?.field('right') ?? holder?.field('value');
}
