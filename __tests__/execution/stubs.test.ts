// The stub libraries behave as the tables of DOMAIN 2.3, 2.4, 2.5, 2.7 and 5.1 say: one test a row and
// column. Without these, a proof that a migrated charm behaves would prove nothing.

import { beforeAll, expect, it } from '@jest/globals';
import { describeExecution, type Outcome, runJobs, type Situation } from './run.js';

interface Expected extends Omit<Partial<Outcome>, 'exception' | 'log' | 'attrs'> {
  /** Type of the exception; default: none. */
  readonly exception?: string;
  readonly phase?: string;
  /** A part of the first line that was logged, or null for an empty log. */
  readonly log?: string | null;
  readonly attrs?: Readonly<Record<string, unknown>>;
}

interface Case {
  readonly row: string;
  readonly charm: string;
  readonly situation: Situation;
  readonly expected: Expected;
}

const CERT = '/etc/proof/ca.crt';
const HTTP = 'http://tempo.example:4318';
const HTTPS = 'https://tempo.example:4318';
const limited = { name: 'proof', requires: { tracing: { interface: 'tracing', limit: 1 } } };

function indent(code: string, by: number): string {
  return code.replace(/^(?=.)/gm, ' '.repeat(by));
}

// -- charms ------------------------------------------------------------------------------------

interface Lib {
  readonly name: string;
  readonly module: string;
  readonly patch: number;
}

const lib = (name: string, module: string, patch: number): Lib => ({ name, module, patch });
const v1ct = (patch: number) => lib(`v1.${patch}`, 'tempo_k8s.v1.charm_tracing', patch);
const coordCt = (patch: number) => lib(`coord 0.${patch}`, 'tempo_coordinator_k8s.v0.charm_tracing', patch);
const v0t = (patch: number) => lib(`v0.${patch}`, 'tempo_k8s.v0.tracing', patch);
const v1t = (patch: number) => lib(`v1.${patch}`, 'tempo_k8s.v1.tracing', patch);
const v2t = (patch: number) => lib(`v2.${patch}`, 'tempo_k8s.v2.tracing', patch);
const coordT = (patch: number) => lib(`coord 0.${patch}`, 'tempo_coordinator_k8s.v0.tracing', patch);
const plays = (...libs: Lib[]) => Object.fromEntries(libs.map(({ module, patch }) => [module, patch]));

/** A traced charm whose two getters are given as Python expressions. */
function traced(ct: Lib, endpoint: string, cert?: string): string {
  const keyword = cert === undefined ? '' : ', server_cert="server_cert"';
  return `
import unittest.mock
from ops import CharmBase
from charms.${ct.module} import trace_charm

def fail():
    raise RuntimeError("getter")

@trace_charm(tracing_endpoint="tracing_endpoint"${keyword})
class Charm(CharmBase):
    @property
    def tracing_endpoint(self):
        return ${endpoint}

    @property
    def server_cert(self):
        return ${cert ?? 'None'}
`;
}

/** A traced charm with any class body. */
function decorated(ct: Lib, body: string, more = '', base = 'CharmBase'): string {
  return `
from ops import CharmBase
from charms.${ct.module} import trace_charm

class Base(CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        self.inherited = "${HTTP}"

@trace_charm(tracing_endpoint="tracing_endpoint"${more})
class Charm(${base}):
${indent(body, 4)}
`;
}

/** A charm with a requirer, and statements after it in __init__. */
function requiring(tracing: Lib, code: string, args = ''): string {
  return `
from ops import CharmBase
import charms.${tracing.module} as lib

class Charm(CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        self.tracing = lib.TracingEndpointRequirer(self${args})
        self.framework.observe(self.on.config_changed, self._on_config_changed)
        self.framework.observe(self.tracing.on.endpoint_changed, self._on_endpoint_changed)
${indent(code, 8)}

    def _on_config_changed(self, _event):
        self.tracing.request_protocols(["zipkin"])

    def _on_endpoint_changed(self, event):
        self.event_has = ",".join(
            name for name in ("host", "ingesters", "receivers") if hasattr(event, name)
        )
`;
}

/** A charm that feeds \`charm_tracing_config\`. */
function configured(tracing: Lib, cert: string, args = ', protocols=["otlp_http"]'): string {
  return requiring(tracing, `self.ep, self.cert = lib.charm_tracing_config(self.tracing, ${cert})`, args);
}

/** A charm that constructs ops.tracing.Tracing. */
function opsTraced(args: string, before = ''): string {
  return `
import ops
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer

class Charm(ops.CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
${indent(before, 8)}
        self.tracing = ops.tracing.Tracing(self, ${args})
`;
}

// -- DOMAIN 2.5: trace_charm -------------------------------------------------------------------

const olds = [v1ct(5), v1ct(9)];
const mids = [v1ct(10), v1ct(15)];
const news = [coordCt(8), coordCt(14)];
const buffering = [coordCt(4), coordCt(7)];

function traceCharm(
  row: string,
  libs: readonly Lib[],
  getters: readonly [endpoint: string, cert?: string],
  kind: Situation['kind'],
  expected: Expected,
): Case[] {
  return libs.map((ct) => ({
    row: `2.5 | ${row} | ${ct.name}`,
    charm: traced(ct, ...getters),
    situation: { kind, certExists: kind === 'https-with-file', libpatch: plays(ct) },
    expected,
  }));
}

const off = { export: 'off', sent: false, buffered: false } as const;
const sent = { export: 'sent', sent: true, buffered: false } as const;
const failed = { export: 'failed', sent: false, buffered: false } as const;
const buffered = { export: 'buffered', sent: false, buffered: true } as const;
const failedBuffered = { ...failed, buffered: true };
const valueError = { exception: 'ValueError', phase: 'init', sent: false } as const;
const path = `"${CERT}"`;

