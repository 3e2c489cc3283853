/**
 * Turns the endpoint getters of old tracing libraries into `get_endpoint("…")`, and asks for the protocols.
 *
 * Why: v0, v1 and v2 up to LIBPATCH 5 had one getter a protocol and published all receivers; the coordinator's requirer
 * has only `get_endpoint`, which raises where they gave None: when the protocol was not requested, and on followers
 * while the relation is not ready (DOMAIN 2.3).
 *
 *     self.tracing = TracingEndpointRequirer(self)
 *     return self.tracing.otlp_http_endpoint()
 *     # becomes
 *     self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
 *     return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
 *
 * Handles:
 * - `self.X`, local aliases, annotated parameters, base classes, charms handed to other objects, the requirers of
 *   coordinated-workers; methods, and the properties of v0; the relation argument is kept, `ssl=` goes
 * - an `is_ready()` guard where none stands: if, ternary, `and`, early return, assert, walrus, a method that says so
 * - `protocols=` from all uses: added, or the names that are missing appended to a list or to a constant of its own
 * - test doubles: `X.otlp_http_endpoint.return_value`, `patch.object(…, "…")`, `Mock(otlp_http_endpoint=…)`
 * - the gRPC getter that only `@trace_charm` reads: `otlp_http`, since charm tracing is sent over HTTP now
 *
 * Refuses:
 * - a requirer that cannot be followed (`unknown-requirer`), `tempo_endpoint` (`no-successor`), `protocols=` that is not
 *   a list of constants (`dynamic-protocols`), a getter that is passed on (`not-called`) or looked up by a computed name
 *   (`dynamic-getter`), unknown or computed arguments (`arguments`), a comment inside the call (`comment`), a gRPC
 *   endpoint that charm tracing shares with other code (`shared-grpc`): error, the new library has no such getter
 * - `event.ingesters`, `event.host` and `get_all_endpoints()` (`provider-data`): error, the data has another form
 * - other test doubles, and several getters in one test file (`test-double`): warning
 *
 * Safety: review. An HTTP value that had no scheme gets one (`value-change`).
 */

import { GETTER_PROTOCOLS } from '../facts/protocols.js';
import type { Charm } from '../kit/charm.js';
import type { PythonNode } from '../kit/languages.js';
import { must } from '../kit/must.js';
import { rangeOf } from '../kit/python/file.js';
import { preferredQuote } from '../kit/python/strings.js';
import { defineTransform, type FileContext } from '../kit/transform.js';
import {
  type Conversion,
  GETTERS,
  getterUses,
  isOwnName,
  isTest,
  type Refusal,
} from '../tracing/getterUses.js';
import { replaceGetters } from '../tracing/guardedEndpoint.js';
import { type OldData, oldProviderData } from '../tracing/providerData.js';
import {
  addProtocols,
  compareProtocols,
  endpointReads,
  type Need,
  protocolsPath,
} from '../tracing/requestProtocols.js';
import { findRequirer, ownFiles, type Requirer } from '../tracing/requirers.js';
import { type TestDouble, testDoubles } from '../tracing/testDoubles.js';

type Reason =
  | Refusal['reason']
  | 'dynamic-getter'
  | 'test-double'
  | 'value-change'
  | 'provider-data'
  | 'charm-tracing-http'
  | 'not-offered-yet'
  | 'no-facts';

type File = FileContext<Reason>;

/** What is to be done in one file. */
interface Task {
  readonly path: string;
  run(file: File): void;
}

export default defineTransform({
  id: 'tracing-endpoint-getters',
  title: 'Call get_endpoint() instead of the getters of old tracing libraries',
  safety: 'review',
  language: 'python',
  literals: GETTERS,
  findings: {
    'unknown-requirer': { severity: 'error', title: 'An old getter of a requirer that cannot be followed' },
    'no-successor': { severity: 'error', title: 'A getter that has no successor' },
    'dynamic-protocols': { severity: 'error', title: '`protocols=` is computed' },
    'dynamic-getter': { severity: 'error', title: 'A getter is looked up by a computed name' },
    'not-called': { severity: 'error', title: 'A getter is passed on, not called' },
    arguments: { severity: 'error', title: 'A getter is called with arguments that cannot be kept' },
    comment: { severity: 'error', title: 'A comment stands inside the call' },
    'shared-grpc': { severity: 'error', title: 'Charm tracing shares a gRPC endpoint with other code' },
    'test-double': { severity: 'warning', title: 'A test double of an old getter' },
    'value-change': { severity: 'warning', title: 'The endpoint looks different now' },
    'provider-data': { severity: 'error', title: "The provider's data has another form now" },
    'charm-tracing-http': { severity: 'info', title: 'Charm tracing goes over HTTP now' },
    'not-offered-yet': {
      severity: 'warning',
      title: 'A follower raises while the provider does not offer the protocol',
    },
    'not-renamed': { severity: 'info', title: 'The requirer still comes from the old library' },
    'no-facts': { severity: 'info', title: 'An old getter, and nothing is known of the charm' },
  },
  plan: ({ charm }) => tasks(charm).map((task) => task.path),
  also: (paths) => paths,
  apply(file) {
    if (!file.charm) return withoutFacts(file);
    for (const task of tasks(file.charm)) if (task.path === file.path) task.run(file);
  },
});

