/** Uses of the old endpoint getters, and what each of them becomes. */
import { GETTER_PROTOCOLS } from '../facts/protocols.js';
import type { AttributeUse, Charm, Origin } from '../kit/charm.js';
import type { PythonNode } from '../kit/languages.js';
import { must } from '../kit/must.js';
import { callArguments } from '../kit/python/calls.js';
import { type PythonFile, rangeOf } from '../kit/python/file.js';
import { attributeChain } from '../kit/python/names.js';
import { field } from '../kit/python/nodes.js';
import { commentsIn } from '../kit/python/statements.js';
import { endpointAround, otherReads } from './charmTracing.js';
import { isGuarded, spelling } from './readiness.js';
import { definitionsOf, findRequirer, ownFiles, type Requirer, requirers } from './requirers.js';
import { isMocked } from './testDoubles.js';

/** v0 and v1: Tempo's query API, without a protocol to ask for. */
const QUERY_GETTER = 'tempo_endpoint';
export const GETTERS: readonly string[] = [...Object.keys(GETTER_PROTOCOLS), QUERY_GETTER];

export type Obstacle =
  | 'not-renamed'
  | 'unknown-requirer'
  | 'no-successor'
  | 'not-called'
  | 'arguments'
  | 'comment'
  | 'shared-grpc'
  | 'dynamic-protocols';

interface Use {
  readonly file: PythonFile;
  /** The call, or the attribute where the getter is a property. */
  readonly node: PythonNode;
  /** `self.tracing` */
  readonly object: PythonNode;
  readonly getter: string;
}

/** A use that stays as it is. */
export interface Refusal extends Use {
  readonly kind: 'refused';
  readonly reason: Obstacle;
  readonly why: string;
}

/** A use that becomes `get_endpoint()`. */
export interface Conversion extends Use {
  readonly kind: 'converted';
  /** undefined when the coordinated-workers library makes it. */
  readonly requirer: Requirer | undefined;
  readonly protocol: string;
  /** `rel` or `relation=rel`; '' for none. */
  readonly relation: string;
  readonly guard: boolean;
  /** The getter was a gRPC one that only charm tracing reads. */
  readonly nowHttp: boolean;
  /** Reads of the `@trace_charm` getter that holds it, by other code. */
  readonly reads: readonly AttributeUse[];
  /** How the value differs from that of the old getter; undefined when it does not, or only charm tracing reads it. */
  readonly change: string | undefined;
}

/** Every use of an old getter in this root, in order; those of own attributes of the same name left out. */
export function getterUses(charm: Charm): readonly (Conversion | Refusal)[] {
  return charm.fact('getter uses', () => {
    const kind = 'attribute';
    const rule = { rule: { kind, has: { field: 'attribute', regex: `^(${GETTERS.join('|')})$` } } } as const;
    const paths = new Set(GETTERS.flatMap((getter) => charm.pythonFiles(getter)));
    return ownFiles(charm, '_endpoint')
      .filter((file) => paths.has(file.path))
      .flatMap((file) => file.findWith(GETTERS, rule).flatMap((node) => readUse(charm, file, node) ?? []));
  });
}

/** Whether code of this root defines an attribute of that name itself. */
export function isOwnName(charm: Charm, name: string): boolean {
  // In tests `mock.name = …` makes a double.
  const own = ({ path, text }: PythonFile) =>
    [...text.matchAll(definitionsOf(name))].some(
      (match) =>
        !match[0].startsWith('.') || !isTest(charm, path) || text.slice(0, match.index).endsWith('self'),
    );
  return ownFiles(charm, name).some(own);
}

