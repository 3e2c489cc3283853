import { describe, expect, it } from '@jest/globals';
import { renderMarkdown } from '../../../runner/report/markdown.js';
import { charmFiles, hostileOutcome, outcomeOf } from './sample.js';

describe('markdown', () => {
  const text = renderMarkdown(outcomeOf([{ files: charmFiles() }], { written: true }), {
    titles: { 'tempo-coordinator': 'Move to the tempo_coordinator_k8s libraries' },
  });

  it('says what changed and why, and what is left', () => {
    expect(text).toMatch(
      /^## Move to the tempo_coordinator_k8s libraries\n\n1 charm: 2 modified, 1 deleted;/,
    );
    expect(text).toContain(
      '- **Let charm_tracing_config decide endpoint and certificate** (`charm-tracing-config`, 1 file). later steps need',
    );
    expect(text).toContain('- [ ] **warning** `src/charm.py:21:30`: `self.cert_path` is read');
    expect(text).toContain(
      '<details><summary><code>src/charm.py</code> +4 −9 (rename-lib-modules, charm-tracing-config)',
    );
    expect(text).not.toContain('Cut:');
  });

  it('stays below the limit and says what was left out', () => {
    const charms = Array.from({ length: 100 }, (_, index) => ({
      root: `c${index}`,
      files: charmFiles(`c${index}`),
    }));
    const cut = renderMarkdown(outcomeOf(charms));
    expect(cut.length).toBeLessThan(65_536);
    expect(cut).toMatch(/\*\*Cut:\*\* \d+ of 300 diffs left out/);
    const short = renderMarkdown(outcomeOf(charms), { limit: 4000 });
    expect(Buffer.byteLength(short)).toBeLessThan(4000);
    expect(short).toMatch(/\*\*Cut:\*\* \d+ of 200 follow-ups left out/);
  });

  it('no content closes a fence, a summary or starts a task', () => {
    const hostile = renderMarkdown(hostileOutcome());
    expect(hostile).not.toContain('\u001b');
    expect(hostile).toContain('`````diff');
    expect(hostile.match(/^- \[ \] /gm)).toHaveLength(1);
    expect(hostile).not.toMatch(/^- \[x\]/m);
    expect(hostile).toContain('<code>src/&lt;img');
    expect(hostile).not.toContain('](<javascript:');
    expect(hostile).not.toMatch(/(?<!`.*)@team/);
  });
});
