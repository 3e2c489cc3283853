import { describe, expect, it } from '@jest/globals';
import { applyTransforms, drain, type PipelineOptions, pipeline } from '../../../transforms/kit/apply.js';
import { Charm } from '../../../transforms/kit/charm.js';
import { defineTransform, optionValues, type Transform } from '../../../transforms/kit/transform.js';
import { MemoryTree, Overlay } from '../../../transforms/kit/tree.js';

type Files = Readonly<Record<string, string>>;

function run(files: Files, transforms: readonly Transform[], options: PipelineOptions = {}) {
  const tree = new Overlay(new MemoryTree(files));
  const configured = transforms.map((transform) => ({ transform, options: optionValues(transform) }));
  const result = drain(pipeline(new Charm(tree), configured, options));
  const after = Object.fromEntries(tree.paths().map((path) => [path, tree.read(path)]));
  return { ...result, after, ids: result.findings.map((finding) => finding.id) };
}

/** A transform of Python files that hold `x`, from its `apply` alone. */
function step(id: string, apply: NonNullable<Transform['apply']>, more: Partial<Transform> = {}): Transform {
  const declared = defineTransform({
    id,
    title: id,
    safety: 'safe',
    language: 'python',
    literals: ['x'],
    findings: { note: { severity: 'info', title: 'A note for the test' } },
    apply: (file) => apply(file as never, undefined),
  });
  return { ...declared, ...more };
}

/** Replaces the first occurrence of a string. */
const replace = (id: string, from: string, to: string, group?: string) =>
  step(id, (file) => {
    const start = file.text.indexOf(from);
    if (start !== -1) file.edit.replace({ start, end: start + from.length }, to, group);
  });