function tasks(charm: Charm): readonly Task[] {
  return charm.fact('getter tasks', () => {
    const uses = getterUses(charm);
    const doubles = doublesOf(charm);
    const wanted = uses.filter((use) => use.kind === 'converted');
    const needs = needsOf(charm, wanted);
    const obstacle = (use: Conversion) => {
      const need = use.requirer && needs.get(use.requirer);
      return need?.kind === 'obstacle' ? need.why : undefined;
    };
    const converted = wanted.filter((use) => obstacle(use) === undefined);
    // Doubles belong to no requirer in particular, so with any all edits stand or fall together.
    const groupOf = (requirer: Requirer | undefined) =>
      doubles.length > 0 || !requirer ? 'getters' : nameOf(requirer);
    return [
      ...uses.filter((use) => use.kind === 'refused').map(leave),
      ...wanted.flatMap((use) => {
        const why = obstacle(use);
        return why === undefined ? [] : [leave(blocked(use, why))];
      }),
      ...dynamicGetters(charm),
      ...oldProviderData(charm).map(providerData),
      ...batches(converted, (use) => groupOf(use.requirer)),
      ...converted.flatMap((use) => valueChanges(use, groupOf(use.requirer))),
      ...followers(charm, converted, groupOf),
      ...[...needs].flatMap(([requirer, need]) => request(requirer, need, groupOf(requirer))),
      ...follow(doubles, converted, uses, 'getters'),
    ];
  });
}

function nameOf({ file, owner, attribute, call }: Requirer): string {
  return `${file.path}:${owner ? `${owner.name}.${attribute}` : rangeOf(call).start}`;
}

const HELP: Readonly<Record<Refusal['reason'], string>> = {
  'not-renamed': 'Let rename-lib-modules move the import first: see why it left it.',
  'unknown-requirer':
    'Write `R.get_endpoint("<protocol>") if R.is_ready() else None`, and name the protocol in `protocols=[…]` where R is made.',
  'no-successor':
    'Use the library charms.tempo_coordinator_k8s.v0.tempo_api for the query API, or a configuration option.',
  'dynamic-protocols':
    'Write the list out: `protocols=[…]` with every protocol that is used, then run again.',
  'not-called':
    'Pass on `lambda: R.get_endpoint("<protocol>")`, or call it if that was meant, then run again.',
  arguments: 'Write `R.get_endpoint("<protocol>", relation)` under `if R.is_ready(relation):`.',
  comment: 'Move the comment out of the call and run again.',
  'shared-grpc':
    'Split it: a getter of its own with `get_endpoint("otlp_http")` for `@trace_charm`, and `get_endpoint("otlp_grpc")` for the rest.',
};

function leave(use: Refusal): Task {
  return {
    path: use.file.path,
    run: (file) =>
      file.report(use.reason, {
        at: use.node,
        message: `${use.why}; the coordinator's library has no \`${use.getter}\``,
        help: HELP[use.reason],
      }),
  };
}

function blocked(use: Conversion, why: string): Refusal {
  const object = `\`${use.object.text()}\``;
  return {
    ...use,
    kind: 'refused',
    reason: 'dynamic-protocols',
    why: `${object} cannot be made to ask for "${use.protocol}": ${why}`,
  };
}

function batches(uses: readonly Conversion[], groupOf: (use: Conversion) => string): Task[] {
  const found = new Map<string, Conversion[]>();
  for (const use of uses) {
    const key = `${groupOf(use)}\n${use.file.path}`;
    found.set(key, [...(found.get(key) ?? []), use]);
  }
  return [...found.values()].map((batch) => {
    const first = must(batch[0], 'conversion');
    return convert(first.file.path, batch, groupOf(first));
  });
}

