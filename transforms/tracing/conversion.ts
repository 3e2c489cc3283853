/**
 * Decides whether a hand-written pair of getters can become `charm_tracing_config(…)`, and where.
 *
 * Every precondition of DOMAIN 2.6 has its own refusal, so that a person knows what stands in the way.
 */

import { NEW_TRACING } from '../facts/libraries.js';
import type { Charm } from '../kit/charm.js';
import { exactly, type PythonNode } from '../kit/languages.js';
import { must } from '../kit/must.js';
import { type Method, type SelfAssignment, selfAssignments } from '../kit/python/classes.js';
import { type PythonFile, rangeOf } from '../kit/python/file.js';
import type { ImportStatement } from '../kit/python/imports.js';
import { attributeChain } from '../kit/python/names.js';
import { field, lastPart } from '../kit/python/nodes.js';
import { type Condition, outcomesOf } from '../kit/python/outcomes.js';

import type { Severity } from '../kit/transform.js';
import { certificatePath, selfNames } from './certificatePath.js';
import { endpointGetter } from './endpoint.js';
import { memberOf, relatives, type TracedClass } from './model.js';
import { readElsewhere } from './readElsewhere.js';
import { Refused, unlessRefused } from './refused.js';
import { type Requirer, requirerOf } from './requirers.js';

export type RefusalReason =
  | 'attribute-name-unknown'
  | 'already-assigned'
  | 'inherited'
  | 'decorated'
  | 'overridden'
  | 'endpoint-form'
  | 'requirer-foreign'
  | 'requirer-elsewhere'
  | 'requirer-conditional'
  | 'requirer-reassigned'
  | 'protocol-unproved'
  | 'certificate-form'
  | 'path-attribute'
  | 'early-return'
  | 'name-taken'
  | 'import-fallback';

export interface Refusal {
  /** What happens if nobody acts: `info` when the old code keeps working, `error` when it crashes or goes silent. */
  readonly severity: Severity;
  readonly reason: RefusalReason;
  readonly at: PythonNode;
  /** What stands in the way, to follow "… is not converted: ". */
  readonly why: string;
  readonly help: string;
}

/** A getter that the helper replaces. */
export interface ReplacedGetter {
  readonly method: Method;
  /** A file that reads it too: it stays, and the helper gets an attribute of its own. */
  readonly reader: string | undefined;
  /** The attribute that the helper assigns. */
  readonly attribute: string;
}

/** How the file gets at the helper. */
export interface HelperImport {
  /** The module as the file spells it, when it imports the module: `t` of `t.TracingEndpointRequirer`. */
  readonly module: string | undefined;
  /** The module to import the name from, with the file's own `lib.` prefix. */
  readonly source: string;
  /** The statement that the name joins. */
  readonly statement: ImportStatement | undefined;
}

export interface Conversion {
  /** As the getter spells it: `self.tracing`, `self.coordinator.charm_tracing`. */
  readonly requirer: string;
  /** undefined for one that the coordinated-workers library makes. */
  readonly requirerObject: Requirer | undefined;
  readonly endpoint: ReplacedGetter;
  readonly cert: ReplacedGetter | undefined;
  /** Source of the second argument. */
  readonly path: string;
  readonly pathNode: PythonNode | undefined;
  readonly helper: HelperImport;
  readonly conditions: readonly Condition[];
  /** The helper goes right behind this statement of `__init__`. */
  readonly after: PythonNode;
}

/** What becomes of a traced class: a conversion, a refusal, or undefined when the helper is used already. */
export function planConversion(charm: Charm, traced: TracedClass): Conversion | Refusal | undefined {
  const planned = unlessRefused<Conversion | undefined, Draft>(() => plan(charm, traced));
  return planned && 'reason' in planned ? withConsequence(charm, traced, planned) : planned;
}

type Draft = Omit<Refusal, 'severity'>;

/** The helper must be importable where the requirer is, under its own name. */
function helperImport(traced: TracedClass, requirer: Requirer | undefined): HelperImport {
  const { file } = traced;
  const callee = (requirer?.call ?? traced.call).field('function');
  const module = requirer && callee?.kind() === 'attribute' ? callee.field('object')?.text() : undefined;
  const statement = file.imports.find(
    (one) => one.kind === 'from' && one.names.some((item) => item.local === callee?.text()),
  );
  const guard = statement?.node.ancestors().find((one) => one.kind() === 'try_statement');
  if (guard && statement) {
    refuse(
      'import-fallback',
      statement.node,
      'the library is imported inside a try, whose fallback has no charm_tracing_config',
      'Import the library without a fallback and run again.',
    );
  }
  const other = file.names
    .occurrences('charm_tracing_config')
    .find((one) => one.role === 'bind' && !one.importStatement?.text().includes(NEW_TRACING));
  if (other && !module) {
    refuse(
      'name-taken',
      other.node,
      'charm_tracing_config is something else in this file',
      "Import the tracing library's helper under another name and call it by hand.",
    );
  }
  const prefix = statement?.module.startsWith('lib.') ? 'lib.' : '';
  return { module, source: `${prefix}${NEW_TRACING}`, statement: requirer && statement };
}

