/** Charms that the fixtures do not show: one small difference each, through the whole preset. */
import { describe, expect, it } from '@jest/globals';
import { applyToCharm } from '../../../runner/testing.js';
import { presets } from '../../../transforms/index.js';
import { applyTransforms } from '../../../transforms/kit/apply.js';

const steps = presets['ops-tracing']?.steps.map((step) => step.transform) ?? [];

interface Parts {
  readonly decorator?: string;
  readonly init?: string;
  readonly body?: string;
  readonly top?: string;
  readonly files?: Readonly<Record<string, string>>;
}

const INIT = 'self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])';
const GETTER = `
    @property
    def endpoint(self):
        return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
`;
const METADATA = 'name: a\nrequires:\n  tracing:\n    interface: tracing\n    limit: 1\n    optional: true\n';

function charm({
  decorator = 'tracing_endpoint="endpoint"',
  init = INIT,
  body = GETTER,
  top = '',
  files = {},
}: Parts) {
  return {
    'src/charm.py': `import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer, charm_tracing_config
${top}

@trace_charm(${decorator})
class A(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
${init.replace(/^/gm, '        ')}
${body}`,
    'charmcraft.yaml': METADATA,
    'requirements.txt': 'ops>=2.10\n',
    ...files,
  };
}

function run(parts: Parts, root = '') {
  const all = charm(parts);
  const files =
    root === ''
      ? all
      : Object.fromEntries(Object.entries(all).map(([path, text]) => [`${root}/${path}`, text]));
  const { files: after, findings, result } = applyToCharm(files, steps, { root });
  const code = after[root === '' ? 'src/charm.py' : `${root}/src/charm.py`] ?? '';
  return {
    after,
    converted: !code.includes('@trace_charm'),
    found: findings.map(({ id, message }) => `${id}: ${message}`),
    help: result.findings.map((one) => one.help).join('\n'),
  };
}

const HELPER = 'self.endpoint, self.cert = charm_tracing_config(self.tracing, "/ca.pem")';
const BOTH = 'tracing_endpoint="endpoint", server_cert="cert"';

describe('what a class cannot be converted for', () => {
  it.each<[string, Parts, string]>([
    [
      'the certificate is an attribute, the endpoint a getter',
      { decorator: BOTH, init: `${INIT}\nself.cert = "/ca.pem"` },
      'certificate: cert does not simply return the path of a certificate',
    ],
    [
      'the endpoint is an attribute of something else',
      { init: `${INIT}\nself.endpoint = "http://a"`, body: '' },
      'getter-form: endpoint is not the first result of charm_tracing_config',
    ],
    [
      'the endpoint is the target of a with statement',
      { init: `${INIT}\nwith make() as self.endpoint:\n    pass`, body: '' },
      'getter-form: endpoint is not the first result of charm_tracing_config',
    ],
    [
      "server_cert is computed, and the helper's",
      { decorator: 'tracing_endpoint="endpoint", server_cert=NAME', init: `${INIT}\n${HELPER}`, body: '' },
      'certificate: server_cert is not the second result of charm_tracing_config',
    ],
    [
      'the helper gets no requirer that can be read',
      { init: `${INIT}\nself.endpoint, _ = charm_tracing_config(*pair)`, body: '' },
      'requirer-elsewhere: charm_tracing_config(*pair) is not a TracingEndpointRequirer that A.__init__ makes once and always',
    ],
    [
      "the requirer is a library's",
      {
        top: 'from cosl.coordinated_workers.coordinator import Coordinator\n',
        init: 'self.coordinator = Coordinator(self)\nself.endpoint, _ = charm_tracing_config(self.coordinator.charm_tracing, None)',
        body: '',
      },
      'requirer-elsewhere: self.coordinator.charm_tracing is not a TracingEndpointRequirer that A.__init__ makes once and always',
    ],
    [
      'there is a path, and no metadata',
      {
        decorator: BOTH,
        init: `${INIT}\n${HELPER}`,
        body: '',
        files: { 'charmcraft.yaml': '- broken' },
      },
      'certificate: https traces are checked with "/ca.pem", and the metadata has no endpoint for certificate_transfer to take its place',
    ],
    [
      'the endpoint has no interface',
      { files: { 'charmcraft.yaml': 'name: a\nrequires:\n  tracing:\n    limit: 1\n' } },
      'endpoint: the relation tracing has no interface in charmcraft.yaml: Tracing would raise ValueError',
    ],
    [
      'the endpoint says nothing',
      { files: { 'charmcraft.yaml': 'name: a\nrequires:\n  tracing:\n' } },
      'endpoint: the relation tracing has no interface in charmcraft.yaml: Tracing would raise ValueError',
    ],
    [
      'a function takes a parameter of the name, and something else is done with the decorator',
      { top: 'def f(trace_charm):\n    trace_charm(1)\nuse(trace_charm)\n' },
      'library-use: src/charm.py uses the charm_tracing library (trace_charm) in a way that cannot simply be taken away',
    ],
    [
      'the old library is imported by its dotted name',
      { top: 'import charms.tempo_k8s.v2.tracing\n' },
      'old-library: the charm still imports charms.tempo_k8s.v2.tracing',
    ],
  ])('%s', (_, parts, problem) => {
    const { after, found } = run(parts);
    expect(found).toContainEqual(expect.stringContaining(`ops-tracing-charm/${problem}`));
    expect(after).toEqual(charm(parts));
  });
});