describe('groups', () => {
  const rename = (file: { text: string; path: string }) => (file.path === 'b.py' ? 'y = (\n' : 'y = 1\n');

  it('a group that breaks the syntax of one file is taken back in all, another stays', () => {
    const both = step('both', (file) => {
      const end = file.text.length;
      if (file.text.startsWith('x')) file.edit.replace({ start: 0, end }, rename(file), 'pair');
      if (file.path === 'c.py' && file.text === 'ok = x\n')
        file.edit.replace({ start: 0, end }, 'ok = xx\n', 'other');
    });
    const result = run({ 'a.py': 'x\n', 'b.py': 'x\n', 'c.py': 'ok = x\n' }, [both]);
    expect(result.after).toEqual({ 'a.py': 'x\n', 'b.py': 'x\n', 'c.py': 'ok = xx\n' });
    expect(result.findings).toMatchObject([
      { id: 'verify/syntax', severity: 'error', file: 'b.py', transform: null },
    ]);
    expect([...result.vetoed.keys()]).toEqual(['both:pair']);
  });

  it('of two groups in a file only the one that breaks the syntax goes', () => {
    const two = step('two', (file) => {
      if (file.text.startsWith('(x')) file.edit.replace({ start: 0, end: 1 }, '[', 'one');
      if (!file.text.endsWith('y')) file.edit.insert(file.text.length, 'y', 'two');
    });
    const result = run({ 'a.py': '(x)\n' }, [two]);
    expect(result.after).toEqual({ 'a.py': '(x)\ny' });
    expect([...result.vetoed.keys()]).toEqual(['two:one']);
  });

  it('two groups that break the syntax only together both go', () => {
    const two = step('two', (file) => {
      if (file.text !== 'x = b\n') return;
      file.edit.replace({ start: 2, end: 3 }, '.', 'one');
      file.edit.replace({ start: 4, end: 5 }, '1', 'two');
    });
    const result = run({ 'a.py': 'x = b\n' }, [two]);
    expect(result.after).toEqual({ 'a.py': 'x = b\n' });
    expect([...result.vetoed.keys()]).toEqual(['two:one', 'two:two']);
  });

  it('broken YAML and TOML are taken back too', () => {
    const files = { 'a.yaml': 'x: 1\n', 'b.toml': 'x = 1\n', 'c.txt': 'x\n' };
    const breakAll = step(
      'break',
      (file) => {
        if (!file.text.includes('[')) file.edit.insert(file.text.length, '[', undefined);
      },
      { language: 'text', files: ['**'] },
    );
    expect(run(files, [breakAll]).after).toEqual({ ...files, 'c.txt': 'x\n[' });
  });

  it('a rejected group is not applied, and neither is its finding', () => {
    const noting = step('noting', (file) => {
      if (!file.text.startsWith('x')) return;
      file.edit.replace({ start: 0, end: 1 }, 'y', 'g');
      file.report('note', { message: 'm', help: '', group: 'g' });
    });
    expect(run({ 'a.py': 'x\n' }, [noting]).ids).toEqual(['noting/note']);
    const rejected = run({ 'a.py': 'x\n' }, [noting], { rejected: new Set(['noting:g']) });
    expect(rejected).toMatchObject({ after: { 'a.py': 'x\n' }, findings: [], steps: [] });
  });

  it('a group that needs a file that was not selected is refused, alone there it is silent', () => {
    const pair = step('pair', (file) => {
      if (file.text.startsWith('x')) file.edit.replace({ start: 0, end: 1 }, 'y', 'g');
    });
    const files = { 'a.py': 'x\n', 'b.py': 'x\n' };
    const refused = run(files, [pair], { selected: (path) => path === 'a.py' });
    expect(refused.after).toEqual(files);
    expect(refused.findings).toMatchObject([
      { id: 'verify/not-selected', message: expect.stringContaining('b.py') },
    ]);
    expect(run({ 'b.py': 'x\n' }, [pair], { selected: () => false })).toMatchObject({
      findings: [],
      steps: [],
    });
  });

  it('overlap of two groups names both and takes both back', () => {
    const overlapping = step('overlapping', (file) => {
      if (file.text !== 'xyz\n') return;
      file.edit.replace({ start: 0, end: 2 }, 'a', 'one');
      file.edit.replace({ start: 1, end: 3 }, 'b', 'two');
    });
    const result = run({ 'a.py': 'xyz\n' }, [overlapping]);
    expect(result.after).toEqual({ 'a.py': 'xyz\n' });
    expect(result.ids).toEqual(['verify/overlap', 'verify/overlap']);
    expect(result.findings[0]?.message).toMatch(/overlapping:one.*overlapping:two/);
  });
});

describe('syntax errors in the input', () => {
  const removeX = step('remove', (file) => {
    const start = file.text.indexOf('x = 1\n');
    if (start !== -1) file.edit.remove({ start, end: start + 6 }, `${file.path}:${start}`);
  });

  it.each<[string, string, string]>([
    ['in the statement itself', 'x = = 1\n', 'x = = 1\n'],
    ['in another statement', 'x = 1\na\ny = = 2\n', 'a\ny = = 2\n'],
  ])('%s', (_, source, expected) => {
    expect(run({ 'a.py': source }, [removeX]).after).toEqual({ 'a.py': expected });
  });

  it('the place of the refusal is that of the untouched file', () => {
    const grow = step('grow', (file) => {
      if (!file.text.startsWith('# grown')) file.edit.insert(0, '# grown\n');
    });
    const touch = step('touch', (file) => {
      const start = file.text.indexOf('x = =');
      if (start !== -1) file.edit.replace({ start, end: start + 1 }, 'z');
    });
    const source = 'a\nx = = 1\n';
    const finding = run({ 'a.py': source }, [grow, touch]).findings.find((one) => one.id === 'verify/syntax');
    expect(source.slice(finding?.rangeBefore?.start, finding?.rangeBefore?.end)).toContain('=');
    expect((finding?.rangeAfter?.start ?? 0) - (finding?.rangeBefore?.start ?? 0)).toBe('# grown\n'.length);
  });
});