/** An endpoint getter without a guard raises on every hook until the relation is ready (DOMAIN 2.3). */
function withConsequence(charm: Charm, traced: TracedClass, refusal: Draft): Refusal {
  const name = traced.endpoint?.name;
  const member = name === undefined ? undefined : memberOf(traced.owner, name);
  const outcomes = member?.kind === 'getter' ? outcomesOf(member.method.node) : undefined;
  const found = outcomes && endpointGetter(traced.file, outcomes, charm);
  if (found && !found.guarded) {
    return {
      ...refusal,
      severity: 'error',
      why: `${refusal.why}; and ${name} asks without is_ready(), which raises on every hook until the relation is ready`,
      help: `Guard the getter: if ${found.requirer.text()}.is_ready(): … ${refusal.help}`,
    };
  }
  const silent = found && found.protocol !== undefined && found.protocol !== 'otlp_http';
  return { ...refusal, severity: silent ? 'error' : 'info' };
}

function refuse(reason: RefusalReason, at: PythonNode, why: string, help: string): never {
  throw new Refused<Draft>({ reason, at, why, help });
}

function plan(charm: Charm, traced: TracedClass): Conversion | undefined {
  const { owner, call } = traced;
  const names = { endpoint: traced.endpoint?.name, cert: traced.cert?.name };
  if (names.endpoint === undefined || (traced.cert && names.cert === undefined)) {
    refuse(
      'attribute-name-unknown',
      call,
      'the decorator does not name its attributes as plain strings',
      BY_HAND,
    );
  }
  if (usesHelper(charm, traced, names.endpoint)) return undefined;
  const endpointMethod = getter(charm, traced, names.endpoint, call);
  const certMethod = names.cert === undefined ? undefined : getter(charm, traced, names.cert, call);
  const { requirer, requirerObject, init, statement: made } = requirerPart(charm, traced, endpointMethod);
  const path = certMethod && certPart(charm, traced, certMethod, init);
  const node = path?.node;
  const after = [made, ...(path?.statements ?? [])].reduce((last, one) =>
    rangeOf(one).start > rangeOf(last).start ? one : last,
  );
  earlyReturn(init, after);
  const replaced = (method: Method, fallback: string): ReplacedGetter => {
    const reader = readElsewhere(charm, traced, method.name, [
      endpointMethod,
      ...(certMethod ? [certMethod] : []),
    ]);
    const attribute = reader === undefined ? method.name : fallback;
    if (
      reader !== undefined &&
      (memberOf(owner, attribute).kind !== 'absent' || charm.attributeUses(attribute).length > 0)
    ) {
      refuse(
        'name-taken',
        method.node,
        `self.${method.name} is read elsewhere and self.${attribute} is taken`,
        BY_HAND,
      );
    }
    return { method, reader, attribute };
  };
  return {
    requirer,
    requirerObject,
    endpoint: replaced(endpointMethod, '_charm_tracing_endpoint'),
    cert: certMethod && replaced(certMethod, '_charm_tracing_cert'),
    path: node?.text() ?? 'None',
    pathNode: node,
    conditions: path?.conditions ?? [],
    helper: helperImport(traced, requirerObject),
    after,
  };
}

const BY_HAND =
  'Assign both attributes in __init__ by hand: self.<endpoint>, self.<cert> = charm_tracing_config(self.<requirer>, <path of the CA certificate>).';

/** A call of `charm_tracing_config`, of whatever library, under its own name or another. */
export function isHelper(file: PythonFile, call: PythonNode): boolean {
  const callee = field(call, 'function');
  return lastPart(file.names.qualify(callee) ?? callee.text()) === 'charm_tracing_config';
}

/** The class or a base assigns the endpoint from a function of the helper's name: done already, or another library's. */
function usesHelper(charm: Charm, traced: TracedClass, name: string): boolean {
  const bases = relatives(charm, traced.owner).filter((one) => one.side === 'base');
  const definition = [{ path: traced.file.path, owner: traced.owner }, ...bases].find(
    (one) => memberOf(one.owner, name).kind !== 'absent',
  );
  if (!definition) return false;
  const file = must(charm.python(definition.path), definition.path);
  const member = memberOf(definition.owner, name);
  if (member.kind !== 'assigned') return false;
  const helper = member.statements
    .flatMap((statement) => statement.findAll({ rule: { kind: 'call' } }))
    .find((one) => isHelper(file, one));
  if (!helper) return false;
  const callee = field(helper, 'function');
  if (/^charms\.tempo_(k8s|coordinator_k8s)\.v\d\.tracing\./.test(file.names.qualify(callee) ?? ''))
    return true;
  refuse(
    'requirer-foreign',
    file === traced.file ? helper : traced.call,
    `${callee.text()} is another library's function of the same name`,
    'Nothing to do here: follow the library that it comes from.',
  );
}

