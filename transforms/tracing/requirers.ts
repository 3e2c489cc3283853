/**
 * The `TracingEndpointRequirer` objects of a charm root, and which of them an expression means.
 *
 * Decided by import (both generations of module names, with or without `lib.`), never by name. An expression is
 * followed through `self.X`, base classes, annotated parameters, local aliases and attributes of classes of the same
 * root; what cannot be followed is undefined.
 */
import type { Charm, Origin } from '../kit/charm.js';
import type { PythonNode } from '../kit/languages.js';
import { must } from '../kit/must.js';
import { argument, callArguments, callsOf } from '../kit/python/calls.js';
import { type Class, readClass, type SelfAssignment, selfAssignments } from '../kit/python/classes.js';
import { constantString, definitionOf } from '../kit/python/constants.js';
import type { PythonFile } from '../kit/python/file.js';
import { leftmost, withoutLibPrefix } from '../kit/python/names.js';
import { field, lastPart } from '../kit/python/nodes.js';
import { around } from '../kit/python/parents.js';
import { stringValue } from '../kit/python/strings.js';

export const TRACING_MODULES = [
  'charms.tempo_k8s.v0.tracing',
  'charms.tempo_k8s.v1.tracing',
  'charms.tempo_k8s.v2.tracing',
  'charms.tempo_coordinator_k8s.v0.tracing',
] as const;

const REQUIRERS: ReadonlySet<string> = new Set(
  TRACING_MODULES.map((module) => `${module}.TracingEndpointRequirer`),
);

/** The coordinated-workers library makes requirers itself (DOMAIN 2.7). */
const COORDINATORS: ReadonlySet<string> = new Set([
  'cosl.coordinated_workers.coordinator.Coordinator',
  'coordinated_workers.coordinator.Coordinator',
]);
const COORDINATOR_REQUIRERS: ReadonlySet<string> = new Set(['tracing', 'charm_tracing', 'workload_tracing']);

/** What `protocols=` says. */
export type Protocols =
  /** Not given, or `None` (then with its node). */
  | { readonly kind: 'absent'; readonly node: PythonNode | undefined }
  | {
      readonly kind: 'list';
      readonly names: readonly string[];
      readonly elements: readonly PythonNode[];
      readonly file: PythonFile;
      /** The list or tuple display: in the call, or where the constant is defined. */
      readonly node: PythonNode;
      /** A constant that other code reads too, or a tuple: adding to it may change more than this requirer. */
      readonly fixed: boolean;
    }
  | { readonly kind: 'unknown'; readonly node: PythonNode };

/** One `TracingEndpointRequirer(…)`. */
export interface Requirer {
  readonly file: PythonFile;
  readonly call: PythonNode;
  /** `X` of `self.X = TracingEndpointRequirer(…)`; undefined when it is kept in any other way. */
  readonly attribute: string | undefined;
  readonly owner: Class | undefined;
  readonly assignment: SelfAssignment | undefined;
  /** The attribute is assigned once in its class, directly in the body of `__init__`. */
  readonly certain: boolean;
  /** The module that the class is imported from now. */
  readonly module: string;
  /** The library that the class came from before the first step; undefined when that is not known. */
  readonly origin: Origin | undefined;
  /** The endpoint's name; undefined when it is not a constant. */
  readonly relation: string | undefined;
  readonly protocols: Protocols;
}

/** What an expression means. */
export type RequirerReference =
  /** This one. */
  | { readonly kind: 'requirer'; readonly requirer: Requirer }
  /** Some requirer: a parameter or attribute that is only annotated with the class. */
  | { readonly kind: 'some'; readonly module: string; readonly origin: Origin | undefined }
  /** One that the coordinated-workers library makes: `self.coordinator.tracing`. */
  | { readonly kind: 'library'; readonly attribute: string };

/** Every requirer that the code of this root makes, by file and place. */
export function requirers(charm: Charm): readonly Requirer[] {
  return charm.fact('tracing requirers', () =>
    ownFiles(charm, 'TracingEndpointRequirer').flatMap((file) =>
      callsOf(file, ...REQUIRERS).map((call) => readRequirer(charm, file, call)),
    ),
  );
}

