/** Which code makes the endpoint that `@trace_charm` names, and who else reads it. */
import { MODULE_MAP, NEW_CHARM_TRACING } from '../facts/libraries.js';
import type { AttributeUse, Charm } from '../kit/charm.js';
import type { PythonNode } from '../kit/languages.js';
import { type PythonFile, rangeOf } from '../kit/python/file.js';
import { type TracedClass, tracedClasses } from './model.js';
import { type OwnClass, ownFiles, withBases } from './requirers.js';

export const CHARM_TRACING_MODULES = [
  NEW_CHARM_TRACING,
  ...Object.keys(MODULE_MAP).filter((module) => MODULE_MAP[module] === NEW_CHARM_TRACING),
];

/** The endpoint of one `@trace_charm`. */
export interface TracedEndpoint {
  readonly name: string;
  /** The decorated class and its bases in this root. */
  readonly classes: readonly OwnClass[];
  readonly traced: TracedClass;
}

/** The endpoints that the `@trace_charm` decorators of this root name. */
export function tracedEndpoints(charm: Charm): readonly TracedEndpoint[] {
  return charm.fact('traced endpoints', () =>
    ownFiles(charm, 'trace_charm').flatMap((file) =>
      tracedClasses(file, charm, CHARM_TRACING_MODULES).flatMap((traced) => {
        const name = traced.endpoint?.name;
        if (name === undefined) return [];
        return [{ name, traced, classes: withBases(charm, { kind: 'class', file, owner: traced.owner }) }];
      }),
    ),
  );
}

/** The endpoint whose getter or assignment holds a node. */
export function endpointAround(charm: Charm, file: PythonFile, node: PythonNode): TracedEndpoint | undefined {
  return tracedEndpoints(charm).find(({ name, classes }) =>
    classes.some(
      (one) =>
        one.file === file &&
        node.ancestors().some((ancestor) => makes(ancestor, name)) &&
        node.ancestors().some((ancestor) => ancestor.id() === one.owner.node.id()),
    ),
  );
}

/** `def name(self)` or `self.name = …`. */
function makes(node: PythonNode, name: string): boolean {
  if (node.kind() === 'function_definition') return node.field('name')?.text() === name;
  const target = node.kind() === 'assignment' ? node.field('left') : null;
  return target?.kind() === 'attribute' && target.field('attribute')?.text() === name;
}

/** Uses of the endpoint's name other than by the decorator and where it is assigned. */
export function otherReads(charm: Charm, { name, classes, traced }: TracedEndpoint): readonly AttributeUse[] {
  const related = new Set(classes.map((one) => one.owner.name));
  for (const one of classes) for (const sub of charm.subclasses(one.owner.name)) related.add(sub.name);
  const decorator = rangeOf(traced.call);
  return charm.attributeUses(name).filter((use) => {
    if (use.kind === 'string') {
      return !(use.path === traced.file.path && use.offset >= decorator.start && use.offset < decorator.end);
    }
    if (use.selfOf !== undefined && !related.has(use.selfOf)) return false;
    return !/^[\w.]+\s*(:[^=\n]+)?=(?!=)/.test(charm.textOf(use.path).slice(use.offset));
  });
}