describe('what is converted all the same', () => {
  it.each<[string, Parts]>([
    ['a shadowed name', { top: 'def f(trace_charm):\n    trace_charm(1)\n' }],
    [
      'a certificate getter that returns None',
      { decorator: BOTH, body: `${GETTER}\n    @property\n    def cert(self):\n        return None\n` },
    ],
    ['a charm without a name', { files: { 'charmcraft.yaml': METADATA.replace('name: a\n', '') } }],
  ])('%s', (_, parts) => {
    const { converted, found } = run(parts);
    expect({ converted, lost: found.filter((one) => one.includes('spans-lost')) }).toEqual({
      converted: true,
      lost: [expect.stringContaining("service.name is '")],
    });
  });

  it('and the message has a place for the name of a charm that has none', () => {
    const { found } = run({ files: { 'charmcraft.yaml': METADATA.replace('name: a\n', '') } });
    expect(found.join()).toContain("service.name is '<app>' instead of '<app>-charm'");
  });
});

describe('a charm that uses ops.tracing already', () => {
  const done = (call: string) => ({
    'src/charm.py': `import ops\n\nclass A(ops.CharmBase):\n    def __init__(self, *args):\n        super().__init__(*args)\n        ${call}\n`,
  });

  it.each([
    ['a relation that is named', 'ops.tracing.Tracing(self, tracing_relation_name="tracing")', 1],
    ['a relation that is computed', 'ops.tracing.Tracing(self, tracing_relation_name=name())', 0],
  ])('%s', (_, call, reported) => {
    const files = { ...done(call), 'charmcraft.yaml': METADATA.replace('    optional: true\n', '') };
    const { findings } = applyToCharm(files, steps);
    expect(findings.filter(({ id }) => id === 'ops-tracing-metadata/optional')).toHaveLength(reported);
  });

  it('a file that names the library, beside the metadata, is not the metadata', () => {
    const files = {
      ...done('ops.tracing.Tracing(self, tracing_relation_name="tracing")'),
      'charmcraft.yaml': '# charm_tracing\nparts:\n  a:\n    plugin: nil\n',
      'metadata.yaml': METADATA.replace('    optional: true\n', ''),
    };
    const { findings } = applyToCharm(files, steps);
    expect(
      findings.filter(({ id }) => id === 'ops-tracing-metadata/optional').map(({ file }) => file),
    ).toEqual(['metadata.yaml']);
  });

  it('a charmcraft.yaml without charm-libs, or one that cannot be read, is left', () => {
    for (const text of [
      '# tempo_coordinator_k8s.charm_tracing\n- a\n',
      '# tempo_coordinator_k8s.charm_tracing\na: [\n',
    ]) {
      const files = { ...done('ops.tracing.Tracing(self, "tracing")'), 'charmcraft.yaml': text };
      expect(applyToCharm(files, steps).files['charmcraft.yaml']).toBe(text);
    }
  });
});

