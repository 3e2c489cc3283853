/**
 * What: brings what tests write into the provider's databag to the format that the coordinator library reads.
 *
 * Why: it reads `receivers` with a url each; `host` and `ingesters`, or receivers with a port, fail validation there,
 * so `is_ready()` is False and the tests test nothing. DOMAIN 2.3.
 *
 *     {"host": "foo", "ingesters": '[{"protocol": "otlp_http", "port": 4318}]'}
 *   → {"receivers": '[{"protocol": {"name": "otlp_http", "type": "http"}, "url": "http://foo:4318"}]'}
 *     TracingProviderAppData(host="foo", receivers=[Receiver(protocol="otlp_http", port=4318)])
 *   → TracingProviderAppData(
 *         receivers=[Receiver(protocol=ProtocolType(name="otlp_http", type="http"), url="http://foo:4318")])
 *
 * Handles:
 * - dicts with string keys, values as strings of JSON, plain strings, or `json.dumps(literal)`
 * - `TracingProviderAppData` with literal arguments; `Ingester` becomes `Receiver`, `ProtocolType` is imported
 * - `external_url` and `internal_scheme`; receivers that Tempo no longer has are left out and named: `gone`
 * - other places of the file that spell host:port, which has a scheme now: `expected-value`
 *
 * Refuses:
 * - anything computed, a comment in the way, a lone `Receiver(port=…)`, names that are gone: `not-literal`
 * - a charm whose own code stays on the old library (its owner, the provider side of v0 and v1): `stays-behind`
 *
 * Safety: review. Look whether the tests expect what the databag now says.
 */
import { MODULE_MAP, NEW_TRACING, OLD_OWNERS } from '../facts/libraries.js';
import { callsOf } from '../kit/python/calls.js';
import { defineTransform } from '../kit/transform.js';
import { providerCalls } from '../tracing/databagCalls.js';
import { providerDicts } from '../tracing/databagDicts.js';
import { SHAPE } from '../tracing/receivers.js';

const MODULES = [NEW_TRACING, ...Object.keys(MODULE_MAP).filter((old) => MODULE_MAP[old] === NEW_TRACING)];
/** Whether the code that reads the databag moves to the coordinator library. */
type Fate = 'moves' | 'stays' | 'unrelated';

const NAMES = ['TracingProviderAppData', 'Receiver', 'Ingester'];

export default defineTransform({
  id: 'test-databags',
  title: "Write the provider's databag as the coordinator library reads it",
  safety: 'review',
  language: 'python',
  literals: ['ingesters', 'receivers', 'Receiver', 'Ingester'],
  findings: {
    gone: { severity: 'info', title: 'A receiver that Tempo no longer has was left out of the databag' },
    'expected-value': { severity: 'warning', title: 'A test may expect an endpoint without its scheme' },
    'stays-behind': { severity: 'info', title: 'The charm stays on the old library, and so do its databags' },
    'not-literal': { severity: 'warning', title: 'A databag in the old format that was not converted' },
  },
  rules: {
    dict: {
      rule: {
        kind: 'dictionary',
        all: ['host', '(ingesters|receivers)'].map((key) => ({
          has: {
            kind: 'pair',
            has: { field: 'key', kind: 'string', regex: `^["']${key}["']$` },
          },
        })),
      },
    },
  },
  plan({ charm }): Fate {
    if (charm.pythonFiles('charms.tempo_').length === 0) return 'unrelated';
    const provider = charm
      .pythonFiles('tempo_k8s', 'TracingEndpointProvider')
      .some((path) => /tempo_k8s\.v[01]\.tracing\b/.test(charm.textOf(path)));
    return provider || OLD_OWNERS.some((owner) => charm.owns(owner)) ? 'stays' : 'moves';
  },
  apply(file, fate) {
    if (fate === 'unrelated') return;
    const dicts = /["']host["']/.test(file.text) ? file.find('dict') : [];
    const calls = NAMES.flatMap((symbol) =>
      callsOf(file.python, ...MODULES.map((module) => `${module}.${symbol}`)).map((call) => ({
        call,
        symbol,
      })),
    );
    const dry = { ...file, edit: { replace() {}, insert() {}, remove() {} } };
    const target = fate === 'moves' ? file : dry;
    for (const outcome of [...providerDicts(target, dicts), ...providerCalls(target, calls)]) {
      const { group, at } = outcome;
      if (fate !== 'moves') {
        file.report('stays-behind', {
          at,
          message: `the databag keeps the old format: ${fate === 'stays' ? "the charm's own code stays on the old library" : 'nothing is known about the rest of the charm'}`,
          help: SHAPE,
        });
        continue;
      }
      if (outcome.kind === 'refused') {
        file.report('not-literal', { at, message: outcome.message, help: outcome.help });
        continue;
      }
      for (const protocol of outcome.gone) {
        file.report('gone', {
          at,
          group,
          message: `the receiver '${protocol}' was left out: the coordinator does not offer it`,
          help: `Remove what the tests expect of '${protocol}'.`,
        });
      }
      for (const { plain, url } of outcome.endpoints) {
        for (const { index } of file.text.matchAll(bare(plain))) {
          file.report('expected-value', {
            at: { start: index, end: index + plain.length },
            group,
            message: `'${plain}' stands here without a scheme: the endpoint is ${url} now`,
            help: `If this is what the charm is expected to use, write ${url}.`,
          });
        }
      }
    }
  },
});

/** host:port as a word of its own, without a scheme in front. */
function bare(plain: string): RegExp {
  return new RegExp(`(?<![\\w./-])${plain.replace(/[^\w]/g, '\\$&')}(?!\\d)`, 'g');
}