/** The requirer that an expression means; undefined when it is something else or cannot be followed. */
export function requirerOf(charm: Charm, file: PythonFile, node: PythonNode): RequirerReference | undefined {
  const value = meaning(charm, file, node, 6);
  switch (value?.kind) {
    case 'requirer': {
      const requirer = requirers(charm).find(
        (one) => one.file === value.file && one.call.id() === value.call.id(),
      );
      return requirer && { kind: 'requirer', requirer };
    }
    case 'some':
    case 'library':
      return value;
    default:
      return undefined;
  }
}

/**
 * The requirer that `<anything>.X` must mean: the only one kept under that name, where no class of the root keeps
 * anything else under it. For objects that cannot be followed, such as `harness.charm`.
 */
export function requirerByName(charm: Charm, node: PythonNode): RequirerReference | undefined {
  const name = node.kind() === 'attribute' ? node.field('attribute')?.text() : undefined;
  const [requirer, ...more] = requirers(charm).filter((one) => one.attribute === name);
  if (name === undefined || !requirer || more.length > 0) return undefined;
  const count = ownFiles(charm, name).reduce(
    (sum, file) => sum + [...file.text.matchAll(definitionsOf(name))].length,
    0,
  );
  return count === 1 ? { kind: 'requirer', requirer } : undefined;
}

/** The requirer that an expression means, followed or by its name. */
export function findRequirer(
  charm: Charm,
  file: PythonFile,
  node: PythonNode,
): RequirerReference | undefined {
  return requirerOf(charm, file, node) ?? requirerByName(charm, node);
}

/** Matches what gives an attribute of that name to some object: `x.name =`, `def name`, `name: T`, `name = …` in a class. */
export function definitionsOf(name: string): RegExp {
  const attribute = `\\.${name}\\s*(?::[^=\\n]{1,500})?=(?!=)`;
  return new RegExp(`${attribute}|\\bdef ${name}\\b|^[ \\t]+${name}(?:\\s*:| =(?!=))`, 'gm');
}

/** Whether an expression is the class itself: `TracingEndpointRequirer`, `tracing.TracingEndpointRequirer`. */
export function isRequirerClass(file: PythonFile, node: PythonNode): boolean {
  return REQUIRERS.has(file.names.qualify(node) ?? '');
}

/** The Python files of this root outside vendored libraries that contain all literals. */
export function ownFiles(charm: Charm, ...literals: readonly string[]): readonly PythonFile[] {
  return charm
    .pythonFiles(...literals)
    .filter((path) => charm.relative(path) !== undefined)
    .map((path) => charm.python(path))
    .filter((file) => file !== undefined);
}

/** The class of this root that an expression names, with the file that defines it. */
export function classOf(charm: Charm, file: PythonFile, node: PythonNode): OwnClass | undefined {
  const named = classNamed(charm, file, node.text(), node);
  return named?.kind === 'class' ? named : undefined;
}

/** A class and its base classes in this root, nearest first. */
export function withBases(charm: Charm, start: OwnClass): readonly OwnClass[] {
  const found: OwnClass[] = [];
  const visit = (one: OwnClass) => {
    if (found.some((other) => other.file === one.file && other.owner.node.id() === one.owner.node.id()))
      return;
    found.push(one);
    for (const base of one.owner.bases) {
      const next = classOf(charm, one.file, base.kind() === 'subscript' ? field(base, 'value') : base);
      if (next) visit(next);
    }
  };
  visit(start);
  return found;
}

export interface OwnClass {
  readonly kind: 'class';
  readonly file: PythonFile;
  readonly owner: Class;
}

/** The library and version that an imported name came from, as far as it is known. */
export function originOf(charm: Charm, file: PythonFile, node: PythonNode): Origin | undefined {
  return originOfName(charm, file, qualified(file, node), leftmost(node).text());
}

/** The full name of one that an import has made. */
function qualified(file: PythonFile, node: PythonNode): string {
  return must(file.names.qualify(node), `import of ${node.text()}`);
}

/** A name that still says the old module needs no memory, and `import a.b.c` remembers only one module by `a`. */
function originOfName(charm: Charm, file: PythonFile, name: string, head: string): Origin | undefined {
  const old = /^(charms\.tempo_k8s\.v(\d)\.\w+)\.(.*)$/.exec(name);
  if (!old) return charm.origin(file.path, head);
  const [, module = '', api, symbol = ''] = old;
  return { module, symbol, api: Number(api), patch: charm.vendored(module)[0]?.patch };
}

