/**
 * Whether one `@trace_charm` class can become one with `ops.tracing.Tracing`, and with which arguments.
 *
 * Everything that `Tracing` does not check itself, and would answer with silence, is checked here: who else uses the
 * requirer or its relation, and where the CA certificate comes from. Source: DOMAIN 5.1, 5.2, 5.4.
 */
import { NEW_TRACING } from '../facts/libraries.js';
import { SYSTEM_CA_FOLDER } from '../facts/opsTracing.js';
import type { AttributeUse, Charm } from '../kit/charm.js';
import { position } from '../kit/edits.js';
import type { PythonNode } from '../kit/languages.js';
import { argument, callsOf } from '../kit/python/calls.js';
import type { Method, SelfAssignment } from '../kit/python/classes.js';
import { constantString } from '../kit/python/constants.js';
import { type PythonFile, rangeOf } from '../kit/python/file.js';
import { field, parentOf } from '../kit/python/nodes.js';
import { outcomesOf } from '../kit/python/outcomes.js';
import { commentsIn, statementOf } from '../kit/python/statements.js';
import { certificatePath } from '../tracing/certificatePath.js';
import { endpointGetter } from '../tracing/endpoint.js';
import { memberOf, type Named, type TracedClass } from '../tracing/model.js';
import { Refused, unlessRefused } from '../tracing/refused.js';
import { ownFiles, type Requirer, requirerOf, requirers } from '../tracing/requirers.js';
import { otherUses } from './attributeReaders.js';

/** Where https traces get the CA certificate from, from now on. */
export type Authority =
  /** The old code passed none. */
  | { readonly kind: 'none' }
  /** The charm adds it to the system's certificates, which ops uses when it is told nothing else. */
  | { readonly kind: 'system'; readonly path: string }
  | { readonly kind: 'relation'; readonly name: string; readonly path: string; readonly limited: boolean };

export interface ClassPlan {
  readonly traced: TracedClass;
  readonly requirer: OwnRequirer;
  readonly relation: string;
  readonly authority: Authority;
  /** The helper's statement. */
  readonly helper: PythonNode | undefined;
  /** Getters that nothing reads any more. */
  readonly getters: readonly Method[];
}

/** `self.X = TracingEndpointRequirer(…)` in the class's own `__init__`. */
export interface OwnRequirer extends Requirer {
  readonly attribute: string;
  readonly assignment: SelfAssignment;
}

export type CodeReason =
  | 'decorator-form'
  | 'inherited'
  | 'getter-form'
  | 'requirer-elsewhere'
  | 'cos-agent'
  | 'requirer-shared'
  | 'relation-shared'
  | 'protocols'
  | 'certificate'
  | 'read-elsewhere'
  | 'comment';

export interface CodeRefusal {
  readonly reason: CodeReason;
  readonly file: PythonFile;
  readonly at: PythonNode;
  readonly why: string;
  readonly help: string;
}

export const BY_HAND = 'https://documentation.ubuntu.com/ops/latest/howto/trace-your-charm/';
const HELP = `Make the change by hand: ${BY_HAND}`;

export function planClass(charm: Charm, traced: TracedClass): ClassPlan | CodeRefusal {
  return unlessRefused<ClassPlan, CodeRefusal>(() => plan(charm, traced));
}

function plan(charm: Charm, traced: TracedClass): ClassPlan {
  const { file, owner } = traced;
  const refuse = (reason: CodeReason, at: PythonNode, why: string, help = HELP): never => {
    throw new Refused<CodeRefusal>({ reason, file, at, why, help });
  };
  const name =
    nameOf(traced.endpoint) ?? refuse('decorator-form', traced.call, 'the decorator names no endpoint');
  const member = memberOf(owner, name);
  const source: Source =
    member.kind === 'getter'
      ? getterSource(charm, traced, member.method, refuse)
      : member.kind === 'assigned'
        ? helperSource(charm, traced, name, member.statements, refuse)
        : member.kind === 'absent'
          ? refuse('inherited', traced.call, `${name} is defined in another class than ${owner.name}`)
          : refuse(
              'getter-form',
              member.method.node,
              `${name} has a setter, parameters or another decorator`,
            );
  const { requirer } = source;
  const { attribute, relation } = requirer;
  const object = requirer.assignment.target.text();
  if (relation === undefined)
    return refuse('requirer-elsewhere', requirer.call, "the requirer's relation has no fixed name");
  const others = (of: string, gone: readonly PythonNode[]) =>
    otherUses(charm, traced, of, [...gone, traced.call].map(rangeOf));
  const statement = parentOf(requirer.assignment.target);
  const sources = [
    ...source.getters.map((method) => method.outer),
    ...(source.helper ? [source.helper] : []),
  ];
  const comment =
    commentsInside(statement)[0] ??
    (source.helper &&
      commentsIn(file.root, file.text, rangeOf(source.helper)).find((one) => !PRAGMA.test(one.text())));
  if (comment)
    refuse('comment', comment, 'a comment stands in code that goes', 'Move the comment, and run again.');
  const shared = others(attribute, [statement, ...sources]);
  if (shared.length > 0)
    refuse(
      'requirer-shared',
      requirer.call,
      `${object} is used ${placesOf(charm, shared)} too, and Tracing has no such methods`,
      'Give the workload a tracing relation and requirer of its own (charm-tracing and workload-tracing), and run again.',
    );
  checkRequirer(charm, requirer, refuse);
  for (const read of [name, ...(source.certName === undefined ? [] : [source.certName])]) {
    const uses = others(read, sources);
    const kept = source.getters.some((method) => method.name === read && method.name !== name);
    if (uses.length > 0 && !kept)
      refuse('read-elsewhere', traced.call, `${read} is used ${placesOf(charm, uses)} too`);
  }
  return {
    traced,
    requirer,
    relation,
    authority: authorityOf(charm, traced, source, refuse),
    helper: source.helper,
    getters: source.getters.filter(
      (method) => method.name === name || others(method.name, sources).length === 0,
    ),
  };
}

