/**
 * A sample charm for every row of the tables of SHAPES 3 (decorator, name of the endpoint, how the endpoint and
 * server_cert are given) and of DOMAIN 2.6 (bodies of both getters), executed three times: as it was with the old
 * libraries, merely renamed by the guide's `sed` with today's, and migrated by the whole preset with today's.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { readCase } from '../../runner/testing.js';
import { codeOf, guideSed, oldLibraries, SITUATIONS, word, words } from './eras.js';
import { describeExecution, type Outcome, runJobs } from './run.js';

const root = join('__testfixtures__', 'tempo-coordinator');

/**
 * What trace_charm gets and makes of it, in the eight situations: no relation, not ready, http, http with the file,
 * https without the file, https with it, follower, follower whose provider does not offer otlp_http.
 */
type Row = string | readonly [string, string, string, string, string, string, string, string];
interface Expected {
  readonly before: Row;
  readonly renamed: Row;
  readonly after: Row;
  /** Attributes in the situation http: what the workload gets, before and after. */
  readonly workload?: readonly [before: object, after: object];
  /** It is broken before too: the guide's example asks for a protocol that it did not request. */
  readonly brokenBefore?: true;
}

// DOMAIN 2.4, last column: `charm_tracing_config(R, PATH)` and `(R, None)`.
const HELPER: Row = ['buffered', 'buffered', 'http', 'http', 'buffered', 'https+cert', 'http', 'buffered'];
const HELPER_NONE: Row = ['buffered', 'buffered', 'http', 'http', 'buffered', 'buffered', 'http', 'buffered'];

// DOMAIN 2.5 and 2.6, a hand-written pair on v1.10-15: the path is checked only when there is an endpoint.
const V1_PATH: Row = [
  ...(['off', 'off', 'http+cert', 'http+cert', 'https+cert failed', 'https+cert'] as const),
  ...(['http+cert', 'ModelError'] as const),
];
const V1_TESTED: Row = ['off', 'off', 'http', 'http+cert', 'TLSError', 'https+cert', 'http', 'ModelError'];
const V1_NONE: Row = ['off', 'off', 'http', 'http', 'TLSError', 'TLSError', 'http', 'ModelError'];

// The same on today's library: a path that does not exist is a ValueError on every hook (DOMAIN 0.1).
const NEW_PATH: Row = [
  ...(['ValueError', 'ValueError', 'ValueError', 'http+cert', 'ValueError', 'https+cert'] as const),
  ...(['ValueError', 'ModelError'] as const),
];
const NEW_TESTED: Row = [
  ...(['buffered', 'buffered', 'http', 'http+cert', 'https buffered', 'https+cert'] as const),
  ...(['http', 'ModelError'] as const),
];
const NEW_NONE: Row = [
  ...(['buffered', 'buffered', 'http', 'http', 'https buffered', 'https buffered'] as const),
  ...(['http', 'ModelError'] as const),
];

// DOMAIN 2.3: the old module does not exist any more, the old getter neither.
const GONE = 'ModuleNotFoundError@import';
const V0_GRPC: Row = ['off', 'off', 'grpc', 'grpc', 'grpc', 'grpc', 'grpc', 'grpc'];
const V0_GRPC_CONTENT: Row = ['off', 'off', ...Array<string>(6).fill('grpc+cert')] as unknown as Row;

