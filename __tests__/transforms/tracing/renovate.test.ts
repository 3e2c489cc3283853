import { expect, it } from '@jest/globals';
import { applyEdits } from '../../../transforms/kit/edits.js';
import { renovateEdits } from '../../../transforms/tracing/renovate.js';

const OLD = '12977e9aa0b34367903d8afeb8c3d85d';
const NEW = 'd2f02b1f8d1244b5989fd55bc3a28943';
const entry = (lib: string, url: string, more = '') =>
  `{ match: "lib: ${lib}"${more}, url: "https://charmhub.io/api/libraries/${url}" }`;
const old = entry('tempo_k8s\\\\.tracing', `tempo-k8s/${OLD}?api=2`);
const fresh = entry('tempo_coordinator_k8s\\\\.tracing', `tempo-coordinator-k8s/${NEW}?api=0`);

it.each<[string, string, string, number]>([
  ['an entry', old, fresh, 0],
  ['among others', `[{ a: 1 }, ${old}, { b: {} }]`, `[{ a: 1 }, ${fresh}, { b: {} }]`, 0],
  [
    'with braces inside, in front and behind',
    `{ a: { b: 1 }, c: ${old.slice(1, -1)}, d: { e: { f: 1 } } }`,
    `{ a: { b: 1 }, c: ${fresh.slice(1, -1)}, d: { e: { f: 1 } } }`,
    0,
  ],
  ['another API', old.replace('api=2', 'api=3'), old.replace('api=2', 'api=3'), 3],
  ['another library id', old.replace(OLD, NEW), old.replace(OLD, NEW), 2],
  [
    'no library name',
    old.replace('tempo_k8s\\\\.tracing', 'x'),
    old.replace('tempo_k8s\\\\.tracing', 'x'),
    2,
  ],
  [
    'two library names',
    old.replace('lib: ', 'tempo_k8s.charm_tracing '),
    old.replace('lib: ', 'tempo_k8s.charm_tracing '),
    4,
  ],
  ['no entry', 'lib: tempo_k8s\\\\.tracing', 'lib: tempo_k8s\\\\.tracing', 1],
  ['nothing', 'a: 1', 'a: 1', 0],
])('%s', (_, text, expected, count) => {
  const { edits, left } = renovateEdits(text);
  expect(
    applyEdits(
      text,
      edits.map((edit) => ({ ...edit, group: 'g' })),
    ),
  ).toBe(expected);
  expect(left).toHaveLength(count);
});