const traceCharmRows: Case[] = [
  ...traceCharm('getter raises', olds, ['fail()'], 'http', off),
  ...traceCharm('getter raises', [...mids, coordCt(2), ...buffering, ...news], ['fail()'], 'http', {
    exception: 'RuntimeError',
    phase: 'init',
  }),
  ...traceCharm(
    'endpoint None: cert getter not called',
    [...olds, ...mids, coordCt(2), coordCt(3)],
    ['None', 'fail()'],
    'no-relation',
    { ...off, certRead: false },
  ),
  ...traceCharm(
    'endpoint None: cert getter called',
    [...buffering, ...news],
    ['None', 'None'],
    'no-relation',
    {
      ...buffered,
      certRead: true,
    },
  ),
  ...traceCharm(
    'http + absolute cert path, file missing',
    [...olds, ...mids, coordCt(2), ...buffering],
    [`"${HTTP}"`, path],
    'http',
    { ...sent, endpoint: HTTP, cert: CERT },
  ),
  ...traceCharm('http + absolute cert path, file missing', news, [`"${HTTP}"`, path], 'http', valueError),
  ...traceCharm('https + cert None', olds, [`"${HTTPS}"`, 'None'], 'https-no-file', failed),
  ...traceCharm('https + cert None', mids, [`"${HTTPS}"`, 'None'], 'https-no-file', {
    exception: 'TLSError',
  }),
  ...traceCharm('https + cert None', [coordCt(2), coordCt(3)], [`"${HTTPS}"`, 'None'], 'https-no-file', off),
  ...traceCharm(
    'https + cert None',
    [...buffering, ...news],
    [`"${HTTPS}"`, 'None'],
    'https-no-file',
    buffered,
  ),
  ...traceCharm(
    'https + cert path, file missing',
    [...olds, ...mids],
    [`"${HTTPS}"`, path],
    'https-no-file',
    failed,
  ),
  ...traceCharm(
    'https + cert path, file missing',
    buffering,
    [`"${HTTPS}"`, path],
    'https-no-file',
    failedBuffered,
  ),
  ...traceCharm('https + cert path, file missing', news, [`"${HTTPS}"`, path], 'https-no-file', valueError),
  ...traceCharm(
    'https + cert path, file exists',
    [...olds, ...mids, coordCt(2), ...buffering, ...news],
    [`"${HTTPS}"`, path],
    'https-with-file',
    { ...sent, cert: CERT },
  ),
  ...traceCharm(
    'no relation + property returns fixed missing path',
    [...olds, ...mids, coordCt(2), ...buffering],
    ['None', path],
    'no-relation',
    { sent: false },
  ),
  ...traceCharm(
    'no relation + property returns fixed missing path',
    news,
    ['None', path],
    'no-relation',
    valueError,
  ),
  ...traceCharm(
    'cert value of odd type',
    [...olds, ...mids, coordCt(2), ...buffering],
    [`"${HTTP}"`, 'unittest.mock.Mock(return_value=object())'],
    'http',
    { exception: 'TypeError' },
  ),
  ...traceCharm(
    'cert value of odd type',
    news,
    [`"${HTTP}"`, 'unittest.mock.Mock(return_value=object())'],
    'http',
    { ...sent, cert: null, log: 'INSECURE' },
  ),
  ...traceCharm(
    'relative cert path',
    [...olds, ...mids, ...buffering, ...news],
    [`"${HTTP}"`, '"ca.crt"'],
    'http',
    valueError,
  ),
  ...traceCharm('endpoint without a scheme', [v1ct(15)], ['"tempo.example:4318"'], 'http', failed),
  ...traceCharm(
    'endpoint of another protocol',
    [coordCt(14)],
    ['"tempo.example:4317"'],
    'http',
    failedBuffered,
  ),
];

/** 'Attribute lookup': what v1 >= 10 and coord accept and v1 0-9 do not. */
const lookups: { what: string; body: string; more?: string; base?: string; classLevel: boolean }[] = [
  {
    what: 'property',
    body: `@property\ndef tracing_endpoint(self):\n    return "${HTTP}"`,
    classLevel: true,
  },
  { what: 'method', body: `def tracing_endpoint(self):\n    return "${HTTP}"`, classLevel: true },
  {
    what: 'instance attribute',
    body: `def __init__(self, framework):\n    super().__init__(framework)\n    self.tracing_endpoint = "${HTTP}"`,
    classLevel: false,
  },
  {
    what: 'instance attribute set in a base class',
    body: '@property\ndef tracing_endpoint(self):\n    return self.inherited',
    base: 'Base',
    classLevel: true,
  },
];
const lookupRows: Case[] = [
  ...lookups.flatMap(({ what, body, base, classLevel }) =>
    [...olds, ...mids, ...news].map(
      (ct): Case => ({
        row: `2.5 | attribute lookup: ${what} | ${ct.name}`,
        charm: decorated(ct, body, '', base),
        situation: { kind: 'http', libpatch: plays(ct) },
        expected:
          olds.includes(ct) && !classLevel ? { exception: 'AttributeError', phase: 'import' } : { ...sent },
      }),
    ),
  ),
  ...[...mids, ...news].flatMap((ct): Case[] => [
    {
      row: `2.5 | attribute lookup: class attribute | ${ct.name}`,
      charm: decorated(ct, `tracing_endpoint = "${HTTP}"`),
      situation: { kind: 'http', libpatch: plays(ct) },
      expected: sent,
    },
    {
      row: `2.5 | attribute lookup: instance attribute missing | ${ct.name}`,
      charm: decorated(
        ct,
        `def __init__(self, framework):\n    super().__init__(framework)\n    return\n    self.tracing_endpoint = None`,
      ),
      situation: { kind: 'http', libpatch: plays(ct) },
      expected: { exception: 'AttributeError', phase: 'init' },
    },
    {
      row: `2.5 | looked up once, right after __init__ | ${ct.name}`,
      charm: decorated(
        ct,
        `
def __init__(self, framework):
    super().__init__(framework)
    self.tracing_endpoint = "http://early:4318"
    self.framework.observe(self.on.config_changed, self._later)
    self.tracing_endpoint = "${HTTP}"

def _later(self, _event):
    self.tracing_endpoint = "http://late:4318"`,
      ),
      situation: { kind: 'http', libpatch: plays(ct), emit: ['config_changed'] },
      expected: { ...sent, endpoint: HTTP, attrs: { tracing_endpoint: 'http://late:4318' } },
    },
  ]),
  {
    row: '0 finding 4 | assignment over an existing property | coord 0.14',
    charm: decorated(
      coordCt(14),
      `
def __init__(self, framework):
    super().__init__(framework)
    self.tracing_endpoint = None

@property
def tracing_endpoint(self):
    return None`,
    ),
    situation: { kind: 'http' },
    expected: { exception: 'AttributeError', phase: 'init' },
  },
  {
    row: '0 finding 4 | assignment over a method does not clash | coord 0.14',
    charm: decorated(
      coordCt(14),
      `
def __init__(self, framework):
    super().__init__(framework)
    self.tracing_endpoint = "${HTTP}"

def tracing_endpoint(self):
    return None`,
    ),
    situation: { kind: 'http' },
    expected: sent,
  },
];