type Meaning =
  | OwnClass
  | { readonly kind: 'requirer'; readonly file: PythonFile; readonly call: PythonNode }
  | { readonly kind: 'some'; readonly module: string; readonly origin: Origin | undefined }
  | { readonly kind: 'coordinator' }
  | { readonly kind: 'library'; readonly attribute: string };

function meaning(charm: Charm, file: PythonFile, node: PythonNode, depth: number): Meaning | undefined {
  if (depth === 0) return undefined;
  switch (node.kind()) {
    case 'identifier':
      return variable(charm, file, node, depth);
    case 'attribute': {
      const name = field(node, 'attribute').text();
      const base = meaning(charm, file, field(node, 'object'), depth - 1);
      if (base?.kind === 'class') return attributeMeaning(charm, base, name, depth);
      if (base?.kind !== 'coordinator' || !COORDINATOR_REQUIRERS.has(name)) return undefined;
      return { kind: 'library', attribute: name };
    }
    case 'call': {
      const callee = field(node, 'function');
      const made = classNamed(charm, file, callee.text(), callee);
      return made?.kind === 'some' ? { kind: 'requirer', file, call: node } : made;
    }
    default:
      return undefined;
  }
}

function variable(charm: Charm, file: PythonFile, node: PythonNode, depth: number): Meaning | undefined {
  const [binding, ...more] = file.names.bindings(node.text(), node);
  if (!binding || more.length > 0) return undefined;
  const holder = binding.node.parent();
  switch (holder?.kind()) {
    case 'parameters':
      return receiver(file, binding.node, holder);
    case 'typed_parameter':
    case 'typed_default_parameter':
      return annotated(charm, file, holder.field('type'));
    case 'assignment': {
      const value = holder.field('right');
      return (
        (value && meaning(charm, file, value, depth - 1)) ?? annotated(charm, file, holder.field('type'))
      );
    }
    default:
      return undefined;
  }
}

/** The class that `self` means: the first parameter of a method that is not static. */
function receiver(file: PythonFile, name: PythonNode, parameters: PythonNode): OwnClass | undefined {
  const definition = around(name, 'class_definition');
  const owner = definition && readClass(definition);
  const method = owner?.methods.find((one) => one.node.id() === parameters.parent()?.id());
  return owner && method?.self === name.text() ? { kind: 'class', file, owner } : undefined;
}