describe('idempotence', () => {
  it('names both of a pair that undo one another, and takes the change back', () => {
    const result = run({ 'a.py': 'x = aa\n' }, [replace('to-b', 'aa', 'bb'), replace('to-a', 'bb', 'aa')]);
    const finding = result.findings.find((one) => one.id === 'verify/idempotence');
    expect(finding?.message).toContain('to-b');
    expect(finding?.message).toContain('to-a');
  });

  it('a step that never rests is taken back', () => {
    const grow = step('grow', (file) => file.edit.insert(0, '#\n'));
    const result = run({ 'a.py': 'x\n' }, [grow]);
    expect(result.after).toEqual({ 'a.py': 'x\n' });
    expect(result.findings[0]?.message).toMatch(/never comes to rest/);
  });

  it('a step comes to rest over several rounds', () => {
    expect(run({ 'a.py': 'x = aaaa\n' }, [replace('to-b', 'a', 'b')]).after).toEqual({
      'a.py': 'x = bbbb\n',
    });
  });

  it('says so when a second run would change a file that this one left', () => {
    const copy = step('copy', (file) => {
      if (file.path === 'a.py' && file.charm?.read('b.py') === 'xx\n' && file.text === 'x\n')
        file.edit.insert(0, '#\n');
    });
    const result = run({ 'a.py': 'x\n', 'b.py': 'x\n' }, [copy, replaceIn('b.py', 'x\n', 'xx\n')]);
    expect(result.after).toEqual({ 'a.py': 'x\n', 'b.py': 'xx\n' });
    expect(result.findings).toMatchObject(
      [{ id: 'verify/idempotence', file: 'a.py', message: /copy/ }].map((one) => ({
        ...one,
        message: expect.stringMatching(one.message),
      })),
    );
  });

  it('gives up, and says so, when vetoes never end', () => {
    let count = 0;
    const restless = step('restless', (file) => {
      count += 1;
      file.edit.replace({ start: 0, end: 1 }, '(', `g${count}`);
    });
    expect(() => run({ 'a.py': 'x\n' }, [restless])).toThrow(/no stable set of edits/);
  });
});

function replaceIn(path: string, from: string, to: string): Transform {
  return step('replace-in', (file) => {
    if (file.path === path && file.text === from) file.edit.replace({ start: 0, end: from.length }, to);
  });
}

