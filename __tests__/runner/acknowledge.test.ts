import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { RunOptions } from '../../runner/run.js';
import { run } from '../../runner/run.js';
import { defineTransform } from '../../transforms/kit/transform.js';
import { makeFolder } from './world.js';

/** Reports every `todo_…` in a file, and the charm as a whole when it has any. */
const todo = defineTransform({
  id: 'todo',
  title: 'Names that begin with todo_',
  safety: 'safe',
  language: 'text',
  files: ['**/*.py', '**/*.yaml'],
  literals: ['todo_'],
  findings: { open: { severity: 'warning', title: 'x' }, charm: { severity: 'warning', title: 'y' } },
  apply(file) {
    for (const { 0: name, index } of file.text.matchAll(/todo_\w+/g)) {
      file.report('open', {
        at: { start: index, end: index + 1 },
        message: `${name} is open`,
        help: 'Do it.',
      });
    }
  },
  conclude({ charm, report }) {
    if (charm.files().some((path) => charm.read(path)?.includes('todo_charm'))) {
      report('charm', { message: 'the charm is open', help: 'Do it.' });
    }
  },
});

async function runOn(cwd: string, options: RunOptions = {}) {
  const outcome = await run({ cwd, transforms: [todo], ...options });
  const findings = outcome.charms.flatMap((charm) =>
    charm.findings.map(({ id, file, line, message }) => `${file}:${line} ${id} ${message}`),
  );
  return { outcome, findings };
}

const charm = (text: string, more: Record<string, string> = {}) =>
  makeFolder({ 'charmcraft.yaml': 'name: x\n', 'src/charm.py': text, ...more });

describe('comments', () => {
  it.each([
    ['on the line', 'todo_a  # tempo-codemods: ignore[todo/open]\n'],
    ['on the line above', '# tempo-codemods: ignore[todo/open]\ntodo_a\n'],
    ['one of several', 'todo_a  # noqa # tempo-codemods: ignore[other/x, todo/open] because\n'],
    ['for two findings of a line', 'todo_a, todo_b  # tempo-codemods: ignore[todo/open]\n'],
    ['with CRLF', '# tempo-codemods: ignore[todo/open]\r\ntodo_a\r\n'],
  ])('%s', async (_, text) => {
    const { outcome, findings } = await runOn(charm(text));
    expect(findings).toEqual([]);
    expect(outcome.summary.findings.warning).toBe(0);
    expect(outcome.notices?.join()).toMatch(/^[12] findings? (is|are) acknowledged: [12] by comments$/);
  });

  it('covers its own line only when code stands on it, and one line below otherwise', async () => {
    const text =
      'x = 1  # tempo-codemods: ignore[todo/open]\ntodo_a\n# tempo-codemods: ignore[todo/open]\n\ntodo_b\n';
    expect((await runOn(charm(text))).findings).toEqual([
      'src/charm.py:2 todo/open todo_a is open',
      'src/charm.py:5 todo/open todo_b is open',
      "src/charm.py:1 verify/unused-ignore 'todo/open' is not found here, so nothing is acknowledged",
      "src/charm.py:3 verify/unused-ignore 'todo/open' is not found here, so nothing is acknowledged",
    ]);
  });

  it('tells of one that matches nothing, even when nothing else is to say', async () => {
    const { findings, outcome } = await runOn(charm('x = 1  # tempo-codemods: ignore[todo/open]\n'));
    expect(findings).toHaveLength(1);
    expect(outcome.charms[0]?.findings[0]).toMatchObject({
      line: 1,
      column: 8,
      endColumn: 43,
      severity: 'warning',
    });
  });

  it('does not judge what was not run', async () => {
    const text = 'x = 1  # tempo-codemods: ignore[other/reason, verify/residue]\n';
    expect((await runOn(charm(text))).findings).toEqual([]);
  });
});

describe('baseline', () => {
  const read = (folder: string) =>
    JSON.parse(readFileSync(join(folder, 'b.json'), 'utf8')).findings as unknown[];

  it('is written, accepts what it has, and nothing more', async () => {
    const folder = charm('todo_a\ntodo_a\ntodo_charm\n');
    const first = await runOn(folder, { baseline: 'b.json', updateBaseline: true });
    expect(first.findings).toEqual([]);
    expect(read(folder)).toEqual([
      { id: 'todo/open', file: 'src/charm.py', message: 'todo_a is open', count: 2 },
      { id: 'todo/open', file: 'src/charm.py', message: 'todo_charm is open', count: 1 },
      { id: 'todo/charm', file: null, message: 'the charm is open', count: 1 },
    ]);
    const again = await runOn(folder, { baseline: 'b.json' });
    expect(again.findings).toEqual([]);
    expect(again.outcome.notices).toEqual(['4 findings are acknowledged: 4 in b.json']);
    writeFileSync(join(folder, 'src/charm.py'), '\n\ntodo_a\ntodo_a\ntodo_a\ntodo_charm\n');
    expect((await runOn(folder, { baseline: 'b.json' })).findings).toEqual([
      'src/charm.py:5 todo/open todo_a is open',
    ]);
  });

  it('tells of entries that match nothing, where the run looked', async () => {
    const folder = charm('todo_a\ntodo_a\n', { 'src/other.py': 'todo_b\n' });
    await runOn(folder, { baseline: 'b.json', updateBaseline: true });
    writeFileSync(join(folder, 'src/charm.py'), 'todo_a\n');
    writeFileSync(join(folder, 'src/other.py'), '\n');
    const { findings, outcome } = await runOn(folder, { baseline: 'b.json' });
    expect(findings).toEqual([
      "b.json:null verify/unused-baseline the baseline has 'todo/open' in src/charm.py, which is not found any more",
      "b.json:null verify/unused-baseline the baseline has 'todo/open' in src/other.py, which is not found any more",
    ]);
    expect(outcome.summary).toMatchObject({ charms: 1, findings: { warning: 2 } });
    for (const paths of [['src/charm.py'], ['src/ch*.py']]) {
      expect((await runOn(folder, { baseline: 'b.json', paths })).findings).toHaveLength(1);
    }
    // Another list of steps knows nothing of these.
    expect(
      (await runOn(folder, { baseline: 'b.json', transforms: ['rename-lib-modules'] })).findings,
    ).toEqual([]);
    // What the run did not look at stays.
    await runOn(folder, { baseline: 'b.json', updateBaseline: true, paths: ['src/charm.py'] });
    expect(read(folder)).toHaveLength(2);
  });

  it.each([
    [undefined, {}, '--update-baseline needs --baseline FILE'],
    ['gone.json', { updateBaseline: false }, 'gone.json: no such baseline; --update-baseline writes it'],
    ['bad.json', {}, 'bad.json: is no baseline of tempo-codemods'],
    ['worse.json', {}, 'worse.json: '],
  ])('explains what is wrong: %s', async (baseline, more, message) => {
    const folder = makeFolder({ 'bad.json': '{"findings": [{"id": 1}]}', 'worse.json': '{' });
    const options = { updateBaseline: true, ...(baseline === undefined ? {} : { baseline }), ...more };
    await expect(runOn(folder, options)).rejects.toThrow(message);
  });
});
