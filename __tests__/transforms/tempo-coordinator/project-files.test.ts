import { describe, expect, it } from '@jest/globals';
import { applyToCharm, defineTransformTest } from '../../../runner/testing.js';
import { applyTransforms } from '../../../transforms/kit/apply.js';
import transform from '../../../transforms/tempo-coordinator/project-files.js';
import rename from '../../../transforms/tempo-coordinator/rename-lib-modules.js';

defineTransformTest(transform, '__testfixtures__', { with: [rename] });

describe('project-files', () => {
  it('keeps CRLF and a BOM', () => {
    const text =
      '\uFEFF[tool.ruff.lint.per-file-ignores]\r\n"lib/charms/tempo_k8s/v1/tracing.py" = ["E402"]\r\n"lib/charms/tempo_k8s/v2/tracing.py" = ["E402"]\r\n# end';
    const { files } = applyToCharm({ 'pyproject.toml': text, 'metadata.yaml': 'name: shop\n' }, [transform]);
    expect(files['pyproject.toml']).toBe(
      '\uFEFF[tool.ruff.lint.per-file-ignores]\r\n"lib/charms/tempo_coordinator_k8s/v0/tracing.py" = ["E402"]\r\n# end',
    );
  });

  it('looks for the buffer file in every .gitignore from the top to the charm', () => {
    const charm = {
      'charm/metadata.yaml': 'name: shop\n',
      'charm/src/charm.py': 'from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm\n',
    };
    const run = (files: Record<string, string>) =>
      applyToCharm({ ...charm, ...files }, [transform], { root: 'charm' }).files['charm/.gitignore'];
    expect(run({ '.gitignore': '/charm/*.raw\n' })).toBeUndefined();
    expect(run({ '.gitignore': '/*.raw\n' })).toBe('.charm_tracing_buffer.raw\n');
    expect(run({ 'charm/.gitignore': '.charm_tracing_buffer.raw' })).toBe('.charm_tracing_buffer.raw');
    expect(run({ 'charm/.gitignore': '*.raw\n!.charm*\n' })).toBe(
      '*.raw\n!.charm*\n.charm_tracing_buffer.raw\n',
    );
  });

  it('leaves tester charms below tests without a .gitignore', () => {
    const root = 'tests/integration/tester';
    const { result } = applyToCharm(
      {
        [`${root}/metadata.yaml`]: 'name: tester\n',
        [`${root}/src/charm.py`]: 'from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm\n',
      },
      [transform],
      { root },
    );
    expect(result.actions).toEqual([]);
  });

  it('does nothing where the rest of the charm is unknown', () => {
    const result = applyTransforms('# tempo_k8s/v2/tracing.py\n', [transform], { path: 'requirements.txt' });
    expect(result.status).toBe('unchanged');
  });
});
