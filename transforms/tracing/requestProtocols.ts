/** What a requirer asks for: what code reads from it, what is missing, and adding that. */
import type { Charm } from '../kit/charm.js';
import type { PythonNode } from '../kit/languages.js';
import { addArgument, argument, callArguments, rewriteArguments } from '../kit/python/calls.js';
import { constantString } from '../kit/python/constants.js';
import { type PythonFile, rangeOf } from '../kit/python/file.js';
import { parentOf } from '../kit/python/nodes.js';
import { commentsIn, marginOf } from '../kit/python/statements.js';
import { preferredQuote, stringLiteral } from '../kit/python/strings.js';
import { wrapBrackets } from '../kit/python/wrap.js';
import type { FileContext } from '../kit/transform.js';
import { findRequirer, ownFiles, type Protocols, type Requirer, readProtocols } from './requirers.js';

/** `R.get_endpoint(protocol)` */
export interface EndpointRead {
  readonly file: PythonFile;
  readonly call: PythonNode;
  readonly argument: PythonNode;
  /** undefined when it is computed. */
  readonly protocol: string | undefined;
  /** undefined for the library's, and when any requirer can be meant. */
  readonly requirer: Requirer | undefined;
  /** The module that the requirer's class is imported from; undefined for the library's. */
  readonly module: string | undefined;
}

/** The calls of `get_endpoint` on the requirers of this root. */
export function endpointReads(charm: Charm): readonly EndpointRead[] {
  return charm.fact('endpoint reads', () =>
    requirerCalls(charm, 'get_endpoint', 'protocol').map(({ file, call, value, requirer, module }) => ({
      file,
      call,
      requirer,
      module,
      argument: value,
      protocol: constantString(file, value, charm),
    })),
  );
}

/** `R.request_protocols(…)` */
export interface ProtocolRequest {
  readonly file: PythonFile;
  readonly protocols: Protocols;
  readonly requirer: Requirer | undefined;
  readonly module: string | undefined;
}

/** The calls of `request_protocols` on the requirers of this root. */
export function protocolRequests(charm: Charm): readonly ProtocolRequest[] {
  return charm.fact('protocol requests', () =>
    requirerCalls(charm, 'request_protocols', 'protocols').map(({ file, value, requirer, module }) => ({
      file,
      requirer,
      module,
      protocols: readProtocols(charm, file, value),
    })),
  );
}

function requirerCalls(charm: Charm, method: string, keyword: string) {
  const rule = {
    kind: 'call',
    has: { field: 'function', kind: 'attribute', has: { field: 'attribute', regex: `^${method}$` } },
  } as const;
  return ownFiles(charm, method).flatMap((file) =>
    file.findWith([method], { rule }).flatMap((call) => {
      const object = call.field('function')?.field('object');
      const value = argument(call, keyword, 0)?.value;
      const reference = object && findRequirer(charm, file, object);
      if (!reference || !value) return [];
      const requirer = reference.kind === 'requirer' ? reference.requirer : undefined;
      const module = reference.kind === 'some' ? reference.module : requirer?.module;
      return [{ file, call, value, requirer, module }];
    }),
  );
}

/** What stands against adding protocols to a requirer, or what is to be added; nothing when all are asked for. */
export type Need =
  | { readonly kind: 'met' }
  | { readonly kind: 'add'; readonly missing: readonly string[] }
  | { readonly kind: 'obstacle'; readonly why: string; readonly missing: readonly string[] };

/** Compares what a requirer asks for with what is needed. */
export function compareProtocols(charm: Charm, requirer: Requirer, needed: readonly string[]): Need {
  const { protocols } = requirer;
  const requests = protocolRequests(charm).filter((one) => (one.requirer ?? requirer) === requirer);
  const there = [protocols, ...requests.map((one) => one.protocols)].flatMap((one) =>
    one.kind === 'list' ? one.names : [],
  );
  const missing = needed.filter((name) => !there.includes(name));
  const obstacle = (why: string): Need => ({ kind: 'obstacle', why, missing });
  if (missing.length === 0) return { kind: 'met' };
  if (protocols.kind === 'unknown') return obstacle('its `protocols=` cannot be read as a list of constants');
  if (requests.length > 0) return obstacle('it asks for its protocols by `request_protocols()`');
  if (protocols.kind === 'absent') return { kind: 'add', missing };
  const { file, node, fixed } = protocols;
  if (fixed) return obstacle('its `protocols=` is a tuple, or a constant that other code reads too');
  if (commentsIn(node, file.text, rangeOf(node)).length > 0)
    return obstacle('its `protocols=` has a comment inside');
  return { kind: 'add', missing };
}

/** The file that {@link addProtocols} edits: that of the call, or that of the constant. */
export function protocolsPath({ protocols, file }: Requirer): string {
  return protocols.kind === 'list' ? protocols.file.path : file.path;
}

/** Adds names to what a requirer asks for, wrapped as black does. {@link compareProtocols} has said that it can be. */
export function addProtocols(
  file: FileContext,
  { call, protocols }: Requirer,
  missing: readonly string[],
  group: string,
): void {
  const quoted = (quote: string) => missing.map((name) => `${quote}${name}${quote}`);
  const fresh = `[${quoted(preferredQuote(file.text)).join(', ')}]`;
  if (protocols.kind !== 'list') {
    if (protocols.node) rewriteValue(file, call, protocols.node, fresh, group);
    else addArgument(file, call, `protocols=${fresh}`, group);
    return;
  }
  const { node, elements } = protocols;
  const last = elements.at(-1);
  const added = quoted((last && stringLiteral(last)?.quote) ?? preferredQuote(file.text));
  if (last && node.text().includes('\n')) {
    const lines = added.map((one) => `,${file.layout.eol}${marginOf(file.text, last)}${one}`);
    file.edit.insert(rangeOf(last).end, lines.join(''), group);
    return;
  }
  const texts = [...elements.map((one) => one.text()), ...added];
  if (rewriteValue(file, call, node, `[${texts.join(', ')}]`, group)) return;
  const statement = parentOf(node);
  const head = file.text.slice(rangeOf(statement).start, rangeOf(node).start + 1);
  const margin = marginOf(file.text, statement);
  const wrapped = wrapBrackets(head, texts, ']', { margin, layout: file.layout });
  file.edit.replace(node, wrapped.slice(head.length - 1), group);
}

/** Writes the value of an argument anew; false when the node is none of the call's. */
function rewriteValue(
  file: FileContext,
  call: PythonNode,
  node: PythonNode,
  text: string,
  group: string,
): boolean {
  const holder = callArguments(call)?.all.find((one) => one.value.id() === node.id());
  if (!holder) return false;
  const keyword = holder.node.text().slice(0, rangeOf(node).start - rangeOf(holder.node).start);
  rewriteArguments(file, call, new Map([[holder, keyword + text]]), group);
  return true;
}