/** The conversions of one file and group. */
function convert(path: string, uses: readonly Conversion[], group: string): Task {
  return {
    path,
    run(file) {
      const replacements = uses.map(({ node, object, protocol, relation, guard }) => {
        const quote = enclosingQuote(node) ?? preferredQuote(file.text);
        const head = `${object.text()}.get_endpoint(`;
        const args = [`${quote}${protocol}${quote}`, ...(relation === '' ? [] : [relation])];
        return { node, head, args, ready: guard ? `${object.text()}.is_ready(${relation})` : undefined };
      });
      replaceGetters(file as FileContext, replacements, group);
      for (const use of uses) reportHttp(file, use, group);
    },
  };
}

function reportHttp(file: File, use: Conversion, group: string): void {
  if (!use.nowHttp) return;
  file.report('charm-tracing-http', {
    at: use.node,
    group,
    message: `\`${use.object.text()}.${use.getter}\` fed charm tracing, which is sent over HTTP now: otlp_http`,
    help: 'Replace opentelemetry-exporter-otlp-proto-grpc by opentelemetry-exporter-otlp-proto-http; open port 4318, not 4317.',
  });
}

/** Names each line that gets another value than before: the getter's own, or those that read it. */
function valueChanges(use: Conversion, group: string): Task[] {
  const { file, node, object, getter, protocol, change, reads } = use;
  if (change === undefined) return [];
  const own = { path: file.path, ...rangeOf(node) };
  const places = reads.map(({ path, offset, text }) => ({ path, start: offset, end: offset + text.length }));
  return (places.length > 0 ? places : [own]).map(({ path, start, end }) => ({
    path,
    run: (target) => {
      const doubled = hasScheme(target.text, start, node);
      target.report('value-change', {
        at: { start, end },
        group,
        ...(doubled ? { severity: 'error' } : {}),
        message: `\`${object.text()}.${getter}\`, used here, ${change}; get_endpoint("${protocol}") gives what Tempo publishes, \`http://host:port\` or \`https://host:port\`${doubled ? ', and the code puts another scheme in front of it' : ''}`,
        help: doubled
          ? 'Take the scheme away where the address is put together. Correct what tests expect.'
          : 'Where the code wants `host:port`: `urllib.parse.urlparse(endpoint).netloc`. Correct what tests expect.',
      });
    },
  }));
}

/**
 * The old getters of v0 and v1 gave None for a protocol that the provider does not offer. Now a unit looks up whether
 * it was requested, which a follower may not (DOMAIN 2.3). Every provider offers otlp_http.
 */
function followers(
  charm: Charm,
  uses: readonly Conversion[],
  groupOf: (requirer: Requirer | undefined) => string,
): Task[] {
  const seen = new Set<string>();
  return uses.flatMap(({ file, node, object, protocol, requirer }): Task[] => {
    const key = `${groupOf(requirer)} ${protocol}`;
    const same = requirer?.origin?.module.startsWith('charms.tempo_k8s.v2.');
    if (protocol === 'otlp_http' || same || seen.has(key) || isTest(charm, file.path)) return [];
    seen.add(key);
    const run = (target: File) =>
      target.report('not-offered-yet', {
        at: node,
        group: groupOf(requirer),
        message: `where the old getter gave None, ${object.text()}.get_endpoint("${protocol}") raises ModelError on units that are not the leader, as long as the provider offers other protocols but not ${protocol}`,
        help: 'Catch it: `except (ProtocolNotRequestedError, ops.ModelError): endpoint = None`.',
      });
    return [{ path: file.path, run }];
  });
}