const keyword = (ct: Lib, more: string, expected: Expected): Case => ({
  row: `2.5 | keyword${more} | ${ct.name}`,
  charm: decorated(ct, `def tracing_endpoint(self):\n    return "${HTTP}"`, more),
  situation: { kind: 'http', libpatch: plays(ct) },
  expected,
});
const noKeyword = { exception: 'TypeError', phase: 'import' };
const keywordRows: Case[] = [
  keyword(v1ct(15), ', extra_types=[int], service_name="mine"', { ...sent, serviceName: 'mine' }),
  keyword(v1ct(15), ', buffer_max_events=0', noKeyword),
  keyword(coordCt(3), ', buffer_max_events=0', noKeyword),
  keyword(coordCt(4), ', buffer_max_events=0, buffer_max_size_mib=10, buffer_path=None', sent),
  keyword(coordCt(14), ', cert_path="cert"', noKeyword),
  keyword(v1ct(8), '', { serviceName: 'proof' }),
  keyword(v1ct(9), '', { serviceName: 'proof-charm' }),
  keyword(coordCt(14), '', { serviceName: 'proof-charm' }),
];

const v0Charm = (module: string, endpoint: string, cert: string) => `
from ops import CharmBase
from charms.tempo_k8s.v0.${module} import trace_charm

@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="server_cert")
class Charm(CharmBase):
    def tracing_endpoint(self):
        return ${endpoint}

    def server_cert(self):
        return ${cert}
`;
const importing = (code: string) => `
from ops import CharmBase
${code}

class Charm(CharmBase):
    pass
`;
const otherModuleRows: Case[] = [
  ...['charm_tracing', 'charm_instrumentation'].flatMap((module): Case[] => [
    {
      row: `2.5 | server_cert value is the content, endpoint is gRPC | v0 ${module}`,
      charm: v0Charm(module, '"tempo.example:4317"', '"-----BEGIN"'),
      situation: { kind: 'https-no-file' },
      expected: { ...sent, cert: '-----BEGIN' },
    },
    {
      row: `2.5 | server_cert value is not a str | v0 ${module}`,
      charm: v0Charm(module, '"tempo.example:4317"', '3'),
      situation: { kind: 'http' },
      expected: { exception: 'TypeError' },
    },
    {
      row: `2.5 | an HTTP endpoint does not take gRPC | v0 ${module}`,
      charm: v0Charm(module, '"tempo.example:4318"', 'None'),
      situation: { kind: 'http' },
      expected: failed,
    },
  ]),
  ...[
    ['v1.charm_tracing', 17],
    ['v2.tracing', 11],
  ].map(
    ([module, patch]): Case => ({
      row: `0 finding 3 | tombstone, not caught by except ImportError | ${module} ${patch}`,
      charm: importing(
        `try:\n    import charms.tempo_k8s.${module}\nexcept ImportError:\n    raise SystemError("caught")`,
      ),
      situation: { kind: 'http', libpatch: { [`tempo_k8s.${module}`]: Number(patch) } },
      expected: { exception: 'DeprecationWarning', phase: 'import' },
    }),
  ),
  {
    row: '2.5 | TLSError is gone | coord 0.14',
    charm: importing('from charms.tempo_coordinator_k8s.v0.charm_tracing import TLSError'),
    situation: { kind: 'http' },
    expected: { exception: 'ImportError', phase: 'import' },
  },
  {
    row: '2.2 | charms. and lib.charms. are two module objects',
    charm: importing(
      'import charms.tempo_coordinator_k8s.v0.charm_tracing as a\n' +
        'import lib.charms.tempo_coordinator_k8s.v0.charm_tracing as b\nassert a is not b',
    ),
    situation: { kind: 'http' },
    expected: {},
  },
  ...(['old', 'new'] as const).map(
    (libs): Case => ({
      row: `driver | only the ${libs} libraries, whatever stand-ins other imports get`,
      charm: importing(
        `import yaml, lightkube.models\nfrom charms.observability_libs.v1.cert_handler import CertHandler\n` +
          `import charms.${libs === 'old' ? 'tempo_coordinator_k8s.v0' : 'tempo_k8s.v2'}.tracing`,
      ),
      situation: { kind: 'http', libs },
      expected: { exception: 'ModuleNotFoundError', phase: 'import' },
    }),
  ),
];

