/**
 * What the steps must understand of a charm that traces itself: decorator → class → getters → requirer.
 *
 * Names are decided by import, never by spelling. Source: DOMAIN 2.5, 2.6; the shapes are those of SHAPES 3.
 */

import { NEW_CHARM_TRACING } from '../facts/libraries.js';
import type { Charm } from '../kit/charm.js';
import type { PythonNode } from '../kit/languages.js';
import { type Argument, argument, callArguments } from '../kit/python/calls.js';
import { type Class, type Method, selfAssignments } from '../kit/python/classes.js';
import { constantString } from '../kit/python/constants.js';
import type { PythonFile } from '../kit/python/file.js';
import { field, lastPart } from '../kit/python/nodes.js';

/** A class under `@trace_charm(…)`. */
export interface TracedClass {
  readonly file: PythonFile;
  readonly owner: Class;
  readonly call: PythonNode;
  readonly endpoint: Named | undefined;
  /** undefined when the decorator passes no `server_cert`. */
  readonly cert: Named | undefined;
}

/** An attribute that the decorator names. */
export interface Named {
  /** undefined when unpacked arguments may hold it. */
  readonly argument: Argument | undefined;
  /** undefined when the argument is not one provable string that can name an attribute. */
  readonly name: string | undefined;
}

/** The classes of a file that `trace_charm` decorates: the coordinator's, or that of the modules given. */
export function tracedClasses(
  file: PythonFile,
  charm?: Charm,
  modules: readonly string[] = [NEW_CHARM_TRACING],
): TracedClass[] {
  if (!file.text.includes('trace_charm') && !file.text.includes('charm_tracing')) return [];
  return file.classes.flatMap((owner) =>
    owner.decorators.flatMap((decorator) => {
      const call = decorator.child(1);
      const callee = call?.kind() === 'call' ? call.field('function') : null;
      const qualified = callee ? file.names.qualify(callee) : undefined;
      if (!call || !modules.some((module) => qualified === `${module}.trace_charm`)) return [];
      const named = (keyword: string, position: number): Named | undefined => {
        const found = argument(call, keyword, position);
        if (!found && callArguments(call)?.splat) return { argument: undefined, name: undefined };
        if (!found || found.value.kind() === 'none') return undefined;
        const name = constantString(file, found.value, charm);
        return {
          argument: found,
          name: name !== undefined && /^[\p{L}_]\w*$/u.test(name) ? name : undefined,
        };
      };
      return [{ file, owner, call, endpoint: named('tracing_endpoint', 0), cert: named('server_cert', 1) }];
    }),
  );
}

/** What a class has under a name. */
export type Member =
  | { readonly kind: 'getter'; readonly method: Method }
  /** Defined more than once, with a setter, or under another decorator than `@property`. */
  | { readonly kind: 'decorated'; readonly method: Method }
  | {
      readonly kind: 'assigned';
      readonly statements: readonly PythonNode[];
      readonly value: PythonNode | undefined;
    }
  | { readonly kind: 'absent' };

/** Finds the property, method, class attribute or instance attribute of a class. */
export function memberOf(owner: Class, name: string): Member {
  const methods = owner.methods.filter((method) => method.name === name);
  const [method] = methods;
  if (method) {
    const parameters = field(method.node, 'parameters').namedChildren();
    const plain = method.decorators.length === 0 || method.isProperty;
    return methods.length === 1 && plain && parameters.length === 1
      ? { kind: 'getter', method }
      : { kind: 'decorated', method };
  }
  const inBody = owner.body.children().filter((child) => {
    const assignment = child.child(0);
    return assignment?.kind() === 'assignment' && assignment.field('left')?.text() === name;
  });
  const onSelf = selfAssignments(owner, name);
  const statements = [...inBody, ...onSelf.map((assignment) => assignment.statement)];
  if (statements.length === 0) return { kind: 'absent' };
  const value = statements.length > 1 ? undefined : (inBody[0]?.child(0)?.field('right') ?? onSelf[0]?.value);
  return { kind: 'assigned', statements, value: value ?? undefined };
}

/** Classes of the repository related to one: all that it derives from, and all that derive from it, by name. */
export function relatives(
  charm: Charm,
  owner: Class,
): { path: string; owner: Class; side: 'base' | 'subclass' }[] {
  const seen = new Set([owner.name]);
  const found: { path: string; owner: Class; side: 'base' | 'subclass' }[] = [];
  const bases = (one: Class) => {
    for (const base of one.bases) {
      const name = lastPart(base.text().replace(/\[.*$/s, ''));
      if (seen.has(name)) continue;
      seen.add(name);
      for (const definition of classDefinitions(charm, name)) {
        found.push({ ...definition, side: 'base' });
        bases(definition.owner);
      }
    }
  };
  const subclasses = (name: string) => {
    for (const { path, name: subclass, offset } of charm.subclasses(name)) {
      if (seen.has(subclass)) continue;
      seen.add(subclass);
      for (const definition of classDefinitions(charm, subclass)) {
        if (definition.path === path && definition.owner.node.range().start.index === offset) {
          found.push({ ...definition, side: 'subclass' });
        }
      }
      subclasses(subclass);
    }
  };
  bases(owner);
  subclasses(owner.name);
  return found;
}

function classDefinitions(charm: Charm, name: string): { path: string; owner: Class }[] {
  return charm
    .parsed(`class ${name}`)
    .flatMap(({ path, classes }) =>
      classes.filter((owner) => owner.name === name).map((owner) => ({ path, owner })),
    );
}
