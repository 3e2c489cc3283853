/** Preconditions of the helper, one charm for each: what stands in the way, or what the helper's line is. */
import { describe, expect, it } from '@jest/globals';
import { applyToCharm } from '../../../runner/testing.js';
import transform from '../../../transforms/tempo-coordinator/charm-tracing-config.js';

interface Parts {
  readonly top?: string;
  readonly bases?: string;
  readonly body?: string;
  readonly init?: string;
  readonly endpoint?: string;
  readonly cert?: string;
  readonly more?: Readonly<Record<string, string>>;
}

const MAKE = 'self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])';
const GUARDED = 'if self.tracing.is_ready():\n    return self.tracing.get_endpoint("otlp_http")\nreturn None';
const indented = (lines: string, depth: number) => lines.replace(/^(?=.)/gm, '    '.repeat(depth));

function source({ top = '', bases = 'CharmBase', body = '', init = MAKE, endpoint, cert }: Parts): string {
  const property = (name: string, lines: string) =>
    lines.startsWith('def ') || lines.startsWith('#')
      ? `${indented(lines, 1)}\n`
      : `    @property\n    def ${name}(self):\n${indented(lines, 2)}\n`;
  return [
    'from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm',
    'from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer',
    `${top}\n\n`,
    `@trace_charm(tracing_endpoint="endpoint"${cert === undefined ? '' : ', server_cert="cert"'})`,
    `class MyCharm(${bases}):`,
    `${indented(body, 1)}\n    def __init__(self, *args):\n        super().__init__(*args)\n${indented(init, 2)}\n`,
    property('endpoint', endpoint ?? GUARDED),
    cert === undefined ? '' : property('cert', cert),
  ].join('\n');
}

function run(parts: Parts) {
  const { files, findings, result } = applyToCharm({ 'src/charm.py': source(parts), ...parts.more }, [
    transform,
  ]);
  const lines = files['src/charm.py']?.split('\n') ?? [];
  const at = lines.findIndex((line) => line.includes('charm_tracing_config('));
  const found = findings.filter(({ id }) => !/path-not-written|limit/.test(id));
  return {
    helper:
      at === -1
        ? undefined
        : lines
            .slice(at)
            .join(' ')
            .replace(/\s+/g, ' ')
            .replace(/\).*/, ')')
            .replace('( ', '(')
            .replace(' )', ')')
            .trim(),
    above: lines[at - 1]?.trim(),
    found: found.map(({ id, severity, message }) => ({ id, severity, message })),
    help: result.findings.map((one) => one.help).join('\n'),
  };
}

