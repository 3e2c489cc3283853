/**
 * Names receiver protocols as the coordinator's library does, and asks for `otlp_http` where charm tracing reads it.
 *
 * Why: an unknown name in `protocols=` is a ValidationError in `__init__` on the leader. A protocol that was not asked
 * for is there when the charm is related to Tempo itself, and raises ProtocolNotRequestedError behind a relay that only
 * offers what was asked for (DOMAIN 2.3).
 *
 *     self.tracing = TracingEndpointRequirer(self, protocols=["jaeger_http_thrift"])
 *     self.endpoint, _ = charm_tracing_config(self.tracing, None)
 *     # becomes
 *     self.tracing = TracingEndpointRequirer(self, protocols=["jaeger_thrift_http", "otlp_http"])
 *
 * Handles:
 * - names in `protocols=`, `get_endpoint()` and `request_protocols()`: literals, and constants where they are defined
 * - `otlp_http` for `charm_tracing_config()` and for the endpoint that `@trace_charm` names: appended to the list, or
 *   the keyword added; nothing when `request_protocols()` asks for it
 *
 * Refuses:
 * - protocols that are gone (`gone`) or never were (`unknown`): error
 * - `otlp_http` that cannot be added, since the list is computed, shared or commented, or asked for by a call
 *   (`otlp-http-missing`); the old name in any other string (`mention`): warning
 *
 * Safety: safe. Only names that would raise change, and one more protocol is asked for.
 */

import { NEW_TRACING } from '../facts/libraries.js';
import { PROTOCOLS, REMOVED_PROTOCOLS, RENAMED_PROTOCOLS } from '../facts/protocols.js';
import type { Charm } from '../kit/charm.js';
import { must } from '../kit/must.js';
import { argument, callsOf } from '../kit/python/calls.js';
import { definitionOf } from '../kit/python/constants.js';
import { type PythonFile, rangeOf } from '../kit/python/file.js';
import { type StringLiteral, stringLiteral } from '../kit/python/strings.js';
import { defineTransform, type FileContext, type PythonNode } from '../kit/transform.js';
import { endpointAround } from '../tracing/charmTracing.js';
import {
  addProtocols,
  compareProtocols,
  endpointReads,
  protocolRequests,
  protocolsPath,
} from '../tracing/requestProtocols.js';
import { findRequirer, ownFiles, type Requirer, requirers } from '../tracing/requirers.js';

type File = FileContext<'gone' | 'unknown' | 'otlp-http-missing' | 'mention' | 'no-facts'>;

const OLD_NAMES = [...Object.keys(RENAMED_PROTOCOLS), ...Object.keys(REMOVED_PROTOCOLS)];

export default defineTransform({
  id: 'tracing-protocols',
  title: 'Ask for receiver protocols by the names of today',
  safety: 'safe',
  language: 'python',
  literals: [
    'TracingEndpointRequirer',
    'get_endpoint',
    'request_protocols',
    ...Object.keys(RENAMED_PROTOCOLS),
  ],
  findings: {
    gone: { severity: 'error', title: 'A protocol that Tempo has no receiver for any more' },
    unknown: { severity: 'error', title: 'A protocol that the library does not know' },
    'otlp-http-missing': {
      severity: 'warning',
      title: 'Charm tracing reads otlp_http, which is not asked for',
    },
    mention: { severity: 'warning', title: 'The old name of a protocol in another place' },
    'no-facts': { severity: 'info', title: 'An old protocol name, and nothing is known of the charm' },
  },
  plan: ({ charm }) => [
    ...protocolNames(charm).map((one) => one.file.path),
    ...charmTracingRequirers(charm).map(protocolsPath),
  ],
  also: (paths) => paths,
  apply(file) {
    const { charm } = file;
    if (!charm) return withoutFacts(file);
    const names = protocolNames(charm).filter((one) => one.file.path === file.path);
    for (const name of names) checkName(file, name.literal);
    reportMentions(file, charm, names);
    // A list that is written anew must hold the new names: they come first, the next round adds to it.
    if (names.some(({ literal }) => RENAMED_PROTOCOLS[literal.value] !== undefined)) return;
    for (const requirer of charmTracingRequirers(charm)) askForHttp(file, charm, requirer);
  },
});

interface ProtocolName {
  readonly file: PythonFile;
  readonly literal: StringLiteral;
}

