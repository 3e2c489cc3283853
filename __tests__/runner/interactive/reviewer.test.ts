import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { Interrupted } from '../../../runner/interactive/keyboard.js';
import { Reviewer } from '../../../runner/interactive/reviewer.js';
import { splitRows } from '../../../runner/interactive/split.js';
import { createPaint, widthOf } from '../../../runner/report/paint.js';
import type { CharmOutcome } from '../../../runner/result.js';
import { CHARM, charmFiles, hostileOutcome, outcomeOf } from '../report/sample.js';

/** Types keys into a reviewer that runs the steps again without what is rejected, as the runner does. */
async function type(keys: string, draft: (rejected: ReadonlySet<string>) => CharmOutcome) {
  const input = new PassThrough();
  let screen = '';
  let interrupted = false;
  const reviewer = new Reviewer({
    input,
    output: { columns: 90, rows: 20, write: (text: string) => (screen += text) },
    color: false,
    onInterrupt: () => {
      interrupted = true;
    },
  });
  reviewer.transforms = outcomeOf([]).transforms;
  input.write(keys);
  const rejected = new Set<string>();
  let error: unknown;
  try {
    for (;;) {
      const refused = await reviewer.review(draft(rejected));
      if (refused.size === 0) break;
      for (const group of refused) rejected.add(group);
    }
  } catch (problem) {
    error = problem;
  }
  return { screen, rejected: [...rejected], summary: reviewer.summary(), interrupted, error };
}

function sample(rejected: ReadonlySet<string>): CharmOutcome {
  const [charm] = outcomeOf([{ files: charmFiles() }], { rejected }).charms;
  if (!charm) throw new Error('no charm');
  return charm;
}

describe('reviewer', () => {
  it('shows each change with title, finding and place, and lists what was left out', async () => {
    const { screen, rejected, summary } = await type('ynyy', sample);
    expect(screen).toContain('src/charm.py  1 of 4 ━');
    expect(screen).toContain('Point imports at the tempo_coordinator_k8s libraries rename-lib-modules');
    expect(screen).toContain('▲ review: changes behaviour on purpose');
    expect(screen).toContain('▲ warning src/charm.py:20:30 `self.cert_path` is read');
    expect(screen).toContain('delete lib/charms/tempo_k8s/v2/tracing.py (3 lines)');
    expect(rejected).toEqual(['charm-tracing-config:tracing_endpoint']);
    expect(summary).toBe(
      'Left out by you:\n  ✗ src/charm.py: Let charm_tracing_config decide endpoint and certificate\n    (charm-tracing-config)\n',
    );
  });

  it('shows a group with all its hunks as one', async () => {
    const { screen } = await type('yq', sample);
    const second = screen.slice(screen.indexOf('2 of 4'));
    expect(second.match(/@@ -/g)).toHaveLength(2);
    expect(second).toContain('+         self._endpoint, self._cert');
    expect(second).toContain('-     def tracing_endpoint(self):');
    // On the text that the rename left.
    expect(second).toContain(
      '+ from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer, ',
    );
  });

  it('asks again about what comes out differently', async () => {
    const { screen, rejected } = await type('nyyy' + 'y', (rejected) => {
      const draft = sample(rejected);
      if (!rejected.has('rename-lib-modules:src/charm.py')) return draft;
      const files = draft.files.map((file) =>
        file.path === 'tests/test_charm.py'
          ? { ...file, steps: file.steps.map((step) => ({ ...step, edits: step.edits.slice(0, 1) })) }
          : file,
      );
      return { ...draft, files };
    });
    expect(screen).toContain('Without what you left out, the steps do 1 thing differently');
    expect(rejected).toEqual(['rename-lib-modules:src/charm.py']);
  });

  it('shows the whole file side by side and comes back', async () => {
    const { screen } = await type('s qyyyy', sample);
    expect(screen).toContain('\u001b[?1049h');
    expect(screen).toContain('\u001b[?1049l');
    expect(screen).toMatch(/3 - from charms\.tempo_k8s\.v1\S*… │ +3 \+ from charms\.tempo_coordinator_k8s/);
  });

  it('explains its keys and ignores others', async () => {
    const { screen, rejected } = await type('?x\u001b[Ayyyy', sample);
    expect(screen).toContain('accept everything of this transform, in all charms');
    expect(rejected).toEqual([]);
  });

  it('stops on Ctrl-C', async () => {
    const { interrupted, error } = await type('y\u0003', sample);
    expect(interrupted).toBe(true);
    expect(error).toBeInstanceOf(Interrupted);
  });

  it('lets no content act on the terminal', async () => {
    const [charm] = hostileOutcome().charms;
    if (!charm) throw new Error('no charm');
    const { screen } = await type('y', () => charm);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
    expect(screen).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('split view', () => {
  it('fits into the width and starts where something differs', () => {
    const paint = createPaint({ width: 70, color: false });
    const { rows, first } = splitRows(CHARM, CHARM.replace('Serves cats.', 'Serves 犬.'), paint);
    expect(first).toBe(11);
    expect(Math.max(...rows.map(widthOf))).toBeLessThanOrEqual(70);
    expect(rows[11]).toMatch(/^12 - .*Serves cats.* │ 12 \+ .*犬/);
  });
});