/** The property or method of that name, alone of its kind in the class and its relatives. */
function getter(charm: Charm, traced: TracedClass, name: string, at: PythonNode): Method {
  const { owner } = traced;
  const member = memberOf(owner, name);
  const relative = relatives(charm, owner).find((one) => memberOf(one.owner, name).kind !== 'absent');
  const named = { kind: 'function_definition', has: { field: 'name', regex: exactly(name) } } as const;
  const below = member.kind === 'absent' ? owner.body.find({ rule: named }) : null;
  if (below && !relative) {
    const why = `${name} is defined below an if or another block of the class`;
    refuse('decorated', below, why, 'Define it once, in the class itself, and run again.');
  }
  if (member.kind === 'absent') {
    const where = relative ? `class ${relative.owner.name} in ${relative.path}` : 'another class or module';
    refuse('inherited', at, `${name} is defined in ${where}, not in ${owner.name}`, BY_HAND);
  }
  if (member.kind === 'assigned') {
    const [statement = at] = member.statements;
    refuse('already-assigned', statement, `${name} is an attribute and not a getter`, BY_HAND);
  }
  if (member.kind === 'decorated') {
    refuse(
      'decorated',
      member.method.outer,
      `${name} has a setter, another decorator, parameters or two definitions`,
      BY_HAND,
    );
  }
  if (relative) {
    refuse(
      'overridden',
      member.method.node,
      `${relative.side} ${relative.owner.name} in ${relative.path} defines ${name} too, and an attribute would clash with it`,
      BY_HAND,
    );
  }
  return member.method;
}

