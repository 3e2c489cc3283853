import { describe, expect, it } from '@jest/globals';
import { widthOf } from '../../../runner/report/paint.js';
import { renderTerminal } from '../../../runner/report/terminal.js';
import { charmFiles, hostileOutcome, outcomeOf } from './sample.js';

const outcome = outcomeOf([{ files: charmFiles() }]);

describe('terminal', () => {
  it('is readable without colour', () => {
    const text = renderTerminal(outcome, { width: 80, color: false });
    expect(text).not.toContain('\u001b');
    expect(text).toContain('src/charm.py  modified +4 −9 ──');
    expect(text).toContain('@@ -1,17 +1,18 @@ rename-lib-modules, charm-tracing-config (review) ┄');
    expect(text).toContain('- from charms.tempo_k8s.v1.charm_tracing import trace_charm');
    expect(text).toContain('▲ warning charm-tracing-config/cert-read-elsewhere  src/charm.py:20:30');
    expect(text).toMatch(/> 20 │ {9}print\("certificate", self.cert_path\)\n +│ {30}\^{14}\n/);
    expect(text).toContain('What is left for you');
    expect(text).toContain('2 files to change, 1 to delete (1 charm, 3 files looked at, 3 candidates)');
    expect(text).toContain('Nothing was written.');
  });

  it.each([60, 80, 120, 200])('fits into %d columns, with and without colour', (width) => {
    for (const color of [true, false]) {
      for (const one of [outcome, hostileOutcome()]) {
        const lines = renderTerminal(one, { width, color }).split('\n');
        const longest = lines.filter((line) => !line.includes('https://')).map(widthOf);
        expect(Math.max(...longest)).toBeLessThanOrEqual(width);
      }
    }
  });

  it('leaves the diffs out when stdout has them', () => {
    const text = renderTerminal(outcome, { width: 80, color: false, diffs: false });
    expect(text).not.toContain('@@');
    expect(text).toContain('src/charm.py  modified');
    expect(text).not.toContain('tests/test_charm.py');
  });

  it('lets no content act', () => {
    const text = renderTerminal(hostileOutcome(), { width: 100, color: false });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain('\\x1b[31m');
  });

  it('heads several charms with their names', () => {
    const charms = ['a', 'b'].map((root) => ({ root, name: `${root}-charm`, files: charmFiles(root) }));
    const text = renderTerminal(outcomeOf(charms), { width: 80, color: false });
    expect(text).toContain(' a  (a-charm) ━━');
    expect(text).toContain('(2 charms, 6 files looked at');
  });
});
