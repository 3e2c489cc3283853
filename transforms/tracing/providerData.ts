/**
 * Code that looks into what the provider publishes, which has another form now (DOMAIN 2.3): `host` and `ingesters` or
 * ports have become `receivers` with a url each, in `get_all_endpoints()` and in the `endpoint_changed` event.
 */
import type { Charm, Origin } from '../kit/charm.js';
import type { PythonNode } from '../kit/languages.js';
import { argument } from '../kit/python/calls.js';
import { readClass } from '../kit/python/classes.js';
import type { PythonFile } from '../kit/python/file.js';
import { attributeChain } from '../kit/python/names.js';
import { field } from '../kit/python/nodes.js';
import { findRequirer, ownFiles } from './requirers.js';

export interface OldData {
  readonly file: PythonFile;
  readonly node: PythonNode;
  readonly why: string;
}

/** Every place of this root that reads the old form from a requirer of today's library. */
export function oldProviderData(charm: Charm): readonly OldData[] {
  return [
    ...ownFiles(charm, 'get_all_endpoints').flatMap((file) =>
      file
        .find({ rule: { pattern: '$R.get_all_endpoints($$$ARGS)' } })
        .filter((call) => isOld(charm, file, call.field('function')?.field('object')))
        .map((node) => ({ file, node, why: `\`${node.text()}\` gave a host and ports` })),
    ),
    ...ownFiles(charm, 'endpoint_changed').flatMap((file) =>
      file
        .find({ rule: { pattern: '$F.observe($$$ARGS)' } })
        .flatMap((call) => eventReads(charm, file, call)),
    ),
  ];
}

/** A requirer of today's library that came from one whose provider data had another form. */
function isOld(charm: Charm, file: PythonFile, object: PythonNode | null | undefined): boolean {
  const reference = object && findRequirer(charm, file, object);
  if (!reference || reference.kind === 'library') return false;
  const { module, origin } = reference.kind === 'requirer' ? reference.requirer : reference;
  return !module.startsWith('charms.tempo_k8s.') && origin !== undefined && hadHosts(origin);
}

function hadHosts({ module, patch = 6 }: Origin): boolean {
  return module === 'charms.tempo_k8s.v2.tracing'
    ? patch <= 5
    : /^charms\.tempo_k8s\.v[01]\.tracing$/.test(module);
}

const FIELDS: Readonly<Record<string, string | undefined>> = {
  host: 'the host',
  ingesters: 'the protocols and ports',
  external_url: 'the url from outside',
};

/** `event.ingesters` in the method that observes `R.on.endpoint_changed`. */
function eventReads(charm: Charm, file: PythonFile, call: PythonNode): OldData[] {
  const event = argument(call, 'bound_event', 0)?.value;
  const handler = argument(call, 'observer', 1)?.value;
  if (event?.field('attribute')?.text() !== 'endpoint_changed') return [];
  if (!isOld(charm, file, event.field('object')?.field('object'))) return [];
  const owner = call.ancestors().find((one) => one.kind() === 'class_definition');
  const name = handler && attributeChain(handler)?.[1];
  const method = owner && readClass(owner).methods.find((one) => one.name === name);
  if (!method) return [];
  const parameter = field(method.node, 'parameters').namedChildren()[1]?.text().split(':')[0];
  return method.node.findAll({ rule: { kind: 'attribute' } }).flatMap((node) => {
    const what = FIELDS[field(node, 'attribute').text()];
    return what !== undefined && node.field('object')?.text() === parameter
      ? [{ file, node, why: `\`${node.text()}\` gave ${what}` }]
      : [];
  });
}