describe('requirements', () => {
  const changed = (path: string, text: string, more: Readonly<Record<string, string>> = {}) =>
    run({ files: { [path]: text, ...more } }).after[path];

  it.each<[string, string, string, string]>([
    [
      'quoted keys',
      'pyproject.toml',
      '[tool.poetry.dependencies]\n"ops" = { "version" = "^2.9", "extras" = ["testing"] }\n',
      '[tool.poetry.dependencies]\n"ops" = { "version" = "^2.21", "extras" = ["testing", "tracing"] }\n',
    ],
    [
      'a requirement without a version',
      'pyproject.toml',
      '[tool.poetry.dependencies]\nops = "^2.9"\nmine = { git = "https://a" }\n',
      '[tool.poetry.dependencies]\nops = { version = "^2.21", extras = ["tracing"] }\nmine = { git = "https://a" }\n',
    ],
    [
      'lists of other things',
      'pyproject.toml',
      '[project]\nname = "a"\ndependencies = ["ops>=2.10"]\n\n[tool.ruff]\nselect = ["ops"]\n',
      '[project]\nname = "a"\ndependencies = ["ops[tracing]>=2.21"]\n\n[tool.ruff]\nselect = ["ops"]\n',
    ],
    [
      'tox without a section',
      'tox.ini',
      'deps =\n  ops>=2.10\n  opentelemetry-exporter-otlp-proto-http==1.21.0\n',
      'deps =\n  ops[tracing]>=2.21\n',
    ],
  ])('%s', (_, path, text, expected) => {
    const files = { 'requirements.txt': '' };
    expect(changed(path, text, files)).toBe(expected);
  });

  it('of parts, beside what is no requirement', () => {
    const parts = (packages: string) =>
      `${METADATA}parts:\n  none:\n  charm:\n    plugin: nil\n    charm-binary-python-packages: ${packages}\n`;
    const before = parts('[a, {b: c}, opentelemetry-exporter-otlp-proto-http==1.21.0]');
    expect(changed('charmcraft.yaml', before)).toBe(parts('[a, {b: c}]'));
  });

  it('parts that are no mapping are left', () => {
    const text = `${METADATA}parts:\n  charm: nothing\n`;
    expect(changed('charmcraft.yaml', text)).toBe(text);
  });

  it('of a charm that is refused stay, though they name the library', () => {
    const text = '# charm_tracing\nops>=2.10\n';
    expect(
      run({ decorator: 'tracing_endpoint=NAME', files: { 'requirements.txt': text } }).after[
        'requirements.txt'
      ],
    ).toBe(text);
  });

  it('a lock file of a charm in a folder is made anew there', () => {
    const { help } = run(
      {
        files: {
          'requirements.txt': '',
          'pyproject.toml': '[project]\nname = "a"\ndependencies = ["ops>=2.10"]\n',
          'uv.lock': '',
        },
      },
      'charms/a',
    );
    expect(help).toContain("Run 'uv lock' in charms/a.");
  });
});

