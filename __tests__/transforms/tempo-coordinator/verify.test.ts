import { describe, expect, it } from '@jest/globals';
import { applyToCharm } from '../../../runner/testing.js';
import renameLibModules from '../../../transforms/tempo-coordinator/rename-lib-modules.js';
import { verifyNames, verifyResidue } from '../../../transforms/tempo-coordinator/verify.js';

const LIBID = '12977e9aa0b34367903d8afeb8c3d85d';
const METADATA = { 'charmcraft.yaml': 'name: sample\n' };

/** `line message` of each finding of a check. */
function check(files: Record<string, string>, transforms = [] as (typeof renameLibModules)[]) {
  return applyToCharm({ ...METADATA, ...files }, transforms, {
    verify: [verifyResidue, verifyNames],
  }).findings.map(({ id, line, message }) => `${id}:${line} ${message}`);
}

const residue = (line: number, word: string) =>
  `verify/residue:${line} '${word}' of charms.tempo_k8s is left`;

describe('residue', () => {
  it.each([
    ['a module path in a comment', '# tempo_k8s/v1/charm_tracing.py\n', [1]],
    ['a dotted module in a docstring', '"""See tempo_k8s.v2.tracing."""\n', [1]],
    ['the folder in a string', 'x = 1\nLIBS = "lib/charms/tempo_k8s"\n', [2]],
    ['the package as a string of its own', 'PATH = ROOT / "charms" / "tempo_k8s"\n', [1]],
    ['an import from charms', 'from charms import tempo_k8s\n', [1]],
    ['an attribute of charms', 'x = charms.tempo_k8s\n', [1]],
    ['two on a line once', 'x = "tempo_k8s/v1/x", "tempo_k8s/v2/y"\n', [1]],
    ['a LIBID', `x = "tempo-k8s", "${LIBID}"\n`, [1]],
    ['a word in prose', '# tempo_k8s is a charm\nx = "deploy tempo_k8s first"\n', []],
    ['a variable, and a module of another package', 'from .tempo_k8s import v2\ntempo_k8s = v2.x\n', []],
    ['names that contain the word', 'def test_tempo_k8s_v2(): my_tempo_k8s.v2.tracing()\n', []],
    ['the charm name as data', 'add_relation("tracing", "tempo-k8s"); x = "tempo-k8s.tracing"\n', []],
    ['the new library', 'from charms.tempo_coordinator_k8s.v0.tracing import TracingError\n', []],
  ])('Python: %s', (_, text, lines) => {
    expect(check({ 'src/charm.py': text }).map((found) => Number(/:(\d+)/.exec(found)?.[1]))).toEqual(lines);
  });

  it.each([
    ['requirements.txt', '# lib/charms/tempo_k8s/v1/charm_tracing.py\n# tempo_k8s\n', 2],
    ['tox.ini', 'lib_path = {toxinidir}/lib/charms/tempo_k8s\n', 1],
    ['charmcraft.yaml', 'charm-libs:\n  - lib: tempo-k8s.charm-tracing\n  - lib: tempo_k8s.tracing\n', 2],
    ['.github/renovate.json5', '"- lib: tempo-k8s\\\\.tracing", "tempo_k8s\\\\.tracing"\n', 1],
    ['renovate.json', `"https://charmhub.io/tempo-k8s/${LIBID}"\n`, 1],
    ['README.md', 'tempo_k8s\n\ntempo-k8s.tracing is a host\n\n`charms.tempo_k8s.v2.tracing`\n', 1],
    ['bundle.yaml', 'charm: tempo-k8s\n', 0],
    ['CHANGELOG.md', 'charms.tempo_k8s.v2.tracing\n', 0],
    ['docs/release-notes/1.md', 'charms.tempo_k8s.v2.tracing\n', 0],
    ['lib/charms/other/v0/cos.py', '"""charms.tempo_k8s.v2.tracing"""\n', 0],
    ['lib/charms/tempo_k8s/v2/tracing.py', `LIBID = "${LIBID}"\n`, 0],
  ])('%s', (path, text, count) => {
    expect(check({ [path]: text })).toHaveLength(count);
  });

  it('is silent where a finding stands already, at any line of the statement', () => {
    const text = 'from charms.tempo_k8s.v2.tracing import (\n    TracingError,\n    Gone,\n)\n';
    expect(check({ 'src/charm.py': text }, [renameLibModules])).toEqual([
      "rename-lib-modules/name-gone:3 'Gone' does not exist in charms.tempo_coordinator_k8s.v0.tracing; the import stays on charms.tempo_k8s.v2.tracing",
    ]);
    expect(check({ 'src/charm.py': text })).toEqual([residue(1, 'tempo_k8s')]);
  });

  it('is not silent because of findings elsewhere', () => {
    const text = 'from charms.tempo_k8s.v2.tracing import Gone\n';
    const files = { 'src/charm.py': text, 'tests/test_a.py': text, 'tox.ini': 'a\ntempo_k8s/v2/x\n' };
    expect(check(files, [renameLibModules]).filter((one) => one.startsWith('verify'))).toEqual([
      residue(2, 'tempo_k8s'),
    ]);
  });

  it('says nothing in the repository of the old libraries', () => {
    const files = { 'metadata.yaml': 'name: tempo-k8s\n', 'a.py': 'import charms.tempo_k8s.v2.tracing\n' };
    expect(check(files)).toEqual([]);
  });

  it("says nothing about the new libraries' own files in their repository", () => {
    const path = 'lib/charms/tempo_coordinator_k8s/v0/tracing.py';
    const files = {
      'metadata.yaml': 'name: tempo-coordinator-k8s\n',
      [path]: '"""Was tempo_k8s.v2.tracing."""\n',
    };
    expect(check(files)).toEqual([]);
  });
});

