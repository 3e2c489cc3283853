/** Charms that the fixtures do not show, one small difference each; and what the steps say without a charm. */
import { describe, expect, it } from '@jest/globals';
import { applyToCharm } from '../../../runner/testing.js';
import { transforms } from '../../../transforms/index.js';
import { applyTransforms } from '../../../transforms/kit/apply.js';
import { must } from '../../../transforms/kit/must.js';

const step = (id: string) => must(transforms[id], id);

function run(id: string, files: Readonly<Record<string, string>>, earlier: readonly string[] = []) {
  const { files: after, findings } = applyToCharm(files, [...earlier, id].map(step));
  const own = findings.filter((one) => one.id.startsWith(`${id}/`));
  return { after, found: own.map(({ id, file, line, message }) => ({ id, file, line, message })) };
}

const NEW = 'charms.tempo_coordinator_k8s.v0';
const TRACED = `from ${NEW}.charm_tracing import trace_charm
from ${NEW}.tracing import TracingEndpointRequirer

@trace_charm(tracing_endpoint="endpoint", server_cert="cert")
class A(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    @property
    def endpoint(self):
        return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None

    @property
    def cert(self):
        return "/ca.pem"
`;

describe('without a charm', () => {
  const OLD_ENTRY = 'charm-libs:\n  - lib: tempo-k8s.tracing\n    version: "2"\n';
  it.each([
    ['charm-tracing-config', 'src/charm.py', TRACED, 'info', 'A: who else reads its getters is unknown'],
    ['server-cert-guard', 'src/charm.py', TRACED, 'warning', 'A: who else reads the certificate is unknown'],
    [
      'charm-libs',
      'charmcraft.yaml',
      OLD_ENTRY,
      'info',
      'tempo-k8s.tracing was left: whether the code still imports charms.tempo_k8s.v2.tracing is unknown',
    ],
  ])('%s only reports', (id, path, source, severity, message) => {
    expect(applyTransforms(source, [step(id)], { path })).toMatchObject({
      status: 'unchanged',
      findings: [{ severity, message: expect.stringContaining(message) }],
    });
  });

  it('server-cert-guard says nothing of a class without a certificate', () => {
    const source = TRACED.replace(', server_cert="cert"', '');
    expect(applyTransforms(source, [step('server-cert-guard')], { path: 'a.py' })).toMatchObject({
      findings: [],
    });
  });
});

describe('charm-tracing-config', () => {
  it('names a condition that is dropped as it was tested', () => {
    const source = TRACED.replace(
      '        return "/ca.pem"',
      '        if self.insecure:\n            return None\n        return "/ca.pem"',
    );
    const { found } = run('charm-tracing-config', { 'src/charm.py': source });
    expect(found.find(({ id }) => id.endsWith('condition-dropped'))?.message).toContain(
      'the certificate was passed only if not self.insecure; charm_tracing_config asks whether "/ca.pem" exists',
    );
  });

  it('cannot tell whether a path without any name is written, and does not say so', () => {
    const source = TRACED.replace('return "/ca.pem"', 'return "/etc" + "/ca.pem"');
    const { after, found } = run('charm-tracing-config', { 'src/charm.py': source });
    expect(after['src/charm.py']).toContain('charm_tracing_config(');
    expect(found.map(({ id }) => id)).not.toContain('charm-tracing-config/path-not-written');
  });
});

describe('server-cert-guard', () => {
  it('a certificate that other code makes, or none', () => {
    const source = TRACED.replace('return "/ca.pem"', 'return self.make() if self.tls else None');
    expect(run('server-cert-guard', { 'src/charm.py': source }).found).toEqual([
      expect.objectContaining({
        id: 'server-cert-guard/unproved',
        message: expect.stringContaining('A: cert returns what other code makes'),
      }),
    ]);
  });

  it('a decorator of its own is about the classes that have the getter', () => {
    const source = `from ${NEW}.charm_tracing import trace_charm

def traced(cls):
    return trace_charm(tracing_endpoint="endpoint", server_cert="cert")(cls)

class A:
    def cert(self):
        return "/ca.pem"

class B:
    def other(self):
        return "cert"
`;
    expect(run('server-cert-guard', { 'src/charm.py': source }).found.map(({ message }) => message)).toEqual([
      expect.stringContaining('If this trace_charm is for it, A (src/charm.py) will crash'),
    ]);
  });
});