// -- DOMAIN 2.4: charm_tracing_config ----------------------------------------------------------

const v2Configs = [v2t(7), v2t(10)];
const coordOld = [coordT(2), coordT(7)];
const coordNew = [coordT(8), coordT(11)];
const configs = [...v2Configs, ...coordOld, ...coordNew];

function config(
  row: string,
  libs: readonly Lib[],
  cert: string,
  situation: Situation,
  expected: Expected,
  args?: string,
): Case[] {
  return libs.map((tracing) => ({
    row: `2.4 | ${row} | ${tracing.name}`,
    charm: configured(tracing, cert, args),
    situation: { ...situation, libpatch: plays(tracing) },
    expected,
  }));
}

const pair = (ep: string | null, cert: string | null) => ({ attrs: { ep, cert } });
const neither = pair(null, null);
const notOffered = { offered: ['otlp_grpc'] };

const configRows: Case[] = [
  ...config('not ready', configs, path, { kind: 'not-ready' }, neither),
  ...config('no relation', configs, path, { kind: 'no-relation' }, neither),
  ...config('http, cert_path given, file missing', configs, path, { kind: 'http' }, pair(HTTP, null)),
  ...config(
    'http, cert_path given, file exists',
    configs,
    path,
    { kind: 'http', certExists: true },
    pair(HTTP, null),
  ),
  ...config('http, cert_path None', configs, 'None', { kind: 'http' }, pair(HTTP, null)),
  ...config(
    'https, cert_path None',
    v2Configs,
    'None',
    { kind: 'https-with-file' },
    {
      exception: 'TracingError',
      phase: 'init',
    },
  ),
  ...config(
    'https, cert_path None',
    [...coordOld, ...coordNew],
    'None',
    { kind: 'https-with-file' },
    {
      ...neither,
      log: 'ERROR',
    },
  ),
  ...config('https, file missing', v2Configs, path, { kind: 'https-no-file' }, { ...neither, log: null }),
  ...config(
    'https, file missing',
    [...coordOld, ...coordNew],
    path,
    { kind: 'https-no-file' },
    {
      ...neither,
      log: 'ERROR',
    },
  ),
  ...config('https, file exists', configs, path, { kind: 'https-with-file' }, pair(HTTPS, CERT)),
  ...config(
    'https, file exists, Path given',
    configs,
    `__import__("pathlib").Path(${path})`,
    { kind: 'https-with-file' },
    pair(HTTPS, CERT),
  ),
  ...config(
    'follower, ready, no otlp_http',
    [...v2Configs, ...coordOld],
    path,
    { kind: 'follower-not-offered' },
    {
      exception: 'ModelError',
      phase: 'init',
    },
  ),
  ...config('follower, ready, no otlp_http', coordNew, path, { kind: 'follower-not-offered' }, neither),
  ...config(
    'follower, ready, no otlp_http, other message',
    coordNew,
    path,
    { kind: 'follower-not-offered', deniedMessage: 'ERROR permission denied' },
    { exception: 'ModelError', phase: 'init' },
  ),
  ...config('follower, ready, otlp_http offered', configs, path, { kind: 'follower' }, pair(HTTP, null)),
  ...config(
    'leader, otlp_http not requested and not offered',
    configs,
    path,
    { kind: 'http', ...notOffered },
    { exception: 'ProtocolNotRequestedError', phase: 'init' },
    ', protocols=["otlp_grpc"]',
  ),
  ...config(
    'leader, otlp_http requested but not offered',
    configs,
    path,
    { kind: 'http', ...notOffered },
    neither,
  ),
  ...config(
    'leader, otlp_http offered but not requested',
    configs,
    path,
    { kind: 'http' },
    pair(HTTP, null),
    '',
  ),
  ...config(
    'endpoint without limit: 1',
    configs,
    path,
    { kind: 'http', limit: null },
    {
      exception: 'AmbiguousRelationUsageError',
      phase: 'init',
    },
  ),
  ...config(
    'endpoint without limit: 1, no relation',
    configs,
    path,
    { kind: 'no-relation', limit: null },
    {
      exception: 'AmbiguousRelationUsageError',
      phase: 'init',
    },
  ),
  ...(
    [
      ['None', 'https-no-file', { exception: 'TracingError', phase: 'init' }],
      ['None', 'http', pair(HTTP, null)],
      [path, 'https-with-file', pair(HTTPS, CERT)],
      [path, 'https-no-file', neither],
      [path, 'no-relation', neither],
    ] as const
  ).map(
    ([cert, kind, expected]): Case => ({
      row: `2.4 | same name, different function: cos_agent, cert ${cert}, ${kind}`,
      charm: `
from ops import CharmBase
from charms.grafana_agent.v0.cos_agent import COSAgentProvider, charm_tracing_config

class Charm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self._agent = COSAgentProvider(self, tracing_protocols=["otlp_http"])
        self.ep, self.cert = charm_tracing_config(self._agent, ${cert})
`,
      situation: { kind, metadata: { name: 'proof', provides: { 'cos-agent': { interface: 'cos_agent' } } } },
      expected,
    }),
  ),
];

// -- DOMAIN 2.3: the tracing libs --------------------------------------------------------------

