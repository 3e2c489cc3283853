import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { hasPty, runOnTerminal } from '../onTerminal.js';
import { charmFiles } from '../report/sample.js';
import { git, makeRepository } from '../world.js';

const files = { ...charmFiles(), 'charmcraft.yaml': 'name: cats\ntype: charm\n' };
const transforms = ['-t', 'rename-lib-modules', '-t', 'charm-tracing-config'];

if (!hasPty) {
  console.warn(
    'SKIPPED: --interactive on a pseudo-terminal, because there is no python3 with its pty module',
  );
}

(hasPty ? describe : describe.skip)('on a pseudo-terminal', () => {
  it('writes what was accepted and lists what was left out', () => {
    const folder = makeRepository(files);
    const { code, screen, complete } = runOnTerminal(
      folder,
      ['run', '-i', ...transforms],
      [
        ['Accept? ', 'y'],
        ['Accept? ', 's'],
        ['q to return', 'q'],
        ['Accept? ', 'n'],
        ['Accept? ', 'y'],
      ],
    );
    expect(complete).toBe(true);
    expect(code).toBe(0);
    expect(screen).toContain('\u001b[?1049h');
    expect(screen).toContain('Left out by you:');
    expect(screen.slice(screen.indexOf('Left out by you:'))).toContain('charm-tracing-config');
    const charm = readFileSync(join(folder, 'src/charm.py'), 'utf8');
    expect(charm).toContain('from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm');
    expect(charm).toContain('def tracing_endpoint(self):');
    expect(git(folder, 'status', '--porcelain')).toBe(' M src/charm.py\n M tests/test_charm.py\n');
  });

  it('Ctrl-C writes nothing of the charm', () => {
    const folder = makeRepository(files);
    const { code, complete } = runOnTerminal(
      folder,
      ['run', '-i', ...transforms],
      [
        ['Accept? ', 'y'],
        ['Accept? ', '\u0003'],
      ],
    );
    expect(complete).toBe(true);
    expect(code).toBe(130);
    expect(git(folder, 'status', '--porcelain')).toBe('');
  });

  it('shows diffs with makers and findings on a terminal, within its width', () => {
    const folder = makeRepository(files);
    const { code, screen } = runOnTerminal(folder, ['run', '--color=never', ...transforms], [], {
      columns: 72,
    });
    expect(code).toBe(0);
    expect(screen).toContain('src/charm.py  modified');
    expect(screen).toMatch(/@@ rename-lib-modules, charm-tracing-config \(review\)|@@ rename-lib-modules ┄/);
    const lines = screen.replaceAll('\r\u001b[K', '\n').split(/\r?\n/);
    const long = lines.filter((line) => line.length > 72 && !line.includes('https://'));
    expect(long).toEqual([]);
    // The cursor moves only for the progress line.
    expect(screen.replaceAll('\u001b[K', '')).not.toContain('\u001b');
  });
});