const expectations: Readonly<Record<string, Expected>> = {
  // How the endpoint is given.
  'guard-and-return-none': { before: V1_PATH, renamed: NEW_PATH, after: HELPER },
  'constant-falling-through': {
    // v1.5-9: exceptions of the getter are swallowed, https without a certificate is sent (and fails).
    before: ['off', 'off', 'http', 'http', 'https failed', 'https failed', 'http', 'off'],
    renamed: NEW_NONE,
    after: HELPER_NONE,
  },
  'guard-and-else': { before: V1_NONE, renamed: NEW_NONE, after: HELPER_NONE },
  'local-variable-and-tls-ternary': { before: V1_PATH, renamed: NEW_PATH, after: HELPER },
  'v1-guard-and-else': {
    before: [
      ...(['off', 'off', 'http+cert', 'http+cert', 'http+cert failed', 'http+cert failed'] as const),
      ...(['http+cert', 'off'] as const),
    ],
    renamed: ['ValueError', 'ValueError', ...Array<string>(6).fill('AttributeError')] as unknown as Row,
    after: HELPER,
  },
  'v1-unguarded': {
    before: ['off', 'off', 'http', 'http', 'http failed', 'http failed', 'http', 'off'],
    renamed: 'AttributeError',
    after: HELPER_NONE,
  },
  'v2-shims-and-workload': {
    before: ['off', 'off', 'http', 'http', 'http failed', 'http failed', 'http', 'ModelError'],
    renamed: ['buffered', 'buffered', ...Array<string>(6).fill('AttributeError')] as unknown as Row,
    // The workload's own get_endpoint() is what a follower is denied, before and after.
    after: [...HELPER_NONE.slice(0, 7), 'ModelError'] as unknown as Row,
    workload: [
      { workload_endpoint: 'http://tempo.example:4318' },
      { workload_endpoint: 'http://tempo.example:4318' },
    ],
  },
  'v0-grpc-and-certificate-content': { before: V0_GRPC_CONTENT, renamed: GONE, after: contentIsNoPath() },
  'v0-certificate-content-from-a-file': {
    before: [
      ...(['off', 'off', 'FileNotFoundError', 'grpc+cert', 'FileNotFoundError', 'grpc+cert'] as const),
      ...(['FileNotFoundError', 'FileNotFoundError'] as const),
    ],
    renamed: GONE,
    after: [
      ...(['FileNotFoundError', 'FileNotFoundError', 'FileNotFoundError', 'ValueError'] as const),
      ...(['FileNotFoundError', 'ValueError', 'FileNotFoundError', 'ModelError'] as const),
    ],
  },
  'v0-instrumentation-with-old-keywords': { before: V0_GRPC, renamed: GONE, after: HELPER_NONE },
  'v0-first-charm-tracing': {
    before: V0_GRPC,
    renamed: GONE,
    after: HELPER_NONE,
    workload: [
      { workload_endpoint: 'tempo.example:14268' },
      { workload_endpoint: 'http://tempo.example:14268' },
    ],
  },
  'coordinator-of-cosl': { before: V1_PATH, renamed: NEW_PATH, after: HELPER },
  'receivers-of-a-worker': {
    before: asksNoRelation('http', 'http+cert'),
    renamed: asksNoRelation('http', 'http+cert'),
    after: asksNoRelation('http', 'http+cert'),
  },
  'helper-already-with-a-path': {
    before: ['off', 'off', 'http', 'http', 'off', 'https+cert', 'http', 'ModelError'],
    renamed: HELPER,
    after: HELPER,
  },
  'helper-already-without-a-path': {
    before: ['off', 'off', 'http', 'http', 'TracingError', 'TracingError', 'http', 'ModelError'],
    renamed: HELPER_NONE,
    after: HELPER_NONE,
  },
  'method-of-a-worker': {
    before: ['off', 'off', 'http', 'http', 'off', 'https+cert', 'http', 'off'],
    renamed: HELPER,
    after: HELPER,
  },
  'inherited-endpoint': { before: V1_NONE, renamed: NEW_NONE, after: NEW_NONE },
  'own-url-and-written-certificate': {
    // The getter writes the file that it names, so it is always there.
    before: [
      ...(['off', 'off', 'http+cert', 'http+cert', 'https+cert', 'https+cert', 'http+cert'] as const),
      'ModelError',
    ],
    renamed: writtenOnTheWay(),
    after: writtenOnTheWay(),
  },
  'attribute-behind-relations': { before: V1_NONE, renamed: NEW_NONE, after: NEW_NONE },
  'helper-of-cos-agent': {
    // The agent's own helper still raises for https without a certificate (DOMAIN 2.4).
    before: ['off', 'off', 'http', 'http', 'TracingError', 'TracingError', 'http', 'off'],
    renamed: ['buffered', 'buffered', 'http', 'http', 'TracingError', 'TracingError', 'http', 'buffered'],
    after: ['buffered', 'buffered', 'http', 'http', 'TracingError', 'TracingError', 'http', 'buffered'],
  },
  'guide-positional-methods': {
    before: [
      ...(['ProtocolNotRequestedError', 'ProtocolNotRequestedError'] as const),
      ...(V1_PATH.slice(2) as unknown as readonly [string, string, string, string, string, string]),
    ],
    renamed: [
      ...(['ProtocolNotRequestedError', 'ProtocolNotRequestedError'] as const),
      ...(NEW_PATH.slice(2) as unknown as readonly [string, string, string, string, string, string]),
    ],
    after: HELPER,
    brokenBefore: true,
  },
  'own-decorator': { before: V1_PATH, renamed: NEW_PATH, after: NEW_PATH },
  // How server_cert is given.
  'tls-if-and-server-certificate': { before: V1_PATH, renamed: NEW_PATH, after: HELPER },
  'certificate-if-it-exists': { before: V1_TESTED, renamed: NEW_TESTED, after: HELPER },
  'certificate-if-tls-and-it-exists': { before: V1_TESTED, renamed: NEW_TESTED, after: HELPER },
  'certificate-read-by-the-workload': {
    before: V1_PATH,
    renamed: NEW_PATH,
    after: HELPER,
    workload: [{ workload: 'cert=/etc/sample/ca.crt' }, { workload: 'cert=/etc/sample/ca.crt' }],
  },
  'inherited-certificate': { before: V1_PATH, renamed: NEW_PATH, after: NEW_PATH },
};