/** What an instance of an annotated type is: `T`, `"T"`, `Optional[T]`, `T | None`. */
function annotated(charm: Charm, file: PythonFile, type: PythonNode | null): Meaning | undefined {
  if (!type) return undefined;
  const name = type
    .text()
    .replace(/["'\s]/g, '')
    .replace(/\|None$|^None\|/, '')
    .replace(/^(?:typing\.)?Optional\[(.*)\]$/, '$1');
  return /^[\w.]+$/.test(name) ? classNamed(charm, file, name, type) : undefined;
}

/** What `self.<name>` is in a class or the base classes that it has in this root. */
function attributeMeaning(charm: Charm, start: OwnClass, name: string, depth: number): Meaning | undefined {
  for (const { file, owner } of withBases(charm, start)) {
    const assignments = selfAssignments(owner, name);
    const [assignment, ...more] = assignments;
    if (more.length > 0) return undefined;
    const right = assignment?.value;
    const declared = annotation(owner, name) ?? assignment?.target.parent()?.field('type') ?? null;
    const value = (right && meaning(charm, file, right, depth - 1)) ?? annotated(charm, file, declared);
    if (assignment || declared) return value;
  }
  return undefined;
}

/** The type of `name: T` in a class body. */
function annotation(owner: Class, name: string): PythonNode | undefined {
  const declaration = owner.body
    .children()
    .map((child) => child.child(0))
    .find((child) => child?.kind() === 'assignment' && child.field('left')?.text() === name);
  return declaration?.field('type') ?? undefined;
}

/** What calling a name makes: `some` stands for the requirer class, `coordinator` for that of coordinated-workers. */
function classNamed(
  charm: Charm,
  file: PythonFile,
  name: string,
  at: PythonNode,
): Exclude<Meaning, { kind: 'requirer' | 'library' }> | undefined {
  const [head = '', ...rest] = name.split('.');
  const targets = file.names.importTargets(head, at);
  const [target, ...more] = new Set(targets?.map((one) => one.target));
  if (target === undefined) {
    const owner = rest.length === 0 ? classIn(file, head) : undefined;
    return owner && { kind: 'class', file, owner };
  }
  if (more.length > 0) return undefined;
  const qualified = withoutLibPrefix([target, ...rest].join('.'));
  if (REQUIRERS.has(qualified)) {
    const module = qualified.slice(0, qualified.lastIndexOf('.'));
    return { kind: 'some', module, origin: originOfName(charm, file, qualified, head) };
  }
  if (COORDINATORS.has(qualified)) return { kind: 'coordinator' };
  const dot = qualified.lastIndexOf('.');
  const other = moduleFile(charm, qualified.slice(0, dot));
  const owner = other && classIn(other, qualified.slice(dot + 1));
  return other && owner && { kind: 'class', file: other, owner };
}

function classIn(file: PythonFile, name: string): Class | undefined {
  const [found, ...more] = file.classes.filter((one) => one.name === name);
  return more.length === 0 ? found : undefined;
}

/** The one file of this root that a module name can mean, seen from any source folder. */
function moduleFile(charm: Charm, module: string): PythonFile | undefined {
  const stem = module.replace(/^\.+/, '').replaceAll('.', '/');
  const [path, ...more] = ['.py', '/__init__.py']
    .map((ending) => stem + ending)
    .flatMap((suffix) =>
      charm
        .pythonFiles('class')
        .filter((one) => one === suffix || one.endsWith(`/${suffix}`))
        .filter((one) => charm.relative(one) !== undefined),
    );
  return path !== undefined && more.length === 0 ? charm.python(path) : undefined;
}

function readRequirer(charm: Charm, file: PythonFile, call: PythonNode): Requirer {
  const holder = around(call, 'class_definition');
  const target = call.parent()?.kind() === 'assignment' ? call.parent()?.field('left') : undefined;
  const attribute = target?.kind() === 'attribute' ? target.field('attribute')?.text() : undefined;
  const owner = holder && readClass(holder);
  const assignments = owner && attribute !== undefined ? selfAssignments(owner, attribute) : [];
  const assignment = assignments.find((one) => one.value?.id() === call.id());
  const callee = field(call, 'function');
  const relation = argument(call, 'relation_name', 1);
  const splat = callArguments(call)?.splat ?? true;
  return {
    file,
    call,
    attribute: assignment && attribute,
    owner: assignment && owner,
    assignment,
    certain:
      assignments.length === 1 && assignment?.unconditional === true && assignment.method.name === '__init__',
    module: qualified(file, callee).replace(/\.\w+$/, ''),
    origin: originOf(charm, file, callee),
    relation:
      relation === undefined ? (splat ? undefined : 'tracing') : constantString(file, relation.value, charm),
    protocols: splat
      ? { kind: 'unknown', node: call }
      : readProtocols(charm, file, argument(call, 'protocols', 2)?.value),
  };
}

/** Reads a list of protocols: a display of constants, a constant that holds one, `None`, or nothing. */
export function readProtocols(charm: Charm, file: PythonFile, node: PythonNode | undefined): Protocols {
  if (!node || node.kind() === 'none') return { kind: 'absent', node };
  const definition = isDisplay(node) ? { file, value: node } : definitionOf(file, node, charm);
  if (!definition || !isDisplay(definition.value)) return { kind: 'unknown', node };
  const elements = definition.value.namedChildren().filter((child) => child.kind() !== 'comment');
  const names = elements.map(
    (element) => stringValue(element) ?? constantString(definition.file, element, charm),
  );
  if (names.some((name) => name === undefined)) return { kind: 'unknown', node };
  return {
    kind: 'list',
    names: names.filter((name) => name !== undefined),
    elements,
    file: definition.file,
    node: definition.value,
    fixed:
      definition.value.kind() === 'tuple' ||
      (definition.value.id() !== node.id() && mentions(charm, node) !== (definition.file === file ? 2 : 3)),
  };
}

function isDisplay(node: PythonNode): boolean {
  return node.kind() === 'list' || node.kind() === 'tuple';
}

/** How often a name stands in the repository's Python code: definition, import and use are at most three. */
function mentions(charm: Charm, node: PythonNode): number {
  const name = lastPart(node.text());
  const word = new RegExp(`\\b${name}\\b`, 'g');
  return charm.pythonFiles(name).flatMap((path) => [...charm.textOf(path).matchAll(word)]).length;
}
