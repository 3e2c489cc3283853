/**
 * What: gives `trace_charm` and `_autoinstrument` the keywords of the coordinator library.
 *
 * Why: the first releases had other names (`tempo_endpoint`, `app_name`) and another order, and `_autoinstrument` took
 * property objects where it now takes their names; each of these is a TypeError at import. DOMAIN 2.5.
 *
 *     @trace_charm(tempo_endpoint="tempo")          →  @trace_charm(tracing_endpoint="tempo")
 *     _autoinstrument(MyCharm, MyCharm.endpoint)    →  _autoinstrument(MyCharm, "endpoint")
 *     _autoinstrument(MyCharm, tracing_endpoint_getter=MyCharm.endpoint)
 *                              →  _autoinstrument(MyCharm, tracing_endpoint_attr="endpoint")
 *
 * Handles:
 * - keywords `tempo_endpoint`, `app_name`, `…_getter`, through any import alias
 * - `trace_charm("endpoint", "name")` of a library that had no `server_cert` (charm_instrumentation up to 5,
 *   charm_tracing v0.1): the second argument becomes `service_name=`, the third `extra_types=`
 * - getters given as `Class.name`, by position or keyword
 *
 * Refuses:
 * - `cert_path=`, the keyword of the tracing library's docstring, which never existed: `cert-path`
 * - a getter that is not an attribute of the instrumented class: `getter`
 * - `**arguments`: `unknown-arguments`
 * - a second positional argument when the old library's LIBPATCH is unknown or 6: `position`
 *
 * Safety: safe. The arguments mean what they meant.
 */
import { NEW_CHARM_TRACING } from '../facts/libraries.js';
import type { Origin } from '../kit/charm.js';
import {
  type Argument,
  type Arguments,
  callArguments,
  callsOf,
  rewriteArguments,
} from '../kit/python/calls.js';
import { leftmost } from '../kit/python/names.js';
import { stringValue } from '../kit/python/strings.js';
import { defineTransform, type PythonNode } from '../kit/transform.js';

const KEYWORDS: Readonly<Record<string, string>> = {
  tempo_endpoint: 'tracing_endpoint',
  app_name: 'service_name',
  tempo_endpoint_getter: 'tracing_endpoint_attr',
  tracing_endpoint_getter: 'tracing_endpoint_attr',
  server_cert_getter: 'server_cert_attr',
};
const V0 = /^charms\.tempo_k8s\.v0\./;

export default defineTransform({
  id: 'charm-tracing-arguments',
  title: 'Give trace_charm the keywords of the coordinator library',
  safety: 'safe',
  language: 'python',
  literals: ['tempo_coordinator_k8s'],
  findings: {
    'cert-path': { severity: 'error', title: 'trace_charm has no cert_path: TypeError at import' },
    getter: { severity: 'error', title: 'A getter that cannot be turned into an attribute name' },
    'unknown-arguments': { severity: 'warning', title: 'The arguments of trace_charm cannot be read' },
    position: { severity: 'warning', title: 'The second positional argument may be a service name' },
  },
  apply(file) {
    const decorators = callsOf(file.python, `${NEW_CHARM_TRACING}.trace_charm`);
    for (const call of [...decorators, ...callsOf(file.python, `${NEW_CHARM_TRACING}._autoinstrument`)]) {
      const args = callArguments(call);
      const callee = call.field('function');
      if (!args || !callee) continue;
      const origin = file.charm?.origin(file.path, leftmost(callee).text());
      const decorator = decorators.includes(call);
      const texts = new Map<Argument, string>();
      const refused = (decorator ? decorate : instrument)(args, origin, texts);
      if (args.splat) {
        refused.push({
          reason: 'unknown-arguments',
          at: args.list,
          message: 'the call unpacks its arguments, so their names could not be checked',
          help: 'Use the names of the coordinator library: tracing_endpoint, server_cert, service_name, extra_types, buffer_max_events, buffer_max_size_mib, buffer_path.',
        });
      }
      for (const { reason, ...report } of refused) file.report(reason, report);
      // One change for the call, or none: half of it would still be a TypeError.
      if (!refused.some(({ reason }) => reason === 'getter')) {
        rewriteArguments(file, call, texts, `${file.path}:${callee.range().start.index}`);
      }
    }
  },
});

interface Refusal {
  readonly reason: 'cert-path' | 'getter' | 'unknown-arguments' | 'position';
  readonly at: PythonNode;
  readonly message: string;
  readonly help: string;
}

function decorate(
  { all, positional }: Arguments,
  origin: Origin | undefined,
  texts: Map<Argument, string>,
): Refusal[] {
  const refused: Refusal[] = [];
  for (const one of all) {
    const fresh = KEYWORDS[one.keyword ?? ''];
    if (fresh !== undefined) texts.set(one, `${fresh}=${one.value.text()}`);
    if (one.keyword === 'cert_path') {
      refused.push({
        reason: 'cert-path',
        at: one.node,
        message: "trace_charm has no 'cert_path': the charm fails at import with a TypeError",
        help: `Write server_cert=${one.value.text()}.`,
      });
    }
  }
  const [, second, third] = positional;
  if (!second || origin === undefined || !V0.test(origin.module)) return refused;
  const { patch } = origin;
  const instrumentation = origin.module.endsWith('charm_instrumentation');
  if (patch === undefined || (instrumentation && patch === 6)) {
    refused.push({
      reason: 'position',
      at: second.node,
      message: `${second.value.text()} may be the service name, as in early releases of ${origin.module}: the coordinator library reads it as server_cert`,
      help: `If it is the service name, write service_name=${second.value.text()}.`,
    });
  } else if (patch < (instrumentation ? 6 : 2)) {
    texts.set(second, `service_name=${second.value.text()}`);
    if (third) texts.set(third, `extra_types=${third.value.text()}`);
  }
  return refused;
}

function instrument(
  { all, positional }: Arguments,
  _origin: Origin | undefined,
  texts: Map<Argument, string>,
): Refusal[] {
  const [owner, endpoint, third, fourth] = positional;
  const charm = (owner ?? all.find((one) => one.keyword === 'charm_type'))?.value.text();
  const refused: Refusal[] = [];
  const getter = (one: Argument, prefix: string) => {
    const { value } = one;
    if (stringValue(value) !== undefined || value.kind() === 'none') {
      if (prefix !== '' && one.keyword !== prefix.slice(0, -1)) texts.set(one, `${prefix}${value.text()}`);
    } else if (value.kind() === 'attribute' && value.field('object')?.text() === charm) {
      texts.set(one, `${prefix}"${value.field('attribute')?.text()}"`);
    } else {
      refused.push({
        reason: 'getter',
        at: one.node,
        message: `_autoinstrument wants the name of an attribute of ${charm}, not ${value.text()}`,
        help: `Give the name as a string: ${prefix}"<attribute of ${charm}>".`,
      });
    }
  };
  // A getter object instead of a name: the old order, where a string behind it is the service name.
  const old = endpoint !== undefined && stringValue(endpoint.value) === undefined;
  if (endpoint) getter(endpoint, '');
  if (third && old && stringValue(third.value) !== undefined) {
    texts.set(third, `service_name=${third.value.text()}`);
    if (fourth) texts.set(fourth, `extra_types=${fourth.value.text()}`);
  } else if (third) {
    getter(third, '');
  }
  for (const one of all) {
    const fresh = KEYWORDS[one.keyword ?? ''];
    if (fresh?.endsWith('_attr')) getter(one, `${fresh}=`);
  }
  return refused;
}