function readUse(charm: Charm, file: PythonFile, attribute: PythonNode): Conversion | Refusal | undefined {
  const object = field(attribute, 'object');
  const getter = field(attribute, 'attribute').text();
  if (isMocked(attribute)) return undefined;
  const parent = attribute.parent();
  const call =
    parent?.kind() === 'call' && parent.field('function')?.id() === attribute.id() ? parent : undefined;
  const use: Use = { file, node: call ?? attribute, object, getter };
  const refuse = (reason: Obstacle, why: string): Refusal => ({ ...use, kind: 'refused', reason, why });
  const subject = `\`${object.text()}.${getter}${call ? '()' : ''}\``;

  const reference = findRequirer(charm, file, object);
  if (!reference) {
    // Without a requirer in the root, or with own attributes of that name, it is most likely something else.
    const other = getter === QUERY_GETTER || isOwnName(charm, getter);
    if (other || charm.pythonFiles('TracingEndpoint').length === 0) return undefined;
    return refuse(
      'unknown-requirer',
      `${subject}: which requirer \`${object.text()}\` is cannot be followed`,
    );
  }
  const all = requirers(charm);
  const only = reference.kind === 'some' ? all[0] : undefined;
  const requirer = reference.kind === 'requirer' ? reference.requirer : only;
  if (reference.kind === 'some' && all.length !== 1) {
    return refuse(
      'unknown-requirer',
      `${subject}: any requirer can be meant, and this charm makes ${all.length}`,
    );
  }
  const modules = [requirer?.module, reference.kind === 'some' ? reference.module : undefined];
  const old = modules.find((module) => module !== undefined && /^charms\.tempo_k8s\.v[01]\./.test(module));
  if (old !== undefined) {
    return refuse(
      'not-renamed',
      `${subject} is called on the requirer of ${old}, which has no get_endpoint()`,
    );
  }
  if (getter === QUERY_GETTER) {
    return refuse(
      'no-successor',
      `${subject} gave the address of Tempo's query API, which has no protocol any more`,
    );
  }
  const origin = reference.kind === 'some' ? reference.origin : requirer?.origin;
  if (!call && !isProperty(origin, getter)) {
    return refuse('not-called', `${subject} is a method that is passed on, not called`);
  }
  const args = readArguments(call);
  if (!args) return refuse('arguments', `${subject} gets arguments that get_endpoint() does not have`);
  if (
    commentsIn(use.node, file.text, rangeOf(use.node)).some(
      (one) => one.range().end.index < rangeOf(use.node).end,
    )
  ) {
    return refuse('comment', `a comment stands inside ${subject}`);
  }

  const traced = endpointAround(charm, file, attribute);
  const reads = traced ? otherReads(charm, traced) : [];
  const nowHttp = traced !== undefined && getter === 'otlp_grpc_endpoint';
  if (nowHttp && reads[0]) {
    const why = `\`${traced.name}\` is the endpoint of charm tracing, which needs otlp_http now, and ${reads[0].path} reads it too`;
    return refuse('shared-grpc', why);
  }
  const protocol = nowHttp ? 'otlp_http' : must(GETTER_PROTOCOLS[getter], `protocol of ${getter}`);
  if (
    reference.kind === 'library' &&
    (protocol !== 'otlp_http' || reference.attribute === 'workload_tracing')
  ) {
    return refuse(
      'unknown-requirer',
      `${subject}: the library that makes \`${object.text()}\` decides which protocols it asks for`,
    );
  }
  const value = args.relation.replace(/^relation=/, '');
  const ready = { file, object: spelling(file, object), relation: value };
  const guard = !isTest(charm, file.path) && !isGuarded(use.node, ready);
  if (guard && value !== '' && args.relationNode && !attributeChain(args.relationNode)) {
    return refuse(
      'arguments',
      `${subject} needs an is_ready() guard, and its relation is computed on the spot`,
    );
  }
  const onlyTraced = traced !== undefined && reads.length === 0;
  return {
    ...use,
    kind: 'converted',
    requirer,
    protocol,
    relation: args.relation,
    guard,
    nowHttp,
    reads,
    change:
      onlyTraced || protocol.endsWith('grpc') || reference.kind === 'library'
        ? undefined
        : valueChange(origin, args.ssl),
  };
}

/** The getters of jaeger were properties in v0 up to LIBPATCH 6 (DOMAIN 2.3). */
function isProperty(origin: Origin | undefined, getter: string): boolean {
  const old = origin?.module === 'charms.tempo_k8s.v0.tracing' && (origin.patch ?? 0) <= 6;
  return old && getter.startsWith('jaeger_');
}

function readArguments(
  call: PythonNode | undefined,
): { relation: string; relationNode: PythonNode | undefined; ssl: boolean } | undefined {
  if (!call) return { relation: '', relationNode: undefined, ssl: false };
  const args = callArguments(call);
  const known = args?.all.every((one) => one.keyword === undefined || /^(relation|ssl)$/.test(one.keyword));
  if (!args || args.splat || !known || args.positional.length > 2) return undefined;
  const relation = args.all.find((one) => one.keyword === 'relation') ?? args.positional[0];
  const ssl = args.all.find((one) => one.keyword === 'ssl') ?? args.positional[1];
  return {
    relation: relation?.node.text() ?? '',
    relationNode: relation?.value,
    ssl: ssl !== undefined && ssl.value.kind() !== 'false',
  };
}

/** What the old library made of an HTTP endpoint, where that was not `scheme://host:port` (DOMAIN 2.3). */
function valueChange(origin: Origin | undefined, ssl: boolean): string | undefined {
  const patch = origin?.patch;
  switch (origin?.module) {
    case 'charms.tempo_k8s.v2.tracing':
      return undefined;
    case 'charms.tempo_k8s.v0.tracing':
      return 'gave `host:port`';
    case 'charms.tempo_k8s.v1.tracing':
      if (patch === undefined) return 'gave `host:port` up to LIBPATCH 1 (which one was in use is not known)';
      if (patch <= 1) return 'gave `host:port`';
      if (patch === 4) return 'gave `http://host:port` with a receiver path behind it';
      return ssl && patch <= 3 ? 'took the scheme from `ssl=`' : undefined;
    default:
      return 'gave `host:port` in old libraries (which one was in use is not known)';
  }
}

/** Code of tests: no guard there, for an exception is an answer too. */
export function isTest(charm: Charm, path: string): boolean {
  return /(^|\/)(tests?\/|test_[^/]*\.py$|conftest\.py$)/.test(path.slice(charm.root.length));
}
