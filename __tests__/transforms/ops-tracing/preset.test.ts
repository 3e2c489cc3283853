import { describe, expect, it } from '@jest/globals';
import { applyToCharm, readFolder } from '../../../runner/testing.js';
import { presets } from '../../../transforms/index.js';
import { Charm } from '../../../transforms/kit/charm.js';
import {
  applyTransforms,
  drain,
  MemoryTree,
  Overlay,
  type PipelineOptions,
  pipeline,
} from '../../../transforms/kit/index.js';
import { optionValues, type Transform } from '../../../transforms/kit/transform.js';

const stepsOf = (...ids: string[]): Transform[] =>
  ids.flatMap((id) => presets[id]?.steps.map((step) => step.transform) ?? []);
const opsTracing = stepsOf('ops-tracing');
const both = stepsOf('tempo-coordinator', 'ops-tracing');
const verify = presets['ops-tracing']?.verify ?? [];

const conftest = `import pytest
from charms.tempo_coordinator_k8s.v0.charm_tracing import charm_tracing_disabled


@pytest.fixture(autouse=True)
def no_tracing():
    with charm_tracing_disabled():
        yield
`;
const library = (patch: number) => `LIBAPI = 0\nLIBPATCH = ${patch}\n`;
const files: Record<string, string> = {
  ...readFolder('__testfixtures__/ops-tracing-charm/getters-and-what-only-they-used/input'),
  'tests/unit/conftest.py': conftest,
  'lib/charms/tempo_coordinator_k8s/v0/charm_tracing.py': library(14),
  'lib/charms/tempo_coordinator_k8s/v0/tracing.py': library(11),
};
/** The same charm before the first preset. */
const old: Record<string, string> = Object.fromEntries(
  Object.entries(files).flatMap(([path, text]) =>
    path.startsWith('lib/')
      ? []
      : [
          [
            path,
            text
              .replaceAll('tempo_coordinator_k8s.v0.charm_tracing', 'tempo_k8s.v1.charm_tracing')
              .replaceAll('tempo_coordinator_k8s.v0.tracing', 'tempo_k8s.v2.tracing'),
          ],
        ],
  ),
);
old['lib/charms/tempo_k8s/v1/charm_tracing.py'] = 'LIBAPI = 1\nLIBPATCH = 15\n';
old['lib/charms/tempo_k8s/v2/tracing.py'] = 'LIBAPI = 2\nLIBPATCH = 10\n';

function run(options: PipelineOptions) {
  const tree = new Overlay(new MemoryTree(files));
  const transforms = opsTracing.map((transform) => ({ transform, options: optionValues(transform) }));
  const result = drain(pipeline(new Charm(tree), transforms, options));
  return { changes: [...tree.changes.keys()].sort(), ids: result.findings.map((one) => one.id) };
}

describe('preset ops-tracing', () => {
  it('converts code, requirements, tests and libraries together', () => {
    const { changes, ids } = run({ verify });
    expect(changes).toEqual([
      'lib/charms/tempo_coordinator_k8s/v0/charm_tracing.py',
      'lib/charms/tempo_coordinator_k8s/v0/tracing.py',
      'pyproject.toml',
      'src/charm.py',
      'tests/unit/conftest.py',
    ]);
    expect(ids).toEqual(['ops-tracing-charm/spans-lost']);
  });

  it('changes nothing when a person rejects it', () => {
    expect(run({ rejected: new Set(['/ops-tracing']), verify })).toEqual({ changes: [], ids: [] });
  });

  it.each(['src/charm.py', 'pyproject.toml', 'tests/unit/conftest.py'])(
    'changes nothing when only %s was selected',
    (path) => {
      const selected = (one: string) => one === path;
      const { changes, ids } = run({ selected, wholeRoot: false, verify });
      expect(changes).toEqual([]);
      expect(ids).toEqual(path === 'src/charm.py' ? ['verify/not-selected'] : expect.anything());
    },
  );

  it('names what it left behind', () => {
    const { findings } = applyToCharm(
      { ...files, 'docs/how-to.md': 'See lib/charms/tempo_coordinator_k8s/v0/charm_tracing.py.\n' },
      opsTracing,
      { verify },
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ id: 'verify/residue', file: 'docs/how-to.md', line: 1 }),
    );
  });

  it('does not convert one string without its charm', () => {
    const result = applyTransforms(files['src/charm.py'] ?? '', opsTracing, { path: 'src/charm.py' });
    expect(result).toMatchObject({
      status: 'unchanged',
      findings: [{ id: 'ops-tracing-charm/facts-unknown' }],
    });
  });
});

describe('both presets in one run', () => {
  it('go the whole way, and fetch nothing that goes again', () => {
    const one = applyToCharm(files, opsTracing);
    const { files: out, result } = applyToCharm(old, both, { verify });
    expect(out).toEqual(one.files);
    expect(result.actions.filter((action) => action.kind === 'fetch')).toEqual([]);
    expect(applyToCharm(out, both).files).toEqual(out);
  });

  it('stop behind the first when it left an old library', () => {
    const source: Record<string, string> = {
      ...old,
      'src/old.py': 'from charms.tempo_k8s.v0.tempo_scrape import Scraper\n',
    };
    const { files: out, findings } = applyToCharm(source, both);
    expect(out['src/charm.py']).toContain('trace_charm');
    expect(out['pyproject.toml']).toBe(source['pyproject.toml']);
    expect(findings.map((one) => one.id)).toContain('ops-tracing-charm/old-library');
  });
});