const requests = [v2t(0), v2t(5), v2t(6), v2t(10), coordT(2), coordT(7), coordT(8), coordT(11)];
const getters = [v0t(5), v0t(8), v1t(0), v1t(2), v1t(6)];
const shims = [v2t(0), v2t(5)];
const formatOf = ({ name, patch }: Lib): NonNullable<Situation['format']> => {
  if (name.startsWith('v0')) return 'v0';
  if (name.startsWith('v1')) return 'v1';
  return name.startsWith('v2') && patch <= 5 ? 'v2-early' : 'receivers';
};
/** v0 and v1 publish the same. */
const dialect = (format: string) => (format === 'v0' ? 'v1' : format);

/** One expression, evaluated after construction with a provider of the lib's own format. */
function value(
  row: string,
  tracing: Lib,
  expression: string,
  expected: Expected,
  more?: Partial<Situation>,
): Case {
  return {
    row: `2.3 | ${row} | ${tracing.name}`,
    charm: requiring(tracing, `self.value = ${expression}`),
    situation: { kind: 'http', format: formatOf(tracing), libpatch: plays(tracing), ...more },
    expected,
  };
}
const gives = (result: unknown): Expected => ({ attrs: { value: result } });
const raises = (exception: string): Expected => ({ exception, phase: 'init' });
const hasGetters = ({ name }: Lib) => /^v[01]/.test(name);
const getter = (tracing: Lib) =>
  hasGetters(tracing) ? 'self.tracing.otlp_http_endpoint()' : 'self.tracing.get_endpoint("otlp_http")';

const bare = 'tempo.example:4318';
const httpValues: [Lib, string, string, Partial<Situation>?][] = [
  [v0t(5), 'otlp_http_endpoint()', bare],
  [v0t(8), 'otlp_http_endpoint()', bare],
  [v1t(0), 'otlp_http_endpoint()', bare],
  [v1t(1), 'otlp_http_endpoint()', bare],
  [v1t(2), 'otlp_http_endpoint()', HTTP],
  [v1t(3), 'otlp_http_endpoint(ssl=True)', HTTPS],
  [v1t(4), 'otlp_http_endpoint()', `${HTTP}/receiver-path`],
  [v1t(5), 'otlp_http_endpoint(ssl=True)', HTTP],
  [v1t(6), 'otlp_http_endpoint(ssl=True)', HTTP],
  [v2t(0), 'get_endpoint("otlp_http")', HTTP],
  [v2t(5), 'get_endpoint("otlp_http")', HTTP],
  [
    v2t(5),
    'get_endpoint("otlp_http")',
    'https://ingress.example:4318',
    { externalUrl: 'https://ingress.example' },
  ],
  [v2t(5), 'get_endpoint("otlp_http")', HTTPS, { scheme: 'https' }],
  [v2t(6), 'get_endpoint("otlp_http")', HTTPS, { scheme: 'https' }],
  [coordT(11), 'get_endpoint("otlp_http")', HTTPS, { scheme: 'https' }],
];
const protocolNames = [
  ...['otlp_http', 'otlp_grpc', 'zipkin', 'jaeger_thrift_http', 'jaeger_grpc', 'jaeger_http_thrift'],
  ...[
    'jaeger_thrift_compact',
    'jaeger_thrift_binary',
    'tempo',
    'tempo_http',
    'tempo_grpc',
    'kafka',
    'opencensus',
  ],
];
const always = ['otlp_http', 'otlp_grpc', 'zipkin'];
const olderNames = ['tempo_http', 'tempo_grpc', 'kafka', 'opencensus'];
const thrift = ['jaeger_thrift_http', 'jaeger_thrift_compact', 'jaeger_thrift_binary'];
const accepted: [Lib[], string[]][] = [
  [[v2t(0), v2t(2)], protocolNames],
  [
    [v2t(3), v2t(5)],
    [...always, ...olderNames, ...thrift],
  ],
  [
    [v2t(6), v2t(7)],
    [...always, ...olderNames],
  ],
  [
    [v2t(8), v2t(10), coordT(2), coordT(11)],
    [...always, 'jaeger_thrift_http', 'jaeger_grpc'],
  ],
];