describe('a transform that throws', () => {
  it('loses its edits of that file; its other files and the other steps go on', () => {
    const throwing = step('throwing', (file) => {
      if (file.text.startsWith('x')) file.edit.replace({ start: 0, end: 1 }, 'y');
      if (file.path === 'b.py') throw new Error('boom');
    });
    const result = run({ 'a.py': 'x\n', 'b.py': 'x\n' }, [throwing, replace('after', 'x', 'xyz = 1')]);
    expect(result.failures).toEqual([{ transform: 'throwing', path: 'b.py', message: 'boom' }]);
    expect(result.after['a.py']).toBe('y\n');
  });

  it('its group of that file goes in the others too', () => {
    const throwing = step('throwing', (file) => {
      if (!file.text.startsWith('x')) return;
      file.edit.replace({ start: 0, end: 1 }, 'y', 'pair');
      if (file.path === 'b.py') throw new Error('boom');
    });
    const files = { 'a.py': 'x\n', 'b.py': 'x\n' };
    const result = run(files, [throwing]);
    expect(result.after).toEqual(files);
    expect(result.ids).toEqual(['verify/failed']);
  });

  it('an edit out of range is its failure', () => {
    const wild = step('wild', (file) => file.edit.insert(99, 'a'));
    expect(run({ 'a.py': 'x\n' }, [wild, replace('after', 'x', 'z')])).toMatchObject({
      after: { 'a.py': 'z\n' },
      failures: [{ transform: 'wild', path: 'a.py', message: expect.stringContaining('out of range') }],
    });
  });

  it('an edit out of range takes its group out of the other files too', () => {
    const wild = step('wild', (file) => {
      file.edit.replace({ start: 0, end: file.path === 'b.py' ? 99 : 1 }, 'y', 'pair');
    });
    const files = { 'a.py': 'x\n', 'b.py': 'x\n', 'c.py': 'x\n' };
    const result = run(files, [wild]);
    expect(result.after).toEqual(files);
    expect(result.ids).toEqual(['verify/failed']);
  });

  it('two edits of one group that overlap take it back, and say so once', () => {
    const clumsy = step('clumsy', (file) => {
      file.edit.replace({ start: 0, end: 2 }, 'a');
      file.edit.replace({ start: 1, end: 3 }, 'b');
    });
    const { after, findings } = run({ 'a.py': 'xyz\n' }, [clumsy]);
    expect(after).toEqual({ 'a.py': 'xyz\n' });
    expect(findings).toMatchObject([
      { id: 'verify/overlap', help: expect.stringContaining('one after the other') },
    ]);
  });

  it('in plan: the step is skipped', () => {
    const planning = step('planning', () => {}, {
      plan: () => {
        throw { message: 'boom' };
      },
    });
    expect(run({ 'a.py': 'x\n' }, [planning, replace('after', 'x', 'z')])).toMatchObject({
      after: { 'a.py': 'z\n' },
      failures: [{ transform: 'planning', path: null, message: 'boom' }],
    });
  });

  it('a file that cannot be read is not visited', () => {
    class Bytes extends MemoryTree {
      override read(path: string) {
        return path === 'bad.py' ? undefined : super.read(path);
      }
    }
    const tree = new Overlay(new Bytes({ 'a.py': 'x\n', 'bad.py': 'x\n' }));
    const transform = replace('to-z', 'x', 'z');
    const result = drain(pipeline(new Charm(tree), [{ transform, options: {} }]));
    expect([result.failures, [...tree.changes]]).toEqual([[], [['a.py', 'z\n']]]);
  });

  it('in conclude: nothing is done', () => {
    const concluding = step('concluding', () => {}, {
      conclude: ({ act }) => {
        act({ kind: 'delete', path: 'a.py' });
        throw 'boom';
      },
    });
    expect(run({ 'a.py': 'x\n' }, [concluding])).toMatchObject({
      after: { 'a.py': 'x\n' },
      actions: [],
      failures: [{ transform: 'concluding', path: null, message: 'boom' }],
    });
  });

  it('reporting what is not declared, or asking for a rule that is not there, is a failure', () => {
    const undeclared = step('undeclared', (file) => file.report('nope', { message: '', help: '' }));
    const ruleless = step('ruleless', (file) => void file.find('nope'));
    const { failures } = run({ 'a.py': 'x\n' }, [undeclared, ruleless]);
    expect(failures.map(({ message }) => message)).toEqual([
      expect.stringContaining("does not declare it in 'findings'"),
      expect.stringContaining("has no rule 'nope'"),
    ]);
  });
});

describe('edits that change nothing', () => {
  it('are none, also in the second run', () => {
    const idle = replace('idle', 'x', 'x');
    expect(run({ 'a.py': 'x\n' }, [idle])).toMatchObject({ steps: [], ids: [] });
    const { after, ids } = run({ 'a.py': 'x = y\n' }, [idle, replace('to-z', 'y', 'z')]);
    expect([after, ids]).toEqual([{ 'a.py': 'x = z\n' }, []]);
  });
});

describe('a step that never comes to rest', () => {
  it('is taken back in all files, each under its own name', () => {
    const growing = step('growing', (file) => file.edit.insert(0, 'x'));
    const { after, findings } = run({ 'a.py': 'x\n', 'b.py': 'x\n' }, [growing]);
    expect(after).toEqual({ 'a.py': 'x\n', 'b.py': 'x\n' });
    expect(findings.map(({ id, file, message }) => [id, file, message])).toEqual([
      ['verify/idempotence', 'a.py', "growing: 'growing' never comes to rest"],
      ['verify/idempotence', 'b.py', "growing: 'growing' never comes to rest"],
    ]);
  });
});