/** `f"http://{…}"`, `"http://" + …`, `"http://{}".format(…)`, also with a variable that holds the value. */
function hasScheme(text: string, start: number, node: PythonNode): boolean {
  const before = text.slice(0, start).replace(/(?<![\w.])[\w.]+$/, '');
  if (/$(?<=:\/\/(\{\(?|["']\s*\+\s*|(\{\}|%s)[^"']*["'](\.format\(| % )\s*))/.test(before)) return true;
  const holder = node.ancestors().find((one) => /^(assignment|named_expression)$/.test(one.kind()));
  const name = (holder?.field('left') ?? holder?.field('name'))?.text();
  const around = node.ancestors().find((one) => /^(function_definition|module)$/.test(one.kind()));
  return name !== undefined && !!around?.text().includes(`://{${name}}`);
}

/** Inside an f-string the other quote is the only one that every Python takes. */
function enclosingQuote(node: PythonNode): string | undefined {
  const string = node.ancestors().find((one) => one.kind() === 'string');
  if (!string) return undefined;
  return string.child(0)?.text().includes('"') ? "'" : '"';
}

/** Whether each requirer asks for all that is read from it, by the old getters and by `get_endpoint()`. */
function needsOf(charm: Charm, uses: readonly Conversion[]): Map<Requirer, Need> {
  const needs = new Map<Requirer, Need>();
  for (const requirer of new Set(uses.flatMap((use) => use.requirer ?? []))) {
    const read = [...uses, ...endpointReads(charm)].filter((use) => use.requirer === requirer);
    const names = new Set(read.map((use) => use.protocol));
    const order = Object.values(GETTER_PROTOCOLS).filter((name) => names.has(name));
    needs.set(requirer, compareProtocols(charm, requirer, order));
  }
  return needs;
}

function request(requirer: Requirer, need: Need, group: string): Task[] {
  if (need.kind !== 'add') return [];
  return [
    {
      path: protocolsPath(requirer),
      run: (file) => addProtocols(file as FileContext, requirer, need.missing, group),
    },
  ];
}

function providerData({ file, node, why }: OldData): Task {
  return {
    path: file.path,
    run: (target) =>
      target.report('provider-data', {
        at: node,
        message: `${why}; the coordinator's library has \`receivers\`, each with \`protocol.name\` and \`url\``,
        help: 'Ask for what is needed instead: `R.get_endpoint("<protocol>") if R.is_ready() else None`.',
      }),
  };
}

/** `getattr(self.tracing, f"{protocol}_endpoint")` */
function dynamicGetters(charm: Charm): Task[] {
  return ownFiles(charm, 'getattr', '_endpoint').flatMap((one) =>
    one
      .find({ rule: { kind: 'call', has: { field: 'function', regex: '^getattr$' } } })
      .filter((call) => call.field('arguments')?.text().includes('_endpoint'))
      .filter((call) => {
        const object = call.field('arguments')?.namedChildren()[0];
        return object && findRequirer(charm, one, object) !== undefined;
      })
      .map((call) => ({
        path: one.path,
        run: (file) =>
          file.report('dynamic-getter', {
            at: call,
            message: `\`${call.text()}\` looks for a getter that the coordinator's library does not have`,
            help: 'Write `R.get_endpoint(protocol) if R.is_ready() else None`, and name all protocols in `protocols=[…]`.',
          }),
      })),
  );
}

function doublesOf(charm: Charm): readonly TestDouble[] {
  if (charm.pythonFiles('TracingEndpointRequirer').length === 0) return [];
  const names = Object.keys(GETTER_PROTOCOLS).filter((name) => !isOwnName(charm, name));
  const protocols = Object.fromEntries(names.map((name) => [name, must(GETTER_PROTOCOLS[name], name)]));
  const paths = new Set(names.flatMap((name) => charm.pythonFiles(name)));
  return ownFiles(charm, '_endpoint')
    .filter((file) => paths.has(file.path) && isTest(charm, file.path))
    .flatMap((file) => testDoubles(charm, file, protocols));
}

/** Test doubles follow when all their getters were converted and each file doubles one getter. */
function follow(
  doubles: readonly TestDouble[],
  converted: readonly Conversion[],
  all: readonly (Conversion | Refusal)[],
  group: string,
): Task[] {
  return doubles.map((double) => ({
    path: double.file.path,
    run(file) {
      const several =
        double.file.text.includes('get_endpoint') ||
        doubles.some((other) => other.file === double.file && other.getter !== double.getter);
      const same = (use: Conversion | Refusal) => use.getter === double.getter;
      const uses = converted.filter(same);
      const none = uses.length === 0 || uses.length < all.filter(same).length;
      if (double.edits && !several && !none) {
        for (const { range, text } of double.edits) file.edit.replace(range, text, group);
        if (!double.real || !uses.some((use) => use.guard)) return;
        file.report('test-double', {
          at: double.node,
          group,
          message: `the code asks is_ready() before get_endpoint("${GETTER_PROTOCOLS[double.getter]}") now, which this patch does not answer`,
          help: 'Patch is_ready too: `patch.object(TracingEndpointRequirer, "is_ready", return_value=True)`.',
        });
        return;
      }
      file.report('test-double', {
        at: double.node,
        message: `a test double of \`${double.getter}\`: the code calls get_endpoint("${GETTER_PROTOCOLS[double.getter]}")`,
        help: `Double get_endpoint instead${several ? ', with a side_effect that answers by protocol' : ''}, and is_ready() where it is a real requirer.`,
      });
    },
  }));
}

function withoutFacts(file: File): void {
  if (!file.text.includes('TracingEndpointRequirer')) return;
  for (const node of file.python.find({
    rule: { kind: 'attribute', has: { field: 'attribute', regex: `^(${GETTERS.join('|')})$` } },
  })) {
    file.report('no-facts', {
      at: node,
      message: `\`${node.text()}\` may be a getter that the coordinator's library does not have`,
      help: 'Run on the whole charm, so that the requirer can be looked up.',
    });
  }
}
