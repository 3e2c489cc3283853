/**
 * Looks for `limit: 1` and `optional: true` on the tracing endpoint, and adds them when told to.
 *
 * Why: without `limit: 1` `ops.tracing.Tracing` never sends anything, and does not say so (DOMAIN 0.9, 5.1).
 *
 *      requires:
 *        tracing:
 *          interface: tracing
 *     +    limit: 1
 *     +    optional: true
 *
 * Handles: charmcraft.yaml or metadata.yaml, block and flow style. Without `--option ops-tracing-metadata.write=true` it
 * only reports: a deployment with two relations cannot be upgraded to a charm that allows one.
 *
 * Refuses: to rename or split relations, which breaks deployments.
 *
 * Safety: review.
 */
import type { Endpoint } from '../kit/charm.js';
import { must } from '../kit/must.js';
import { lineEnd, lineStart } from '../kit/python/statements.js';
import { defineTransform, type FileContext } from '../kit/transform.js';
import {
  isMap,
  type YamlNode as Node,
  type Pair,
  parseYaml,
  type YAMLMap,
  yamlAt,
  yamlRange,
} from '../kit/yaml.js';
import { GROUP, LITERALS, planOf } from './plan.js';

const findings = {
  limit: { severity: 'warning', title: "The tracing endpoint has no 'limit: 1'" },
  optional: { severity: 'info', title: "The tracing endpoint is not marked 'optional: true'" },
} as const;

const options = {
  write: { type: 'boolean', default: false, description: 'Add what is missing instead of reporting it' },
} as const;

export default defineTransform({
  id: 'ops-tracing-metadata',
  title: 'Limit the tracing endpoint to one relation',
  safety: 'review',
  language: 'yaml',
  files: ['charmcraft.yaml', 'metadata.yaml'],
  literals: LITERALS,
  findings,
  options,
  plan: ({ charm }) => ({ charm: planOf(charm), path: charm.metadata?.path }),
  also: ({ charm, path }) => (charm.state === 'none' || path === undefined ? [] : [path]),
  apply(file, planned) {
    const plan = planned?.charm;
    if (!plan || plan.state === 'none' || file.charm?.metadata?.path !== file.path) return;
    // A charm that is left for another reason is left in its metadata too.
    const write =
      file.options.write &&
      (plan.state !== 'refused' || plan.problems.every((one) => one.step === 'ops-tracing-metadata'));
    for (const name of new Set(plan.relations)) {
      const endpoint = file.charm.metadata.endpoints.find(
        (one) => one.name === name && one.role === 'requires',
      );
      if (endpoint) check(file, endpoint, write);
    }
  },
});

function check(file: FileContext<keyof typeof findings>, endpoint: Endpoint, write: boolean): void {
  const spec = yamlAt(must(parseYaml(file.text), file.path), ['requires', endpoint.name]);
  if (!isMap(spec)) return;
  const at = yamlRange(spec);
  const missing = [
    ...(endpoint.limit === 1 ? [] : ['limit: 1']),
    ...(endpoint.optional === true ? [] : ['optional: true']),
  ];
  // Another limit is somebody's decision.
  const additions = endpoint.limit === undefined ? missing : missing.filter((line) => line !== 'limit: 1');
  if (write && additions.length > 0) add(file, spec, additions);
  const snippet = `requires:\n  ${endpoint.name}:\n    interface: tracing\n    limit: 1\n    optional: true`;
  if (endpoint.limit !== 1)
    file.report('limit', {
      at,
      message: `the endpoint ${endpoint.name} has no 'limit: 1': ops.tracing.Tracing would never send anything, and not say so`,
      help: `Add it (--option ops-tracing-metadata.write=true does), and run again:\n\n${snippet}`,
    });
  if (endpoint.optional !== true)
    file.report('optional', {
      at,
      message: `the endpoint ${endpoint.name} is not marked 'optional: true', though the charm works without it`,
      help: `Add it (--option ops-tracing-metadata.write=true does):\n\n${snippet}`,
    });
}

function add(file: FileContext, spec: YAMLMap, lines: readonly string[]): void {
  // Behind the interface, which is one line: a description may end in a block of text.
  const pair = must(
    spec.items.find((one) => String(one.key) === 'interface') as Pair<Node, Node>,
    'interface',
  );
  const { end } = yamlRange(must(pair.value, 'interface'));
  if (spec.flow) {
    file.edit.insert(end, lines.map((line) => `, ${line}`).join(''), GROUP);
    return;
  }
  const key = yamlRange(pair.key);
  const margin = file.text.slice(lineStart(file.text, key.start), key.start);
  file.edit.insert(
    lineEnd(file.text, end),
    lines.map((line) => `${file.layout.eol}${margin}${line}`).join(''),
    GROUP,
  );
}