describe('conclude', () => {
  const concluding = (seen: (string | undefined)[]) =>
    step('concluding', () => {}, {
      conclude: ({ charm, act, report }) => {
        seen.push(charm.read('a.py'));
        report('note', { message: 'done', help: '' });
        act({ kind: 'write', path: 'new.txt', text: 'n\n' });
        act({ kind: 'delete', path: 'old.txt' });
        act({ kind: 'fetch', library: 'charms.a.v0.b', root: '' });
      },
    });
  const files = { 'a.py': 'x\n', 'old.txt': 'o\n' };

  it('sees the final state of all steps, once, and acts on it', () => {
    const seen: (string | undefined)[] = [];
    const result = run(files, [concluding(seen), replace('after', 'x', 'z')]);
    expect(seen).toEqual(['z\n']);
    expect(result.after).toEqual({ 'a.py': 'z\n', 'new.txt': 'n\n' });
    expect(result.actions.map(({ kind, transform }) => `${transform} ${kind}`)).toEqual([
      'concluding write',
      'concluding delete',
      'concluding fetch',
    ]);
    expect(result.steps.at(-1)).toMatchObject({ path: 'new.txt', before: '', after: 'n\n' });
    expect(result.ids).toEqual(['concluding/note']);
  });

  it('acts only on a whole root, and not without facts', () => {
    expect(run(files, [concluding([])], { wholeRoot: false })).toMatchObject({
      after: files,
      actions: [],
      ids: ['concluding/note'],
    });
    expect(run(files, [concluding([])], { facts: false })).toMatchObject({
      after: files,
      actions: [],
      ids: [],
    });
  });

  it('leaves an action that a person rejected', () => {
    const rejected = new Set(['concluding:new.txt', 'concluding:old.txt']);
    expect(run(files, [concluding([])], { rejected })).toMatchObject({
      after: files,
      actions: [{ kind: 'fetch' }],
    });
  });
});

