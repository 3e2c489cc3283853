import { describe, expect, it } from '@jest/globals';
import { renderGithub } from '../../../runner/report/github.js';
import { charmFiles, hostileOutcome, outcomeOf } from './sample.js';

describe('github', () => {
  it('annotates findings and pending changes', () => {
    const text = renderGithub(outcomeOf([{ files: charmFiles() }]));
    expect(text).toContain(
      '::warning file=src/charm.py,line=20,endLine=20,col=30,endColumn=44,title=charm-tracing-config/cert-read-elsewhere::`self.cert_path` is read',
    );
    expect(text).toContain(
      '::notice file=src/charm.py,line=3,title=would change this file::rename-lib-modules, charm-tracing-config would change',
    );
  });

  it('leaves written changes alone', () => {
    expect(renderGithub(outcomeOf([{ files: charmFiles() }], { written: true }))).not.toContain('would');
  });

  it('gives at most ten of a kind and counts the rest', () => {
    const charms = Array.from({ length: 12 }, (_, index) => ({
      root: `c${index}`,
      files: charmFiles(`c${index}`),
    }));
    const lines = renderGithub(outcomeOf(charms)).split('\n');
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::notice '))).toHaveLength(10);
    expect(lines).toContain('2 more warnings: GitHub shows 10 of a step');
  });

  it('no content starts a command of its own', () => {
    for (const line of renderGithub(hostileOutcome()).trimEnd().split('\n')) {
      expect(line).toMatch(
        /^::(error|warning|notice) file=src\/<img src=x onerror=alert\(1\)> `%3A%3Aerror%3A%3A`/,
      );
      expect(line).not.toContain('\r');
    }
  });
});