describe('refusals', () => {
  it.each<[string, Parts, string]>([
    [
      'the endpoint is defined in a class of another package',
      { bases: 'Elsewhere', endpoint: '# inherited' },
      'endpoint is defined in another class or module, not in MyCharm',
    ],
    [
      'the requirer is a variable of the module',
      {
        top: 'TRACING = make()',
        endpoint: 'if TRACING.is_ready():\n    return TRACING.get_endpoint("otlp_http")',
      },
      'TRACING is not an attribute of MyCharm',
    ],
    [
      "the requirer is another object's",
      { endpoint: 'if other.tracing.is_ready():\n    return other.tracing.get_endpoint("otlp_http")' },
      'other.tracing is not an attribute of MyCharm',
    ],
    [
      'the requirer is what a call gives',
      { endpoint: 'if self.get().is_ready():\n    return self.get().get_endpoint("otlp_http")' },
      'self.get() is not an attribute of MyCharm',
    ],
    [
      'the charm itself is asked',
      { endpoint: 'if self.is_ready():\n    return self.get_endpoint("otlp_http")' },
      'self is not an attribute of MyCharm',
    ],
    [
      'the requirer is made by another class',
      {
        top: `class Workload:\n    def __init__(self, charm):\n        self.own = TracingEndpointRequirer(charm, protocols=["otlp_http"])`,
        init: 'self.workload = Workload(self)\nself.tracing = self.workload.own',
      },
      'self.tracing is made in another class (src/charm.py)',
    ],
    [
      'the result is behind another condition too',
      {
        endpoint:
          'if self.unit.is_leader() and self.tracing.is_ready():\n    return self.tracing.get_endpoint("otlp_http")',
      },
      'endpoint does more than ask one requirer for its endpoint',
    ],
    [
      'another condition is asked when it is not ready',
      {
        endpoint:
          'if self.tracing.is_ready():\n    return self.tracing.get_endpoint("otlp_http")\nif self.unit.is_leader():\n    return None',
      },
      'endpoint does more than ask one requirer for its endpoint',
    ],
    [
      "the path needs a local of the certificate's getter",
      { cert: 'folder = "/etc"\nreturn Path(folder) / "ca.pem"' },
      'folder means something else in __init__ than in cert',
    ],
    [
      'the path needs a constant that __init__ shadows',
      { top: 'CA_PATH = "/ca.pem"', init: `CA_PATH = None\n${MAKE}`, cert: 'return CA_PATH' },
      'CA_PATH means something else in __init__ than in cert',
    ],
    [
      'the first parameters have different names',
      {
        init: `${MAKE}\nself.ca_path = "/ca.pem"`,
        cert: 'def cert(me):\n    return me.ca_path',
      },
      'cert and __init__ call their first parameter by different names',
    ],
    [
      'the path reads what another package defines',
      { cert: 'return self.ca_path' },
      "the certificate's path reads self.ca_path, which is not assigned once and unconditionally in MyCharm.__init__",
    ],
    [
      'the path reads what is assigned twice',
      { init: `${MAKE}\nself.ca_path = "/a.pem"\nself.ca_path = "/b.pem"`, cert: 'return self.ca_path' },
      "the certificate's path reads self.ca_path, which is not assigned once and unconditionally in MyCharm.__init__",
    ],
    [
      'the path reads what is assigned later',
      {
        body: 'def setup(self):\n    self.ca_path = "/ca.pem"\n',
        cert: 'return self.ca_path',
      },
      "the certificate's path reads self.ca_path, which is not assigned once and unconditionally in MyCharm.__init__",
    ],
    [
      'the path is a property of itself',
      { body: '@property\ndef ca_path(self):\n    return self.ca_path\n', cert: 'return self.ca_path' },
      "the certificate's path reads self.ca_path, which is not assigned once and unconditionally in MyCharm.__init__",
    ],
  ])('%s', (_, parts, why) => {
    const { helper, found } = run(parts);
    expect(helper).toBeUndefined();
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringContaining(` is not converted to charm_tracing_config: ${why}`),
    ]);
    expect(found.map(({ severity }) => severity)).toEqual(['info']);
  });

  it("a base class in another file uses another library's helper of the name", () => {
    const { helper, found } = run({
      bases: 'Base',
      top: 'from base import Base',
      endpoint: '# inherited',
      more: {
        'src/base.py':
          'from cos_agent import charm_tracing_config\n\nclass Base:\n    def __init__(self, *args):\n        self.endpoint, _ = charm_tracing_config(self, None)\n',
      },
    });
    expect(helper).toBeUndefined();
    expect(found.map(({ id, message }) => [id, message])).toEqual([
      [
        'charm-tracing-config/requirer-foreign',
        expect.stringContaining("charm_tracing_config is another library's function of the same name"),
      ],
    ]);
  });

  it('an unguarded getter that stays is an error, and the help says what to guard', () => {
    const { found, help } = run({
      init: `if args:\n    return\n${MAKE}`,
      endpoint: 'return self.tracing.get_endpoint("otlp_http")',
    });
    expect(found).toEqual([
      {
        id: 'charm-tracing-config/early-return',
        severity: 'error',
        message: expect.stringMatching(
          /a return in __init__ .*; and endpoint asks without is_ready\(\), which raises on every hook/,
        ),
      },
    ]);
    expect(help).toContain('Guard the getter: if self.tracing.is_ready(): … Move the requirer');
  });

  it('a guarded getter of another protocol that stays is an error: it goes silent', () => {
    const { found } = run({
      endpoint: 'if self.tracing.is_ready():\n    return self.tracing.get_endpoint("otlp_grpc")',
      init: MAKE.replace('otlp_http', 'otlp_grpc'),
    });
    expect(found.map(({ id, severity }) => [id, severity])).toEqual([
      ['charm-tracing-config/protocol-unproved', 'error'],
    ]);
  });
});

describe('the line of the helper', () => {
  it.each<[string, Parts, string, string]>([
    ['no certificate', {}, 'self.endpoint, _ = charm_tracing_config(self.tracing, None)', MAKE],
    [
      'a getter that returns None always',
      { cert: 'return None' },
      'self.endpoint, self.cert = charm_tracing_config(self.tracing, None)',
      MAKE,
    ],
    [
      'a path that is there before the requirer',
      { init: `self.ca_path = "/ca.pem"\n${MAKE}`, cert: 'return self.ca_path' },
      'self.endpoint, self.cert = charm_tracing_config(self.tracing, self.ca_path)',
      MAKE,
    ],
    [
      'a path that comes behind the requirer',
      { init: `${MAKE}\nself.ca_path = "/ca.pem"\nself.a = 1`, cert: 'return self.ca_path' },
      'self.endpoint, self.cert = charm_tracing_config(self.tracing, self.ca_path)',
      'self.ca_path = "/ca.pem"',
    ],
    [
      'a class attribute',
      { body: 'ca_path = "/ca.pem"\n', cert: 'return self.ca_path' },
      'self.endpoint, self.cert = charm_tracing_config(self.tracing, self.ca_path)',
      MAKE,
    ],
    [
      'a property that reads what __init__ assigns',
      {
        init: `${MAKE}\nself.root = "/etc"\nself.a = 1`,
        body: '@property\ndef ca_path(self):\n    return self.root + "/ca.pem"\n',
        cert: 'return self.ca_path',
      },
      'self.endpoint, self.cert = charm_tracing_config(self.tracing, self.ca_path)',
      'self.root = "/etc"',
    ],
    [
      'what the framework gives',
      { cert: 'return self.charm_dir / "ca.pem"' },
      'self.endpoint, self.cert = charm_tracing_config(self.tracing, self.charm_dir / "ca.pem")',
      MAKE,
    ],
    [
      'a local of __init__ with the name of an attribute',
      { init: `ca_path = None\n${MAKE}\nself.ca_path = "/ca.pem"`, cert: 'return self.ca_path' },
      'self.endpoint, self.cert = charm_tracing_config(self.tracing, self.ca_path)',
      'self.ca_path = "/ca.pem"',
    ],
  ])('%s', (_, parts, helper, above) => {
    expect(run(parts)).toMatchObject({ helper, above, found: [] });
  });
});
