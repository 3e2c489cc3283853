/** The README says what is so. After a change of a step or preset: `npm run docs:readme`. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { presets } from '../transforms/index.js';

const readme = readFileSync('README.md', 'utf8');

describe('README', () => {
  it('shows the diff that its first command prints', () => {
    const block = /```diff\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    expect(readme).toContain('npx tempo-codemods run __testfixtures__/sample-charm');
    const output = execFileSync(
      process.execPath,
      ['dist/runner/cli/main.js', 'run', '__testfixtures__/sample-charm'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    expect(block).toContain('charm_tracing_config(');
    expect(output).toContain(block);
  });

  for (const preset of Object.values(presets)) {
    it(`names the steps of ${preset.id} in order`, () => {
      const table =
        new RegExp(`<!-- preset ${preset.id} -->([\\s\\S]*?)<!-- /preset -->`).exec(readme)?.[1] ?? '';
      const rows = [...table.matchAll(/^\| `([\w-]+)` \| (.*) \|$/gm)].map(([, id, text]) => ({ id, text }));
      expect(rows).toEqual(
        preset.steps.map(({ transform }) => ({ id: transform.id, text: transform.title })),
      );
    });
  }
});