function contentIsNoPath(): Row {
  return [...Array<string>(7).fill('ValueError'), 'ModelError'] as unknown as Row;
}

function writtenOnTheWay(): Row {
  return [
    ...(['+cert buffered', '+cert buffered', 'http+cert', 'http+cert', 'https+cert', 'https+cert'] as const),
    ...(['http+cert', 'ModelError'] as const),
  ];
}

/** Its endpoint comes from elsewhere: only whether the certificate exists makes a difference. */
function asksNoRelation(without: string, having: string): Row {
  return [without, without, without, having, without, having, without, without];
}

const cases = readdirSync(root).map((name) => {
  const input = readCase(join(root, name), 'input');
  const output = { ...input, ...readCase(join(root, name), 'output') };
  const findings = join(root, name, 'findings.json');
  const errors = existsSync(findings) && readFileSync(findings, 'utf8').includes('"severity": "error"');
  const old = oldLibraries(input);
  return {
    name,
    errors,
    runs: {
      before: { files: codeOf(input), situation: { ...old, libs: 'old', cosl: '0.0.40' } },
      renamed: { files: guideSed(codeOf(input)), situation: { libs: 'new', cosl: '0.0.42' } },
      after: { files: codeOf(output), situation: { libs: 'new', cosl: '0.0.42' } },
    } as const,
  };
});
const eras = ['before', 'renamed', 'after'] as const;
const situations = Object.values(SITUATIONS);
const http = Object.keys(SITUATIONS).indexOf('http');

describeExecution('the whole preset, executed', () => {
  const results = new Map<string, readonly Outcome[]>();

  beforeAll(async () => {
    const runs = cases.flatMap(({ name, runs }) =>
      eras.map((era) => ({ key: `${name} ${era}`, ...runs[era] })),
    );
    const outcomes = await runJobs(
      runs.flatMap(({ files, situation }) =>
        situations.map((one) => ({ files, situation: { ...situation, ...one } })),
      ),
    );
    for (const [index, { key }] of runs.entries()) {
      results.set(key, outcomes.slice(index * situations.length, (index + 1) * situations.length));
    }
  });

  it('has an expectation for every sample charm', () => {
    expect(Object.keys(expectations).sort()).toEqual(cases.map(({ name }) => name).sort());
  });

  for (const { name, errors } of cases) {
    const expected = expectations[name];
    const of = (era: (typeof eras)[number]) => results.get(`${name} ${era}`) ?? [];

    for (const era of eras) {
      it(`${name}, ${era}: does what the tables say`, () => {
        const row = expected?.[era] ?? '';
        expect(words(of(era))).toEqual(words(typeof row === 'string' ? situations.map(() => row) : row));
      });
    }

    it(`${name}: the migration adds no exception that no error finding speaks of`, () => {
      const raised = of('after').filter(
        ({ exception }, index) => exception && word(of('before')[index] as Outcome) !== exception.type,
      );
      expect({ raises: raised.length > 0, errors }).toEqual({ raises: errors, errors });
    });

    if (expected?.workload) {
      it(`${name}: the workload gets what it got`, () => {
        expect(of('before')[http]?.attrs).toMatchObject(expected.workload?.[0] ?? {});
        expect(of('after')[http]?.attrs).toMatchObject(expected.workload?.[1] ?? {});
      });
    }
  }
});