/** Comments that speak to a tool about the line they stand on. */
export const PRAGMA = /^#\s*(type:|noqa|pylint:|pyright:|mypy:|pragma:|fmt:|ruff:|nosec)/i;

function commentsInside(node: PythonNode): PythonNode[] {
  return node.findAll({ rule: { kind: 'comment' } });
}

type Refuse = (reason: CodeReason, at: PythonNode, why: string, help?: string) => never;

/** What the decorator's two names come from. */
interface Source {
  readonly requirer: OwnRequirer;
  readonly helper: PythonNode | undefined;
  readonly getters: readonly Method[];
  readonly certName: string | undefined;
  /** The certificate's path; undefined when the old code had none. */
  readonly path: PythonNode | undefined;
}

function nameOf(named: Named | undefined): string | undefined {
  return named?.name;
}

function getterSource(charm: Charm, traced: TracedClass, method: Method, refuse: Refuse): Source {
  const { file, owner } = traced;
  const outcomes = outcomesOf(method.node);
  const found = outcomes && endpointGetter(file, outcomes, charm);
  if (found?.protocol !== 'otlp_http')
    return refuse(
      'getter-form',
      method.node,
      `${method.name} does more than ask a requirer for its otlp_http endpoint`,
    );
  const requirer = ownRequirer(charm, traced, found.requirer, refuse);
  if (traced.cert === undefined)
    return { requirer, helper: undefined, getters: [method], certName: undefined, path: undefined };
  const certName =
    nameOf(traced.cert) ?? refuse('decorator-form', traced.call, 'server_cert is not a plain string');
  const cert = memberOf(owner, certName);
  if (cert.kind === 'absent')
    return refuse('inherited', traced.call, `${certName} is defined in another class`);
  const certOutcomes = cert.kind === 'getter' ? outcomesOf(cert.method.node) : undefined;
  const path = certOutcomes && certificatePath(file, certOutcomes, charm);
  if (cert.kind !== 'getter' || path === undefined)
    return refuse('certificate', traced.call, `${certName} does not simply return the path of a certificate`);
  return {
    requirer,
    helper: undefined,
    getters: [method, cert.method],
    certName,
    path: path === 'none' ? undefined : path.node,
  };
}

function helperSource(
  charm: Charm,
  traced: TracedClass,
  name: string,
  statements: readonly PythonNode[],
  refuse: Refuse,
): Source {
  const { file } = traced;
  const [statement = traced.call, ...more] = statements;
  const assignment = statement.child(0);
  const call = assignment?.kind() === 'assignment' ? assignment.field('right') : null;
  const qualified = call?.kind() === 'call' ? file.names.qualify(field(call, 'function')) : undefined;
  if (qualified?.includes('.cos_agent.'))
    refuse(
      'cos-agent',
      statement,
      'the endpoint comes from the COS agent, which ops cannot ask',
      'Call ops.tracing.set_destination(url=f"{endpoint}/v1/traces", ca=<PEM or None>) wherever the endpoint may have changed.',
    );
  const targets = assignment?.field('left')?.namedChildren();
  const [endpoint, cert] = targets?.map((target) => target.field('attribute')?.text()) ?? [];
  const helper = qualified === `${NEW_TRACING}.charm_tracing_config`;
  if (!call || more.length > 0 || !helper || endpoint !== name)
    return refuse('getter-form', statement, `${name} is not the first result of charm_tracing_config`);
  const certName = nameOf(traced.cert);
  if (traced.cert && certName !== cert)
    return refuse(
      'certificate',
      traced.call,
      `${certName ?? 'server_cert'} is not the second result of charm_tracing_config`,
    );
  const path = argument(call, 'cert_path', 1)?.value;
  const requirer = argument(call, 'endpoint_requirer', 0)?.value;
  return {
    requirer: ownRequirer(charm, traced, requirer ?? call, refuse),
    helper: statementOf(statement),
    getters: [],
    certName,
    path: certName === undefined || path?.kind() === 'none' ? undefined : path,
  };
}