/** The literals that name a protocol to the requirers of the coordinator's library. */
function protocolNames(charm: Charm): readonly ProtocolName[] {
  return charm.fact('protocol names', () => {
    const current = (one: { readonly module: string | undefined }) =>
      (one.module ?? NEW_TRACING) === NEW_TRACING;
    const lists = [...requirers(charm), ...protocolRequests(charm)]
      .filter(current)
      .flatMap(({ protocols }) => {
        if (protocols.kind === 'list')
          return protocols.elements.map((node) => ({ file: protocols.file, node }));
        return [];
      });
    const reads = endpointReads(charm)
      .filter(current)
      .map(({ file, argument: node }) => ({ file, node }));
    const found = new Map<string, ProtocolName>();
    for (const { file, node } of [...lists, ...reads]) {
      const name = literalOf(charm, file, node, 4);
      if (name) found.set(`${name.file.path}:${name.literal.content.start}`, name);
    }
    return [...found.values()];
  });
}

/** The literal that an expression stands for, where a constant is defined. */
function literalOf(
  charm: Charm,
  file: PythonFile,
  node: PythonNode,
  depth: number,
): ProtocolName | undefined {
  const literal = stringLiteral(node);
  if (literal) return { file, literal };
  const definition = depth > 0 ? definitionOf(file, node, charm) : undefined;
  return definition && literalOf(charm, definition.file, definition.value, depth - 1);
}

function checkName(file: File, literal: StringLiteral): void {
  const renamed = RENAMED_PROTOCOLS[literal.value];
  const removed = REMOVED_PROTOCOLS[literal.value];
  if (renamed !== undefined) {
    file.edit.replace(literal.content, renamed, 'names');
  } else if (removed !== undefined) {
    file.report('gone', {
      at: literal.node,
      message: `the coordinator's library does not accept "${literal.value}": on the leader it is a ValidationError`,
      help: `Drop it: ${removed}.`,
    });
  } else if (!PROTOCOLS.has(literal.value)) {
    file.report('unknown', {
      at: literal.node,
      message: `"${literal.value}" is no receiver protocol`,
      help: `Use one of ${[...PROTOCOLS].join(', ')}.`,
    });
  }
}

function reportMentions(file: File, charm: Charm, names: readonly ProtocolName[]): void {
  const [old, fresh] = must(Object.entries(RENAMED_PROTOCOLS)[0], 'renamed protocol');
  const known = new Set(names.map((one) => one.literal.content.start));
  if (!file.text.includes(old) || !requirers(charm).some((one) => one.module === NEW_TRACING)) return;
  for (const node of file.python.findWith([old], {
    rule: { kind: 'string_content', regex: `^${old}$` },
  })) {
    if (known.has(rangeOf(node).start)) continue;
    file.report('mention', {
      at: node,
      message: `"${old}" is called "${fresh}" now; whether this string names the protocol cannot be told`,
      help: `If it does, write "${fresh}".`,
    });
  }
}

/** The requirers that charm tracing reads `otlp_http` from. */
function charmTracingRequirers(charm: Charm): readonly Requirer[] {
  return charm.fact('charm tracing requirers', () => {
    const helpers = ownFiles(charm, 'charm_tracing_config').flatMap((file) =>
      callsOf(file, `${NEW_TRACING}.charm_tracing_config`).flatMap((call) => {
        const node = argument(call, 'endpoint_requirer', 0)?.value;
        const reference = node && findRequirer(charm, file, node);
        return reference?.kind === 'requirer' ? [reference.requirer] : [];
      }),
    );
    const getters = endpointReads(charm).flatMap(({ file, call, protocol, requirer }) =>
      requirer && protocol === 'otlp_http' && endpointAround(charm, file, call) ? [requirer] : [],
    );
    return [...new Set([...helpers, ...getters])].filter((one) => one.module === NEW_TRACING);
  });
}

function askForHttp(file: File, charm: Charm, requirer: Requirer): void {
  const need = compareProtocols(charm, requirer, ['otlp_http']);
  if (need.kind === 'add' && protocolsPath(requirer) === file.path) {
    addProtocols(file as FileContext, requirer, need.missing, `${requirer.file.path}:${requirer.attribute}`);
  } else if (need.kind === 'obstacle' && requirer.file.path === file.path) {
    file.report('otlp-http-missing', {
      at: requirer.call,
      message: `charm tracing reads otlp_http from this requirer, which may not ask for it: ${need.why}. Behind a relay, such as an OpenTelemetry collector, that is a ProtocolNotRequestedError`,
      help: 'Add "otlp_http" to the protocols that it asks for.',
    });
  }
}

function withoutFacts(file: File): void {
  const old = OLD_NAMES.filter((name) => file.text.includes(`"${name}"`) || file.text.includes(`'${name}'`));
  if (old.length === 0 || !file.text.includes('TracingEndpointRequirer')) return;
  file.report('no-facts', {
    message: `protocols that changed may be asked for here: ${old.join(', ')}`,
    help: 'Run on the whole charm, so that the requirers can be looked up.',
  });
}