describe('names', () => {
  const NEW = 'charms.tempo_coordinator_k8s.v0';
  it.each([
    ['from-import', `from ${NEW}.charm_tracing import (\n    TLSError,\n    trace_charm,\n)\n`, [2]],
    ['alias', `import lib.${NEW}.tracing as t\nt.Ingester\nt.Receiver\nt.__name__\n`, [2]],
    ['package level', `from ${NEW} import tracing\ntracing.RawIngester\n`, [2]],
    ['plain import', `import ${NEW}.tracing\nx = ${NEW}.tracing.RawIngester\n`, [2]],
    ['patch target', `patch("${NEW}.charm_tracing._charm_tracing_disabled")\n`, [1]],
    ['unknown module', `from ${NEW}.charm_instrumentation import trace_charm\n`, [1]],
    ['unknown API', 'import charms.tempo_coordinator_k8s.v1.charm_tracing\n', [1]],
    ['known names', `from ${NEW}.tracing import *\nfrom ${NEW}.tempo_api import TempoApiRequirer\n`, []],
    ['a member of a known class', `patch("${NEW}.tracing.TracingEndpointRequirer.gone")\n`, []],
    ['another package', 'from charms.traefik_k8s.v2.ingress import TLSError\n', []],
    ['other imports', `import os\nfrom ${NEW}.tracing import TracingError\n`, []],
    ['a module object', `import ${NEW}.tracing\nf(${NEW}.tracing)\n`, []],
  ])('%s', (_, text, lines) => {
    const found = check({ 'src/charm.py': text });
    expect(found.map((one) => Number(/^verify\/unknown-name:(\d+)/.exec(one)?.[1]))).toEqual(lines);
  });

  const buffer = `from ${NEW}.charm_tracing import BUFFER_DEFAULT_CACHE_FILE_NAME\n`;
  const vendored = (patch: number) => ({
    'src/charm.py': buffer.replace('BUFFER', patch > 90 ? 'FUTURE' : 'BUFFER'),
    'lib/charms/tempo_coordinator_k8s/v0/charm_tracing.py': `LIBPATCH = ${patch}\n`,
  });

  it('knows what the vendored copy has', () => {
    expect(check(vendored(3))).toEqual([
      `verify/unknown-name:1 ${NEW}.charm_tracing has no 'BUFFER_DEFAULT_CACHE_FILE_NAME' at LIBPATCH 3, which is vendored`,
    ]);
    expect(check(vendored(4))).toEqual([]);
  });

  it('does not judge a copy that is newer than its tables', () => {
    expect(check(vendored(99))).toEqual([]);
  });
});