const tracingRows: Case[] = [
  ...getters.map(
    (tracing): Case => ({
      row: `2.3 | constructor has no protocols= | ${tracing.name}`,
      charm: requiring(tracing, '', ', protocols=["otlp_http"]'),
      situation: { kind: 'http', libpatch: plays(tracing) },
      expected: raises('TypeError'),
    }),
  ),
  ...getters.map((tracing) => value('writes nothing', tracing, '1', { requested: null })),
  ...requests.flatMap((tracing): Case[] => [
    {
      row: `2.3 | leader writes receivers | ${tracing.name}`,
      charm: requiring(tracing, '', ', "tracing", ["otlp_http", "zipkin"]'),
      situation: { kind: 'not-ready', libpatch: plays(tracing) },
      expected: { requested: ['otlp_http', 'zipkin'] },
    },
    {
      row: `2.3 | follower writes nothing | ${tracing.name}`,
      charm: requiring(tracing, '', ', protocols=["otlp_http"]'),
      situation: { kind: 'follower', libpatch: plays(tracing) },
      expected: { requested: null },
    },
    {
      row: `2.3 | unknown keyword | ${tracing.name}`,
      charm: requiring(tracing, '', ', protocol="otlp_http"'),
      situation: { kind: 'http', libpatch: plays(tracing) },
      expected: raises('TypeError'),
    },
    value(
      'a v0/v1 getter that v2 never had',
      tracing,
      'self.tracing.zipkin_endpoint()',
      raises('AttributeError'),
    ),
    value('not in own databag: no relation', tracing, getter(tracing), raises('ProtocolNotRequestedError'), {
      kind: 'no-relation',
    }),
    value('not in own databag: not ready', tracing, getter(tracing), raises('ProtocolNotRequestedError'), {
      kind: 'not-ready',
    }),
    value('in own databag: not ready', tracing, getter(tracing), gives(null), {
      kind: 'not-ready',
      requestedBefore: ['otlp_http'],
    }),
    value('a follower cannot read its own databag', tracing, getter(tracing), raises('ModelError'), {
      kind: 'not-ready',
      leader: false,
      requestedBefore: ['otlp_http'],
    }),
    value('gRPC value', tracing, 'self.tracing.get_endpoint("otlp_grpc")', gives('tempo.example:4317')),
  ]),
  ...shims.map((tracing) => value('shim', tracing, 'self.tracing.otlp_http_endpoint()', gives(HTTP))),
  ...shims.map((tracing) =>
    value('shim without arguments', tracing, 'self.tracing.otlp_http_endpoint(None)', raises('TypeError')),
  ),
  ...[v2t(6), coordT(2), coordT(11)].map((tracing) =>
    value('shims removed', tracing, 'self.tracing.otlp_http_endpoint()', raises('AttributeError')),
  ),
  value(
    'jaeger getters are properties',
    v0t(5),
    'self.tracing.jaeger_grpc_endpoint',
    gives('tempo.example:14250'),
  ),
  value(
    'jaeger getters are methods',
    v0t(7),
    'self.tracing.jaeger_grpc_endpoint()',
    gives('tempo.example:14250'),
  ),
  value('ssl= comes with v1.2', v1t(1), 'self.tracing.otlp_http_endpoint(ssl=True)', raises('TypeError')),
  ...getters.flatMap((tracing): Case[] => [
    value('gRPC value', tracing, 'self.tracing.otlp_grpc_endpoint()', gives('tempo.example:4317')),
    value(
      'relation argument',
      tracing,
      'bool(self.tracing.otlp_grpc_endpoint(self.tracing.relations[0]))',
      gives(true),
    ),
    value('not ready', tracing, getter(tracing), gives(null), { kind: 'not-ready' }),
    value('no relation', tracing, getter(tracing), gives(null), { kind: 'no-relation' }),
    value('protocol missing', tracing, getter(tracing), gives(null), notOffered),
    value(
      'get_endpoint is not there yet',
      tracing,
      'self.tracing.get_endpoint("otlp_http")',
      raises('AttributeError'),
    ),
  ]),
  ...httpValues.map(([tracing, call, url, more]) =>
    value(
      `HTTP value of ${call}${more ? ` ${JSON.stringify(more)}` : ''}`,
      tracing,
      `self.tracing.${call}`,
      gives(url),
      more,
    ),
  ),
  ...[v1t(0), v1t(3), v2t(2), coordT(4), coordT(11)].map((tracing) =>
    value('several matching receivers: first', tracing, `${getter(tracing)}.split(":")[-1]`, gives('4318'), {
      offered: ['otlp_http', 'otlp_http'],
    }),
  ),
  ...[v1t(4), v1t(6), v2t(3), v2t(10), coordT(3)].map((tracing) =>
    value(
      'several matching receivers: none',
      tracing,
      getter(tracing),
      hasGetters(tracing) ? { ...gives(null), log: 'ERROR' } : gives(null),
      { offered: ['otlp_http', 'otlp_http'], requestedBefore: ['otlp_http'] },
    ),
  ),
  ...[...getters, ...requests].flatMap((tracing): Case[] => [
    value(
      'limit: 1 is needed without relation',
      tracing,
      getter(tracing),
      raises('AmbiguousRelationUsageError'),
      {
        limit: null,
      },
    ),
    value(
      'is_ready needs limit: 1, too',
      tracing,
      'self.tracing.is_ready()',
      raises('AmbiguousRelationUsageError'),
      {
        limit: null,
      },
    ),
    value(
      'a relation argument does not need limit: 1',
      tracing,
      'self.tracing.is_ready(self.tracing.relations[1])',
      gives(true),
      {
        limit: null,
        relationCount: 2,
      },
    ),
    value(
      'base class of TracingError',
      tracing,
      'issubclass(lib.TracingError, RuntimeError)',
      gives(hasGetters(tracing)),
    ),
    value(
      'endpoint_changed event',
      tracing,
      '1',
      {
        attrs: {
          event_has: {
            v0: 'host,ingesters',
            v1: 'host,ingesters',
            'v2-early': 'host,receivers',
            receivers: 'receivers',
          }[formatOf(tracing)],
        },
      },
      { emit: ['tracing_relation_changed'] },
    ),
    ...(['receivers', 'v2-early', 'v1', 'v0'] as const).map((format) =>
      value(
        `databag compatibility: reads ${format}`,
        tracing,
        'self.tracing.is_ready()',
        gives(dialect(format) === dialect(formatOf(tracing))),
        { format },
      ),
    ),
  ]),
  ...accepted.flatMap(([libs, names]) =>
    libs.map(
      (tracing): Case => ({
        row: `2.3 | protocol names | ${tracing.name}`,
        charm: requiring(
          tracing,
          `
accepted = []
for name in ${JSON.stringify(protocolNames)}:
    try:
        self.tracing.request_protocols([name])
        accepted.append(name)
    except ValueError:
        pass
self.value = ",".join(accepted)`,
        ),
        situation: { kind: 'not-ready', libpatch: plays(tracing) },
        expected: gives(protocolNames.filter((name) => names.includes(name)).join(',')),
      }),
    ),
  ),
  ...([true, false] as const).map(
    (leader): Case => ({
      row: `2.3 | unknown name in protocols= is a ValidationError in __init__, leader ${leader} | coord 0.11`,
      charm: requiring(coordT(11), '', ', protocols=["jaeger_http_thrift"]'),
      situation: { kind: 'http', leader },
      expected: leader ? raises('ValidationError') : {},
    }),
  ),
  ...requests.map(
    (tracing): Case => ({
      row: `2.4 | request_protocols in a handler of a follower | ${tracing.name}`,
      charm: requiring(tracing, ''),
      situation: { kind: 'follower', libpatch: plays(tracing), emit: ['config_changed'] },
      expected: coordNew.some(({ name }) => name === tracing.name)
        ? { exception: 'DataAccessPermissionError', phase: 'event:config_changed' }
        : { requested: null },
    }),
  ),
  ...[v2t(10), coordT(6), coordT(7), coordT(11)].flatMap((tracing): Case[] => [
    {
      row: `2.4 | ModelErrors in request_protocols | ${tracing.name}`,
      charm: requiring(tracing, ''),
      situation: { kind: 'http', libpatch: plays(tracing), denyWrite: true, emit: ['config_changed'] },
      expected:
        tracing.name === 'v2.10' || tracing.patch === 6
          ? {}
          : { exception: 'ModelError', phase: 'event:config_changed' },
    },
    {
      row: `2.4 | ModelErrors are caught in __init__ | ${tracing.name}`,
      charm: requiring(tracing, '', ', protocols=["otlp_http"]'),
      situation: { kind: 'http', libpatch: plays(tracing), denyWrite: true },
      expected: { log: 'ERROR' },
    },
  ]),
  {
    row: '2.3 | the endpoint must be declared',
    charm: requiring(coordT(11), '', ', relation_name="other"'),
    situation: { kind: 'http' },
    expected: raises('RelationNotFoundError'),
  },
  {
    row: '5.1 | two requirers of one class on one relation',
    charm: requiring(coordT(11), 'self.second = lib.TracingEndpointRequirer(self)'),
    situation: { kind: 'http' },
    expected: raises('RuntimeError'),
  },
];