/** The requirer must be the class's own: assigned once and always in its `__init__`. */
function ownRequirer(charm: Charm, traced: TracedClass, node: PythonNode, refuse: Refuse): OwnRequirer {
  const reference = requirerOf(charm, traced.file, node);
  const requirer = reference?.kind === 'requirer' ? reference.requirer : undefined;
  const own = requirer?.owner?.node.id() === traced.owner.node.id() && requirer?.file === traced.file;
  if (!requirer || !own || !requirer.certain || !isOwn(requirer))
    return refuse(
      'requirer-elsewhere',
      node,
      `${node.text()} is not a TracingEndpointRequirer that ${traced.owner.name}.__init__ makes once and always`,
    );
  return requirer;
}

function isOwn(requirer: Requirer): requirer is OwnRequirer {
  return requirer.assignment !== undefined;
}

/** The object must be replaceable, and alone on its relation: of two that request protocols, the later one wins. */
function checkRequirer(charm: Charm, requirer: OwnRequirer, refuse: Refuse): void {
  const { call, protocols, relation, assignment } = requirer;
  if (argument(call, 'charm', 0)?.value.text() !== assignment.method.self)
    refuse('requirer-elsewhere', call, 'its first argument is not the charm itself');
  const others = protocols.kind === 'list' ? protocols.names.filter((name) => name !== 'otlp_http') : [];
  if (protocols.kind === 'unknown' || others.length > 0)
    refuse(
      'protocols',
      call,
      `it requests ${others.length > 0 ? others.join(', ') : 'protocols that cannot be read off the code'}, and Tracing requests otlp_http only`,
      'Give the workload a tracing relation and requirer of its own, and run again.',
    );
  const rival = requirers(charm).find(
    (one) => one.call.id() !== call.id() && (one.relation === relation || one.relation === undefined),
  );
  if (rival)
    refuse(
      'relation-shared',
      call,
      `${rival.file.path} makes another requirer on the relation ${rival.relation ?? 'of a name that cannot be read off the code'}`,
      'Of two objects that request protocols on one relation the later one wins: give each a relation of its own, and run again.',
    );
  const tracing = ownFiles(charm, 'tracing').flatMap((file) => callsOf(file, ...TRACING_CLASSES))[0];
  if (tracing) refuse('relation-shared', call, `the charm makes ${tracing.text().split('(')[0]} already`);
}

export const TRACING_CLASSES = ['ops.tracing.Tracing', 'ops_tracing.Tracing'] as const;

function authorityOf(charm: Charm, traced: TracedClass, source: Source, refuse: Refuse): Authority {
  const { path } = source;
  if (path === undefined) return { kind: 'none' };
  const constant = constantString(traced.file, path, charm);
  if (constant?.startsWith(SYSTEM_CA_FOLDER) && updatesSystem(charm))
    return { kind: 'system', path: path.text() };
  const endpoints = (charm.metadata?.endpoints ?? []).filter(
    (one) => one.role === 'requires' && one.interface === 'certificate_transfer',
  );
  const [endpoint, ...more] = endpoints;
  if (endpoint && more.length === 0)
    return { kind: 'relation', name: endpoint.name, path: path.text(), limited: endpoint.limit === 1 };
  return refuse(
    'certificate',
    traced.call,
    `https traces are checked with ${path.text()}, and the metadata has ${more.length > 0 ? 'several endpoints' : 'no endpoint'} for certificate_transfer to take its place`,
    `Add one below requires: and run again:\n\n  receive-ca-cert:\n    interface: certificate_transfer\n    limit: 1\n    optional: true\n\nOr call ops.tracing.set_destination(url=…, ca=<PEM>) on every reconcile.`,
  );
}

/** The charm runs update-ca-certificates in its own container (not in a workload's). */
function updatesSystem(charm: Charm): boolean {
  return ownFiles(charm, 'update-ca-certificates').some((file) =>
    file.find({ rule: { kind: 'string_content', regex: 'update-ca-certificates' } }).some((node) =>
      node
        .ancestors()
        .filter((one) => one.kind() === 'call')
        .some((call) => {
          const name = file.names.qualify(field(call, 'function'));
          return name !== undefined && /^(subprocess|os)\./.test(name);
        }),
    ),
  );
}

/** Lines of the uses, for a message: `in src/charm.py:12, 30 and tests/unit/test_charm.py:5`. */
function placesOf(charm: Charm, uses: readonly AttributeUse[]): string {
  const paths = [...new Set(uses.map((use) => use.path))];
  const places = paths.map((path) => {
    const text = charm.textOf(path);
    const lines = uses.filter((use) => use.path === path).map((use) => position(text, use.offset).line);
    return `${path}:${[...new Set(lines)].join(', ')}`;
  });
  return `in ${places.join(' and ')}`;
}