describe('tests of the charm', () => {
  const TOP =
    'import pytest\nfrom charms.tempo_coordinator_k8s.v0 import charm_tracing\nfrom charms.tempo_coordinator_k8s.v0.charm_tracing import charm_tracing_disabled\nfrom unittest.mock import patch\n\n\n';
  const changed = (body: string) =>
    run({ files: { 'tests/test_a.py': TOP + body } }).after['tests/test_a.py'];

  it.each<[string, string, string]>([
    [
      'nested contexts in a fixture go with it',
      '@pytest.fixture\ndef quiet():\n    with charm_tracing_disabled():\n        with charm_tracing_disabled():\n            yield\n\n\ndef test_a():\n    assert True\n',
      'def test_a():\n    assert True\n',
    ],
    [
      'a fixture with a context of its own keeps that',
      '@pytest.fixture\ndef quiet():\n    with charm_tracing_disabled():\n        with other():\n            yield\n',
      '@pytest.fixture\ndef quiet():\n    with other():\n        yield\n',
    ],
    [
      'a fixture that does more stays',
      '@pytest.fixture\ndef quiet():\n    with charm_tracing_disabled():\n        prepare()\n        yield\n',
      '@pytest.fixture\ndef quiet():\n    prepare()\n    yield\n',
    ],
    [
      'a fixture with a comment above stays',
      '# for all\n@pytest.fixture\ndef quiet():\n    with charm_tracing_disabled():\n        yield\n',
      '# for all\n@pytest.fixture\ndef quiet():\n    yield\n',
    ],
    [
      'a context manager stays',
      '@contextmanager\ndef quiet():\n    with charm_tracing_disabled():\n        yield\n',
      '@contextmanager\ndef quiet():\n    yield\n',
    ],
    [
      'a fixture under another decorator stays',
      '@mark\n@pytest.fixture\ndef quiet():\n    with charm_tracing_disabled():\n        yield\n',
      '@mark\n@pytest.fixture\ndef quiet():\n    yield\n',
    ],
    [
      'a patch of an object with a value of its own',
      '@patch.object(charm_tracing, "BUFFER_DEFAULT_CACHE_FILE_NAME", "a")\ndef test_a():\n    assert True\n',
      'def test_a():\n    assert True\n',
    ],
  ])('%s', (_, body, expected) => {
    expect(
      changed(body)
        ?.replace(/^(import|from) .*\n/gm, '')
        .trimStart(),
    ).toBe(expected);
  });

  it.each([
    ['a mock that is passed', '@patch.object(charm_tracing, "A")\ndef test_a(mock):\n    assert mock\n'],
    [
      'a string for another function',
      'importlib.import_module("charms.tempo_coordinator_k8s.v0.charm_tracing")\n',
    ],
    ['a string for an unknown function', 'load("charms.tempo_coordinator_k8s.v0.charm_tracing")\n'],
    ['a context that is made and not entered', 'def test_a():\n    charm_tracing_disabled()\n'],
    [
      'a context that is kept',
      'def test_a(stack):\n    a = stack.enter_context(charm_tracing_disabled())\n    assert a\n',
    ],
    ['a context that is given to another function', 'def test_a():\n    use(charm_tracing_disabled())\n'],
    ['the module itself', 'def test_a():\n    use(charm_tracing)\n'],
  ])('%s: nothing is changed', (_, body) => {
    const { converted, found } = run({ files: { 'tests/test_a.py': TOP + body } });
    expect(converted).toBe(false);
    expect(found).toContainEqual(expect.stringContaining('ops-tracing-tests/library-use'));
  });
});

describe('renovate', () => {
  const LIBID = '01780f1e588c42c3976d26780fdf9b89';
  const changed = (text: string) => run({ files: { 'renovate.json5': text } });

  it('two mentions in one manager that looks for more are told once', () => {
    const text = `{\n  managers: [\n    {\n      matchStrings: ["tempo_coordinator_k8s.charm_tracing", "tempo_coordinator_k8s.charm_tracing b"],\n    },\n  ],\n}\n`;
    const { after: files, found } = changed(text);
    expect(files['renovate.json5']).toBe(text);
    expect(found.filter((one) => one.startsWith('ops-tracing-libs/entry-left'))).toHaveLength(1);
  });

  it('an id without a data source around it, or in one without a name, is left', () => {
    const text = `{\n  // ${LIBID} of tempo_coordinator_k8s\n  a: "${LIBID}",\n  list: [{ url: "${LIBID}" }],\n}\n`;
    expect(changed(text).after['renovate.json5']).toBe(text);
  });
});

it('metadata without the rest of the charm is left alone', () => {
  const result = applyTransforms(`# charm_tracing\n${METADATA}`, steps, { path: 'charmcraft.yaml' });
  expect(result).toMatchObject({ status: 'unchanged', findings: [] });
});
