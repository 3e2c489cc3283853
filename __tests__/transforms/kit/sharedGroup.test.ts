import { describe, expect, it } from '@jest/globals';
import {
  Charm,
  drain,
  MemoryTree,
  Overlay,
  type PipelineOptions,
  pipeline,
} from '../../../transforms/kit/index.js';
import { defineTransform, type Transform } from '../../../transforms/kit/transform.js';

/** Replaces a word in files of a kind, in the shared group, and says so. */
function replacing(id: string, from: string, to: string, files: readonly string[]): Transform {
  return defineTransform({
    id,
    title: `Write ${to} for ${from}`,
    safety: 'safe',
    language: 'text',
    files,
    literals: [from],
    findings: { replaced: { severity: 'info', title: 'Replaced' } },
    apply(file) {
      const start = file.text.indexOf(from);
      file.edit.replace({ start, end: start + from.length }, to, '/move');
      file.report('replaced', { group: '/move', message: `${from} is ${to} now`, help: 'Nothing to do.' });
    },
  });
}

const code = replacing('code-step', 'old', 'new', ['**/*.py']);
const pins = replacing('pins-step', 'lib==1', 'lib==2', ['**/*.txt']);
const files = { 'a.py': 'import old\n', 'requirements.txt': 'lib==1\n' };

function run(options: PipelineOptions = {}) {
  const tree = new Overlay(new MemoryTree(files));
  const transforms = [code, pins].map((transform) => ({ transform, options: {} }));
  const result = drain(pipeline(new Charm(tree), transforms, options));
  return { texts: Object.keys(files).map((path) => tree.read(path)), result };
}

describe('a group that begins with a slash', () => {
  it('is one for all transforms', () => {
    const { texts, result } = run();
    expect(texts).toEqual(['import new\n', 'lib==2\n']);
    expect(new Set(result.steps.flatMap((step) => step.edits.map((edit) => edit.group)))).toEqual(
      new Set(['/move']),
    );
    expect(result.findings.map((one) => one.id)).toEqual(['code-step/replaced', 'pins-step/replaced']);
  });

  it('is rejected whole', () => {
    const { texts, result } = run({ rejected: new Set(['/move']) });
    expect(texts).toEqual(Object.values(files));
    expect(result.findings).toEqual([]);
  });

  it.each(Object.keys(files))('is taken back when only %s was selected', (path) => {
    const { texts, result } = run({ selected: (one) => one === path });
    expect(texts).toEqual(Object.values(files));
    expect(result.findings).toMatchObject([
      { id: 'verify/not-selected', message: expect.stringMatching(/^move: the change also needs /) },
    ]);
  });

  it('is nothing to speak of when no file of it was selected', () => {
    const { result } = run({ selected: () => false });
    expect(result.findings).toEqual([]);
  });
});

describe('findings of plan', () => {
  const planning = defineTransform({
    id: 'plan-step',
    title: 'Counts the words that are left',
    safety: 'safe',
    language: 'text',
    files: ['**/*.py'],
    literals: ['one', 'two'],
    findings: {
      left: { severity: 'info', title: 'Left' },
      seen: { severity: 'info', title: 'Seen' },
    },
    plan({ charm, report }) {
      for (const file of charm.files()) {
        if (charm.read(file)?.includes('one')) report('left', { file, message: 'one is left', help: '' });
      }
    },
    apply(file) {
      file.report('seen', { message: file.text.trim(), help: '' });
      const start = file.text.indexOf('one');
      if (start !== -1) file.edit.replace({ start, end: start + 3 }, 'two');
    },
  });

  it('stand beside those of apply on the same file, and each round states them anew', () => {
    const tree = new Overlay(new MemoryTree({ 'a.py': 'one\n', 'b.py': 'two\n' }));
    const result = drain(pipeline(new Charm(tree), [{ transform: planning, options: {} }]));
    expect(result.findings.map((one) => [one.file, one.message]).sort()).toEqual([
      ['a.py', 'two'],
      ['b.py', 'two'],
    ]);
  });

  it('do not vanish when the file is visited', () => {
    const still = { ...planning, apply: () => {} };
    const tree = new Overlay(new MemoryTree({ 'a.py': 'one\n' }));
    const result = drain(pipeline(new Charm(tree), [{ transform: still, options: {} }]));
    expect(result.findings.map((one) => one.message)).toEqual(['one is left']);
  });
});