// -- DOMAIN 2.7: coordinated workers -----------------------------------------------------------

const coordinator = (module: string, keys: readonly string[]) => `
from ops import CharmBase
from ${module}.coordinator import Coordinator

class Charm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.coordinator = Coordinator(
            self, endpoints={${keys.map((key) => `"${key}": "${key}"`).join(', ')}}
        )
`;
const one = limited;
const two = {
  name: 'proof',
  requires: {
    'charm-tracing': { interface: 'tracing', limit: 1 },
    'workload-tracing': { interface: 'tracing', limit: 1 },
  },
};
const cosl = 'cosl.coordinated_workers';
const isReady = (attribute: string) => `coordinator.${attribute}.is_ready`;
const coordinatedRows: Case[] = [
  ...(
    [
      ['0.0.40', cosl, 'old', one, ['tracing'], ['tracing']],
      ['0.0.41', cosl, 'new', one, ['tracing'], ['tracing']],
      ['0.0.42', cosl, 'new', one, ['tracing'], ['tracing']],
      [
        '0.0.43',
        cosl,
        'new',
        two,
        ['charm-tracing', 'workload-tracing'],
        ['charm_tracing', 'workload_tracing'],
      ],
      [
        '0.1.0',
        cosl,
        'new',
        two,
        ['charm-tracing', 'workload-tracing'],
        ['charm_tracing', 'workload_tracing'],
      ],
      ['1.0.0', 'coordinated_workers', 'new', two, ['charm-tracing', 'workload-tracing'], ['charm_tracing']],
    ] as const
  ).map(
    ([release, module, libs, metadata, keys, attributes]): Case => ({
      row: `2.7 | ${module} ${release}`,
      charm: coordinator(module, keys),
      situation: { kind: 'http', cosl: release, libs, metadata, read: attributes.map(isReady) },
      expected: { attrs: Object.fromEntries(attributes.map((name) => [isReady(name), true])) },
    }),
  ),
  ...(
    [
      ['0.0.40', 'new'],
      ['0.0.41', 'old'],
    ] as const
  ).map(
    ([release, libs]): Case => ({
      row: `2.7 | cosl ${release} with only the ${libs} libraries vendored`,
      charm: coordinator(cosl, ['tracing']),
      situation: { kind: 'http', cosl: release, libs },
      expected: { exception: 'ModuleNotFoundError', phase: 'import' },
    }),
  ),
  {
    row: '2.4 | the method Worker.charm_tracing_config()',
    charm: `
from ops import CharmBase
from cosl.coordinated_workers.worker import Worker

class Charm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.worker = Worker(self, name="worker")
        self.ep, self.cert = self.worker.charm_tracing_config()
`,
    situation: { kind: 'http', metadata: { name: 'proof' } },
    expected: pair(HTTP, null),
  },
];

// -- DOMAIN 5.1: ops.tracing.Tracing -----------------------------------------------------------