function requirerPart(
  charm: Charm,
  traced: TracedClass,
  method: Method,
): { requirer: string; requirerObject: Requirer | undefined; statement: PythonNode; init: Method } {
  const { file, owner } = traced;
  const outcomes = outcomesOf(method.node);
  const found = outcomes && endpointGetter(file, outcomes, charm);
  if (!found) {
    const ofWorker = /(?<![\w.])([\w.]+)\.cluster\.get_tracing_receivers\(/.exec(method.node.text())?.[1];
    if (ofWorker !== undefined) {
      refuse(
        'endpoint-form',
        method.node,
        `${method.name} asks the coordinator of the worker and no requirer`,
        `Where its library has it, call the worker's own helper: self.<endpoint>, self.<cert> = ${ofWorker}.charm_tracing_config().`,
      );
    }
    refuse(
      'endpoint-form',
      method.node,
      `${method.name} does more than ask one requirer for its endpoint`,
      BY_HAND,
    );
  }
  const { requirer } = found;
  const text = requirer.text();
  if (found.protocol !== 'otlp_http') {
    refuse(
      'protocol-unproved',
      method.node,
      `${method.name} asks for ${found.protocol ?? 'a protocol that cannot be read off the code'}, and the helper for otlp_http`,
      'Ask for "otlp_http" in the getter and run again.',
    );
  }
  const [head, holder] = attributeChain(requirer) ?? [];
  if (head !== method.self || holder === undefined) {
    return refuse('requirer-elsewhere', method.node, `${text} is not an attribute of ${owner.name}`, BY_HAND);
  }
  const { statement, method: init } = assignedOnce(traced, holder, method.node);
  const reference = requirerOf(charm, file, requirer);
  if (!reference || reference.kind === 'some') {
    return refuse(
      'requirer-foreign',
      method.node,
      `${text} is not a TracingEndpointRequirer that ${owner.name} makes itself`,
      BY_HAND,
    );
  }
  if (reference.kind === 'library') return { requirer: text, requirerObject: undefined, statement, init };
  const object = reference.requirer;
  if (object.owner?.node.id() !== owner.node.id() || object.file !== file) {
    return refuse(
      'requirer-elsewhere',
      method.node,
      `${text} is made in another class (${object.file.path})`,
      BY_HAND,
    );
  }
  const { protocols } = object;
  if (!(protocols.kind === 'list' && protocols.names.includes('otlp_http'))) {
    refuse(
      'protocol-unproved',
      object.call,
      `it cannot be proved that ${text} requests otlp_http`,
      'Add protocols=["otlp_http"] to TracingEndpointRequirer(…) and run again.',
    );
  }
  return { requirer: text, requirerObject: object, statement, init };
}

/** The one unconditional assignment of `self.<name>` in `__init__`. */
function assignedOnce(traced: TracedClass, name: string, at: PythonNode): SelfAssignment {
  const [assignment, ...more] = selfAssignments(traced.owner, name);
  if (!assignment) {
    refuse('requirer-elsewhere', at, `self.${name} is not assigned in ${traced.owner.name}`, BY_HAND);
  }
  if (more.length > 0) {
    refuse('requirer-reassigned', assignment.statement, `self.${name} is assigned more than once`, BY_HAND);
  }
  if (assignment.method.name !== '__init__') {
    refuse(
      'requirer-elsewhere',
      assignment.statement,
      `self.${name} is assigned in ${assignment.method.name}, not in __init__`,
      BY_HAND,
    );
  }
  if (!assignment.unconditional) {
    refuse(
      'requirer-conditional',
      assignment.statement,
      `self.${name} is assigned under a condition`,
      BY_HAND,
    );
  }
  return assignment;
}

/** The path that the certificate's getter returns, and the statements of `__init__` that it needs. */
function certPart(charm: Charm, traced: TracedClass, method: Method, init: Method) {
  const outcomes = outcomesOf(method.node);
  const path = outcomes && certificatePath(traced.file, outcomes, charm);
  if (!path) {
    refuse(
      'certificate-form',
      method.node,
      `${method.name} does not simply return the path of a certificate file`,
      'charm_tracing_config wants the path of a file that holds the CA certificate. Write the certificate to a file where it becomes available, and pass that path.',
    );
  }
  if (path === 'none') return undefined;
  return { ...path, statements: pathStatements(traced, init, path.node, method) };
}

/** The statements of `__init__` that the path's `self.` attributes need. */
function pathStatements(traced: TracedClass, init: Method, node: PythonNode, method: Method): PythonNode[] {
  const { file } = traced;
  const self = must(init.self, 'self');
  if (method.self !== self) {
    refuse(
      'certificate-form',
      method.node,
      `${method.name} and __init__ call their first parameter by different names`,
      BY_HAND,
    );
  }
  for (const identifier of node.findAll({ rule: { kind: 'identifier' } })) {
    const seen = file.names.occurrences(identifier.text());
    const local = seen.some(
      (one) =>
        one.role === 'bind' &&
        [init.node.id(), method.node.id()].includes(one.scope) &&
        identifier.text() !== self,
    );
    if (local && seen.some((one) => one.node.id() === identifier.id())) {
      refuse(
        'certificate-form',
        method.node,
        `${identifier.text()} means something else in __init__ than in ${method.name}`,
        BY_HAND,
      );
    }
  }
  return attributeStatements(traced, node, self, method.node, 3);
}

/** What is there as soon as `super().__init__` has run. */
const FRAMEWORK = new Set(['unit', 'app', 'model', 'config', 'meta', 'charm_dir', 'framework', 'on']);

function attributeStatements(
  { owner }: Pick<TracedClass, 'owner'>,
  node: PythonNode,
  self: string,
  at: PythonNode,
  depth: number,
): PythonNode[] {
  return [...selfNames(node, self).keys()].flatMap((name): PythonNode[] => {
    if (FRAMEWORK.has(name)) return [];
    const member = memberOf(owner, name);
    if (member.kind === 'getter' && depth > 0) {
      const { node: inner, self: own } = member.method;
      return attributeStatements({ owner }, inner, must(own, 'self'), at, depth - 1);
    }
    const [statement = at, ...more] = member.kind === 'assigned' ? member.statements : [];
    if (member.kind === 'assigned' && more.length === 0) {
      // A class attribute is there before any statement of __init__.
      if (statement.parent()?.id() === owner.body.id()) return [];
      const [assignment] = selfAssignments(owner, name);
      if (assignment?.unconditional && assignment.method.name === '__init__') return [statement];
    }
    return refuse(
      'path-attribute',
      statement,
      `the certificate's path reads self.${name}, which is not assigned once and unconditionally in ${owner.name}.__init__`,
      BY_HAND,
    );
  });
}

/** A `return` that can be reached before the helper's line leaves the attributes missing. */
function earlyReturn(init: Method, after: PythonNode): void {
  const early = init.node
    .findAll({ rule: { kind: 'return_statement' } })
    .find((one) => rangeOf(one).start < rangeOf(after).end && functionOf(one)?.id() === init.node.id());
  if (early) {
    refuse(
      'early-return',
      early,
      'a return in __init__ can be reached before the requirer and the path are there',
      'Move the requirer (and what the path needs) in front of the return, and run again.',
    );
  }
}

function functionOf(node: PythonNode): PythonNode | undefined {
  return node.ancestors().find((one) => one.kind() === 'function_definition' || one.kind() === 'lambda');
}