describe('tracing-protocols', () => {
  const requirer = 'TracingEndpointRequirer(self, protocols=PROTOCOLS)';
  const charm = (top: string, body = '') =>
    `from ${NEW}.tracing import TracingEndpointRequirer\n${top}\nclass A:\n    def __init__(self):\n        self.t = ${requirer}\n${body}`;

  it('a protocol of an annotated requirer is renamed too', () => {
    const source = charm(
      'PROTOCOLS = ["otlp_http"]',
      '    def f(self, t: TracingEndpointRequirer):\n        return t.get_endpoint("jaeger_http_thrift")\n',
    );
    expect(run('tracing-protocols', { 'src/charm.py': source })).toEqual({
      after: { 'src/charm.py': source.replace('jaeger_http_thrift', 'jaeger_thrift_http') },
      found: [],
    });
  });

  it('constants in a circle name nothing', () => {
    const read = '    def f(self):\n        return self.t.get_endpoint(B)\n';
    const source = charm('B = C\nC = B\nPROTOCOLS = [B]', read);
    expect(run('tracing-protocols', { 'src/charm.py': source }).after['src/charm.py']).toBe(source);
  });
});

describe('tracing-endpoint-getters', () => {
  const head = 'from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer\n';
  const renamed = `from ${NEW}.tracing import TracingEndpointRequirer\n`;
  const convert = (source: string, more: Readonly<Record<string, string>> = {}) =>
    run('tracing-endpoint-getters', { 'src/charm.py': head + source, ...more }, ['rename-lib-modules']);

  it('two getters in one call are wrapped with it', () => {
    const body = (first: string, second: string, protocols: string) =>
      `class A:\n    def __init__(self):\n        self.t = TracingEndpointRequirer(self${protocols})\n    def f(self):\n        if self.t.is_ready():\n            use(${first}, ${second})\n`;
    const { after } = convert(body('self.t.otlp_http_endpoint()', 'b=self.t.zipkin_endpoint()', ''));
    expect(after['src/charm.py']).toBe(
      renamed +
        body(
          'self.t.get_endpoint("otlp_http")',
          'b=self.t.get_endpoint("zipkin")',
          ', protocols=["otlp_http", "zipkin"]',
        ),
    );
  });

  it('a walrus of which only the branch reads the name, to its first and last character', () => {
    const charm = (condition: string, protocols: string) =>
      `class A:\n    def __init__(self):\n        self.t = TracingEndpointRequirer(self${protocols})\n    def f(self):\n        if ${condition}:\n            url\n`;
    const { after } = convert(charm('url := self.t.otlp_http_endpoint()', ''));
    expect(after['src/charm.py']).toBe(
      renamed +
        charm('url := self.t.is_ready() and self.t.get_endpoint("otlp_http")', ', protocols=["otlp_http"]'),
    );
  });

  it('an attribute of that name on self, in a test, is its own', () => {
    const test = (value: string) =>
      `class T:\n    def f(self, other):\n        ${value}\n        use(other.zipkin_endpoint())\n`;
    const charm = 'class A:\n    def __init__(self):\n        self.t = TracingEndpointRequirer(self)\n';
    const found = (value: string) =>
      convert(charm, { 'tests/test_a.py': test(value) }).found.map(({ id }) => id.replace(/.*\//, ''));
    expect(found('self.zipkin_endpoint = 1')).toEqual([]);
    expect(found('mock.zipkin_endpoint = 1')).toContain('unknown-requirer');
  });

  it('of a requirer that is kept in a variable', () => {
    const { after } = convert('t = TracingEndpointRequirer(charm)\nurl = t.otlp_http_endpoint()\n');
    expect(after['src/charm.py']).toBe(
      `${renamed}t = TracingEndpointRequirer(charm, protocols=["otlp_http"])\nurl = t.get_endpoint("otlp_http") if t.is_ready() else None\n`,
    );
  });

  it('an attribute of the name in another class does not read the getter of charm tracing', () => {
    const charm = (getter: string) => `@trace_charm(tracing_endpoint="endpoint")
class A:
    def __init__(self):
        self.t = TracingEndpointRequirer(self${getter === 'get' ? ', protocols=["otlp_http"]' : ''})
    @property
    def endpoint(self):
        if self.t.is_ready():
            return self.t.${getter === 'get' ? 'get_endpoint("otlp_http")' : 'otlp_grpc_endpoint()'}
        return None
class B:
    def f(self):
        return self.endpoint
`;
    const tracing = `from ${NEW}.charm_tracing import trace_charm\n`;
    const { after } = convert(tracing + charm('old'));
    expect(after['src/charm.py']).toBe(renamed + tracing + charm('get'));
  });

  it('a request through an annotated requirer may be anybody’s', () => {
    const source =
      'class A:\n    def __init__(self):\n        self.t = TracingEndpointRequirer(self)\n    def f(self, t: TracingEndpointRequirer):\n        t.request_protocols(["zipkin"])\n    def g(self):\n        return self.t.zipkin_endpoint()\n';
    const { after } = convert(source);
    expect(after['src/charm.py']).toContain('self.t = TracingEndpointRequirer(self)\n');
    expect(after['src/charm.py']).toContain(
      'return self.t.get_endpoint("zipkin") if self.t.is_ready() else None\n',
    );
  });

  it('what a test calls like the requirer of the charm is that only if nothing else is called so', () => {
    const test =
      'def test_a(harness):\n    harness.charm.t.otlp_http_endpoint.return_value = 1\n    use(harness.charm.t.zipkin_endpoint())\n';
    const charm = 'class A:\n    def __init__(self):\n        self.t = TracingEndpointRequirer(self)\n';
    const other = 'class B:\n    def __init__(self):\n        self.t = other()\n';
    expect(convert(charm, { 'tests/test_a.py': test }).after['tests/test_a.py']).toContain(
      'use(harness.charm.t.get_endpoint("zipkin"))',
    );
    const { after, found } = convert(charm + other, { 'tests/test_a.py': test });
    expect(after['tests/test_a.py']).toContain('use(harness.charm.t.zipkin_endpoint())');
    expect(found).toContainEqual(
      expect.objectContaining({
        id: 'tracing-endpoint-getters/unknown-requirer',
        file: 'tests/test_a.py',
        line: 3,
      }),
    );
  });

  it('a requirer of unpacked arguments is asked for nothing', () => {
    const source = 't = TracingEndpointRequirer(a for a in b)\nurl = t.otlp_http_endpoint()\n';
    const { after, found } = convert(source);
    expect(after['src/charm.py']).toBe(renamed + source);
    expect(found.map(({ id }) => id)).toContain('tracing-endpoint-getters/dynamic-protocols');
  });

  it.each([
    [
      'an f-string',
      'f"{LIB}.TracingEndpointRequirer.otlp_http_endpoint"',
      'f"{LIB}.TracingEndpointRequirer.get_endpoint"',
    ],
    [
      'a name behind another endpoint',
      '"a.my_endpoint.TracingEndpointRequirer.otlp_http_endpoint"',
      '"a.my_endpoint.TracingEndpointRequirer.get_endpoint"',
    ],
  ])('a patch target: %s', (_, before, expected) => {
    const charm =
      'class A:\n    def __init__(self):\n        self.t = TracingEndpointRequirer(self)\n    def f(self):\n        return self.t.otlp_http_endpoint()\n';
    const test = (target: string) => `with patch(${target}):\n    pass\n`;
    expect(convert(charm, { 'tests/test_a.py': test(before) }).after['tests/test_a.py']).toBe(test(expected));
  });
});

describe('project-files', () => {
  it('a pyproject.toml that cannot be read as TOML is edited as text', () => {
    const charm = `from ${NEW}.tracing import TracingEndpointRequirer\n`;
    const text = (path: string) => `# lib/charms/${path}.py\n[tool\nbroken\n`;
    const { after } = run('project-files', {
      'src/charm.py': charm,
      'pyproject.toml': text('tempo_k8s/v2/tracing'),
    });
    expect(after['pyproject.toml']).toBe(text('tempo_coordinator_k8s/v0/tracing'));
  });
});