const withCa = {
  name: 'proof',
  requires: {
    tracing: { interface: 'tracing', limit: 1 },
    grafana: { interface: 'grafana_datasource' },
    'receive-ca-cert': { interface: 'certificate_transfer' },
  },
  provides: {
    backwards: { interface: 'tracing' },
    'send-ca-cert': { interface: 'certificate_transfer' },
  },
};
const ops = (row: string, args: string, situation: Situation, expected: Expected, before?: string): Case => ({
  row: `5.1 | ${row}`,
  charm: opsTraced(args, before),
  situation: { metadata: withCa, ...situation },
  expected,
});
const rel = 'tracing_relation_name="tracing"';
const caRel = `${rel}, ca_relation_name="receive-ca-cert"`;
const opsRows: Case[] = [
  ops('undeclared relation', '"nothing"', { kind: 'http' }, raises('ValueError')),
  ops('wrong role', '"backwards"', { kind: 'http' }, raises('ValueError')),
  ops('wrong interface', '"grafana"', { kind: 'http' }, raises('ValueError')),
  ops('both CA arguments', `${caRel}, ca_data="x"`, { kind: 'http' }, raises('ValueError')),
  ops('CA endpoint undeclared', `${rel}, ca_relation_name="nothing"`, { kind: 'http' }, raises('ValueError')),
  ops(
    'CA endpoint provides',
    `${rel}, ca_relation_name="send-ca-cert"`,
    { kind: 'http' },
    raises('ValueError'),
  ),
  ops(
    'CA name as second positional argument',
    '"tracing", "receive-ca-cert"',
    { kind: 'http' },
    raises('TypeError'),
  ),
  ops(
    'two objects with the same pair',
    rel,
    { kind: 'http' },
    raises('RuntimeError'),
    'self.first = ops.tracing.Tracing(self, "tracing")',
  ),
  ops(
    'http',
    rel,
    { kind: 'http' },
    { ...sent, tracer: 'ops', serviceName: 'proof', requested: ['otlp_http'] },
  ),
  ops('no relation', rel, { kind: 'no-relation' }, buffered),
  ops('older databag format', rel, { kind: 'http', format: 'v1' }, buffered),
  ops('limit: 1 missing: silent', rel, { kind: 'http', limit: null }, buffered),
  ops('https without CA arguments, not in the system store', rel, { kind: 'https-no-file' }, failedBuffered),
  ops('https without CA arguments, system store', rel, { kind: 'https-no-file', systemCa: true }, sent),
  ops(
    'https, CA relation without certificates: silent',
    caRel,
    { kind: 'https-no-file', caRelation: 'empty' },
    buffered,
  ),
  ops('https, no CA relation: silent', caRel, { kind: 'https-no-file' }, buffered),
  ops('https, two CA relations: silent', caRel, { kind: 'https-no-file', caRelation: 'two' }, buffered),
  ops('https, CA relation ready', caRel, { kind: 'https-no-file', caRelation: 'ready' }, sent),
  ops('https, CA data', `${rel}, ca_data="pem"`, { kind: 'https-no-file' }, { ...sent, cert: 'pem' }),
  ops(
    'a TracingEndpointRequirer on the same relation does not clash; the later writer wins',
    rel,
    { kind: 'http' },
    { ...sent, requested: ['otlp_http'] },
    'self.requirer = TracingEndpointRequirer(self, protocols=["zipkin"])',
  ),
  ops(
    'ops.tracing is None without the extra',
    rel,
    { kind: 'http', opsExtra: false },
    raises('AttributeError'),
  ),
  ...(['import ops_tracing', 'from ops_tracing import Tracing'] as const).flatMap((statement): Case[] => [
    {
      row: `5.1 | ${statement}`,
      charm: importing(statement),
      situation: { kind: 'http' },
      expected: {},
    },
    {
      row: `5.1 | ${statement}, without the extra`,
      charm: importing(statement),
      situation: { kind: 'http', opsExtra: false },
      expected: { exception: 'ModuleNotFoundError', phase: 'import' },
    },
  ]),
  {
    row: '5.1 | ops.tracing is an attribute, not a submodule',
    charm: importing('from ops.tracing import Tracing'),
    situation: { kind: 'http' },
    expected: { exception: 'ModuleNotFoundError', phase: 'import' },
  },
  ...(
    [
      ['"https://own.example/v1/traces", "pem"', { ...sent, endpoint: 'https://own.example', cert: 'pem' }],
      ['None, None', buffered],
    ] as const
  ).map(
    ([args, expected]): Case => ({
      row: `5.1 | set_destination(${args})`,
      charm: `${opsTraced(rel)}        ops.tracing.set_destination(${args})\n`,
      situation: { kind: 'http' },
      expected,
    }),
  ),
  {
    row: '5.1 | set_destination is a no-op when tracing is not set up',
    charm: importing('import ops\nops.tracing.set_destination("http://x/v1/traces", None)'),
    situation: { kind: 'http' },
    expected: { tracer: null, export: null },
  },
];

// -- the tests ---------------------------------------------------------------------------------

const sections: [string, Case[]][] = [
  ['DOMAIN 2.5, trace_charm', [...traceCharmRows, ...lookupRows, ...keywordRows, ...otherModuleRows]],
  ['DOMAIN 2.4, charm_tracing_config', configRows],
  ['DOMAIN 2.3, the tracing libraries', tracingRows],
  ['DOMAIN 2.7, coordinated workers', coordinatedRows],
  ['DOMAIN 5.1, ops.tracing', opsRows],
];

for (const [title, cases] of sections) {
  describeExecution(title, () => {
    const outcomes = new Map<Case, Outcome>();

    beforeAll(async () => {
      const jobs = cases.map(({ charm, situation }) => ({
        files: { 'src/charm.py': charm },
        situation: { metadata: limited, ...situation },
      }));
      const results = await runJobs(jobs);
      for (const [index, each] of cases.entries()) outcomes.set(each, results[index] as Outcome);
    }, 60_000);

    it('has one case a title', () => {
      expect(new Set(cases.map(({ row }) => row)).size).toBe(cases.length);
    });

    it.each(cases.map((each) => [each.row, each] as const))('%s', (_row, each) => {
      const { exception, log, ...outcome } = outcomes.get(each) as Outcome;
      const { exception: type = null, phase, log: line, ...expected } = each.expected;
      expect([exception?.type ?? null, exception?.message]).toEqual([
        type,
        type ? expect.any(String) : undefined,
      ]);
      if (phase !== undefined) expect(exception?.phase).toBe(phase);
      if (line === null) expect(log).toEqual([]);
      else if (line !== undefined) expect(log[0]).toContain(line);
      expect(outcome).toMatchObject(expected);
    });
  });
}