describe('findings', () => {
  it('carry their place before and after the run', () => {
    const note = step('note-x', (file) => {
      const start = file.text.indexOf('x');
      file.report('note', { message: 'm', help: '', at: { start, end: start + 1 } });
    });
    const grow = step('grow', (file) => {
      if (!file.text.startsWith('#')) file.edit.insert(0, '#\n');
    });
    const before = run({ 'a.py': 'a\nx\n' }, [note, grow]).findings[0];
    expect(before).toMatchObject({ rangeBefore: { start: 2, end: 3 }, rangeAfter: { start: 4, end: 5 } });
    const after = run({ 'a.py': 'a\nx\n' }, [grow, note]).findings[0];
    expect(after).toMatchObject({ rangeBefore: { start: 2, end: 3 }, rangeAfter: { start: 4, end: 5 } });
  });

  it('without a group state what is left, once; with one they go with the edit', () => {
    const one = step('one', (file) => {
      const start = file.text.indexOf('a');
      if (start !== -1) {
        file.edit.replace({ start, end: start + 1 }, 'b');
        file.report('note', {
          message: 'changed',
          help: '',
          at: { start, end: start + 1 },
          group: file.path,
        });
      }
      file.report('note', { message: 'left', help: '' });
    });
    const { findings } = run({ 'c.py': 'x = a + a\n' }, [one]);
    expect(findings.map(({ message, rangeBefore }) => [message, rangeBefore?.start])).toEqual([
      ['left', undefined],
      ['changed', 4],
      ['changed', 8],
    ]);
  });

  it('of plan and apply on one file both stay', () => {
    const both = step('both', (file) => file.report('note', { message: 'apply', help: '' }), {
      plan: ({ report }) => report('note', { message: 'plan', help: '', file: 'a.py' } as never),
    });
    expect(run({ 'a.py': 'x\n' }, [both]).findings.map(({ message }) => message)).toEqual(['plan', 'apply']);
  });

  it('of plan with a group go with its edits', () => {
    const planning = (edit: boolean) =>
      step(
        'planning',
        (file) => {
          if (edit && file.text === 'x\n') file.edit.insert(0, 'a', 'pair');
        },
        { plan: ({ report }) => report('note', { message: 'plan', help: '', group: 'pair' }) },
      );
    expect(run({ 'a.py': 'x\n' }, [planning(true)]).ids).toEqual(['planning/note']);
    expect(run({ 'a.py': 'x\n' }, [planning(false)]).ids).toEqual([]);
  });

  it('say where they are explained: on the page of the transform, else on ours', () => {
    const note = (docs?: string) =>
      step(
        'note-x',
        (file) => file.report('note', { message: 'm', help: '' }),
        docs === undefined ? {} : { docs },
      );
    const docs = (transform: Transform) =>
      run({ 'a.py': 'x\n' }, [transform]).findings.map((one) => one.docs);
    expect(docs(note('https://a'))).toEqual(['https://a#note']);
    expect(docs(note())).toEqual([expect.stringMatching(/\/docs\/transforms\/note-x\.md#note$/)]);
  });

  it('of files that were not selected are left out', () => {
    const note = step('note-x', (file) => file.report('note', { message: 'm', help: '' }));
    const { findings } = run({ 'a.py': 'x\n', 'b.py': 'x\n' }, [note], {
      selected: (path) => path === 'a.py',
    });
    expect(findings.map(({ file }) => file)).toEqual(['a.py']);
  });

  it('verify sees the final state and what was found', () => {
    const { ids } = run({ 'a.py': 'x\n' }, [replace('to-z', 'x', 'z')], {
      verify: [
        (charm, earlier) => [
          {
            id: `verify/${charm.read('a.py')?.trim()}-${earlier.length}`,
            severity: 'info',
            transform: null,
            file: null,
            range: null,
            message: '',
            help: '',
            docs: '',
          },
        ],
      ],
    });
    expect(ids).toEqual(['verify/z-0']);
  });
});

describe('which files a step sees', () => {
  const seen = (files: Files, more: Partial<Transform> = {}, options: PipelineOptions = {}) => {
    const paths: string[] = [];
    const look = step('look', (file) => void paths.push(file.path), more);
    run(files, [look], options);
    return paths;
  };

  it.each<[string, Files, Partial<Transform>, string[]]>([
    [
      'Python with a literal',
      { 'a.py': 'x', 'b.py': 'y', 'c.pyi': 'x', 'd.txt': 'x' },
      {},
      ['a.py', 'c.pyi'],
    ],
    ['hidden folders too', { '.a/b.py': 'x' }, {}, ['.a/b.py']],
    ['by globs', { 'a.yaml': 'x', 'b/a.yaml': 'x', 'b.yml': 'x' }, { files: ['*.yaml'] }, ['a.yaml']],
    ['what the plan adds', { 'a.py': 'y' }, { also: () => ['a.py'] }, ['a.py']],
    ['not vendored libraries', { 'lib/charms/a/v0/b.py': 'x' }, {}, []],
    [
      'the owner its own',
      { 'lib/charms/a/v0/b.py': 'x', 'metadata.yaml': 'name: a\n' },
      {},
      ['lib/charms/a/v0/b.py'],
    ],
    [
      'neither history nor lock files',
      { 'CHANGELOG.md': 'x', 'uv.lock': 'x', 'docs/release-notes/a.md': 'x' },
      { files: ['**'] },
      [],
    ],
    ['code named like history', { 'src/history.py': 'x' }, {}, ['src/history.py']],
  ])('%s', (_, files, more, expected) => {
    expect(seen(files, more)).toEqual(expected);
  });

  it('in order, and tells so', () => {
    const visits: (string | null)[] = [];
    const onVisit = (_: string, path: string | null) => visits.push(path);
    expect(seen({ 'b.py': 'x', 'a.py': 'x' }, {}, { onVisit })).toEqual(['a.py', 'b.py']);
    expect(visits).toEqual([null, 'a.py', 'b.py']);
  });

  it('only what was selected is edited, and what was not counts for nothing in the second run', () => {
    const files = { 'a.py': 'x\n', 'b.py': 'x\n' };
    const { after, ids } = run(files, [replace('to-z', 'x', 'z')], { selected: (path) => path === 'a.py' });
    expect([after, ids]).toEqual([{ 'a.py': 'z\n', 'b.py': 'x\n' }, []]);
  });

  it('line endings, indentation and line length of the file', () => {
    let layout: unknown;
    const look = step('look', (file) => {
      layout = file.layout;
      expect(file.layout).toBe(layout);
    });
    run({ 'a/b.py': 'if x:\r\n\ty\r\n', 'pyproject.toml': '[tool.black]\nline-length = 99\n' }, [look]);
    expect(layout).toEqual({ eol: '\r\n', indent: '\t', lineLength: 99 });
    run({ 'a.py': 'x' }, [look], { lineLength: 50 });
    expect(layout).toEqual({ eol: '\n', indent: '    ', lineLength: 50 });
  });
});

describe('options', () => {
  it('default to what is declared, unless given', () => {
    const options = {
      a: { type: 'boolean', default: true, description: '' },
      b: { type: 'number', default: 1, description: '' },
    } as const;
    const transform = step('optional', () => {}, { options });
    expect(optionValues(transform)).toEqual({ a: true, b: 1 });
    expect(optionValues(transform, { b: 2 })).toEqual({ a: true, b: 2 });
  });
});

describe('applyTransforms', () => {
  const path = 'a.py';
  it.each<[string, string, Transform[], string]>([
    ['changed', 'x\n', [replace('to-z', 'x', 'z')], 'changed'],
    ['unchanged', 'y\n', [replace('to-z', 'x', 'z')], 'unchanged'],
    ['skipped', 'x\0', [], 'skipped'],
    [
      'failed',
      'x\n',
      [
        step('boom', () => {
          throw new Error('boom');
        }),
      ],
      'failed',
    ],
  ])('%s', (_, source, transforms, status) => {
    expect(applyTransforms(source, transforms, { path })).toMatchObject({ status });
  });

  it('facts are there when the charm is', () => {
    const seen: boolean[] = [];
    const look = step('look', (file) => void seen.push(file.charm !== undefined));
    applyTransforms('x', [look], { path });
    applyTransforms('x', [{ transform: look, options: {} }], { path, charm: {}, lineLength: 99 });
    expect(seen).toEqual([false, true]);
  });
});

describe('defineTransform', () => {
  const spec = {
    id: 'a',
    title: '',
    safety: 'safe',
    language: 'python',
    literals: ['x'],
    apply: () => {},
  } as const;
  it.each<[string, object, RegExp]>([
    ['id', { id: 'A_b' }, /kebab-case/],
    ['no literal', { literals: [] }, /literals/],
    ['empty literal', { literals: [''] }, /literals/],
    ['no files', { language: 'yaml' }, /'files'/],
    ['nothing to do', { apply: undefined }, /nothing to do/],
  ])('%s', (_, wrong, message) => {
    expect(() => defineTransform({ ...spec, ...wrong } as never)).toThrow(message);
  });

  it('has no plan, no more files and no findings unless given', () => {
    const transform = defineTransform(spec);
    expect(transform.plan({} as never)).toBeUndefined();
    expect(transform.also(undefined)).toEqual([]);
    expect(transform.findings).toEqual({});
  });
});
