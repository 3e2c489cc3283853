import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unitsOf } from '../../../runner/report/fixes.js';
import { composeSteps, countLines, hunksOf, makersOf } from '../../../runner/report/hunks.js';
import type { Step } from '../../../runner/result.js';
import { applyEdits, type Edit } from '../../../transforms/kit/edits.js';
import { charmFiles, outcomeOf, patchOf } from './sample.js';

function step(transform: string, before: string, edits: readonly Omit<Edit, 'group'>[]): Step {
  const own = edits.map((edit) => ({ ...edit, group: `${transform}:g` }));
  return { transform, before, after: applyEdits(before, own), edits: own };
}

/** Applies changes the way a SARIF viewer would. */
function applied(before: string, steps: readonly Step[]): string {
  return applyEdits(
    before,
    composeSteps(steps).map(({ start, end, text }) => ({ start, end, text, group: 'x' })),
  );
}

describe('composeSteps', () => {
  it('gives one change with both makers when a step edits what another inserted', () => {
    const first = step('a', 'x = 1\n', [{ start: 4, end: 5, text: 'two' }]);
    const second = step('b', first.after, [{ start: 5, end: 6, text: 'W' }]);
    const changes = composeSteps([first, second]);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ start: 4, end: 5, text: 'tWo' });
    expect([...(changes[0]?.groups ?? [])].sort()).toEqual(['a:g', 'b:g']);
  });

  it('names the maker of a group that all transforms share', () => {
    const edits: Edit[] = [{ start: 0, end: 1, text: 'y', group: '/shared' }];
    const [change] = composeSteps([{ transform: 'a', before: 'x\n', after: 'y\n', edits }]);
    expect(makersOf(change?.groups ?? [])).toEqual(new Set(['a']));
    expect(change?.groups.has('/shared')).toBe(true);
  });

  it('forgets what a later step took back', () => {
    const first = step('a', 'x = 1\n', [{ start: 4, end: 5, text: '2' }]);
    const second = step('b', first.after, [{ start: 4, end: 5, text: '1' }]);
    expect(composeSteps([first, second])).toEqual([]);
  });

  it('counts a whole-file edit only for the lines that differ', () => {
    const before = 'a\nb\nc\nd\n';
    const changes = composeSteps([
      step('a', before, [{ start: 0, end: before.length, text: 'a\nB\nc\nd\ne\n' }]),
    ]);
    expect(changes.map(({ start, end, text }) => ({ start, end, text }))).toEqual([
      { start: 2, end: 3, text: 'B' },
      { start: 8, end: 8, text: 'e\n' },
    ]);
  });

  it('keeps who deleted and who inserted at the same place', () => {
    const first = step('a', 'abc', [{ start: 1, end: 2, text: '' }]);
    const second = step('b', 'ac', [{ start: 1, end: 1, text: 'X' }]);
    expect(composeSteps([first, second]).map((one) => [...one.groups].sort())).toEqual([['a:g', 'b:g']]);
  });

  it('applied to the original gives the last text, for any steps', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', ' '), maxLength: 12 });
    const cut = fc.record({ at: fc.nat(30), length: fc.nat(4), text });
    fc.assert(
      fc.property(text, fc.array(fc.array(cut, { maxLength: 3 }), { maxLength: 4 }), (source, plan) => {
        const steps: Step[] = [];
        let now = source;
        for (const [index, cuts] of plan.entries()) {
          const edits: Omit<Edit, 'group'>[] = [];
          let from = 0;
          for (const one of cuts) {
            const start = Math.min(now.length, from + one.at);
            const end = Math.min(now.length, start + one.length);
            edits.push({ start, end, text: one.text });
            from = end + 1;
            if (from > now.length) break;
          }
          const made = step(`t${index}`, now, edits);
          steps.push(made);
          now = made.after;
        }
        expect(applied(source, steps)).toBe(now);
      }),
      { numRuns: 500 },
    );
  });
});

describe('hunksOf', () => {
  const files = outcomeOf([{ files: charmFiles() }]).charms[0]?.files ?? [];
  const charm = files.find((file) => file.path === 'src/charm.py');

  it('names the makers of each hunk as a set', () => {
    expect(charm && hunksOf(charm).map((hunk) => hunk.makers)).toEqual([
      ['rename-lib-modules', 'charm-tracing-config'],
      ['charm-tracing-config'],
    ]);
  });

  it('numbers lines on both sides', () => {
    const first = charm && hunksOf(charm)[0];
    const added = first?.lines.filter((line) => line.kind === '+') ?? [];
    expect(added[0]).toMatchObject({ oldLine: null, newLine: 3 });
    expect(charm && countLines(hunksOf(charm))).toEqual({ added: 4, removed: 9 });
  });

  it('without steps all transforms of the file made every hunk', () => {
    const diff = patchOf('a.py', 'a\n', 'b\n');
    expect(hunksOf({ diff, steps: [], transforms: ['x', 'y'] }).map((hunk) => hunk.makers)).toEqual([
      ['x', 'y'],
    ]);
  });

  it('marks a missing newline at the end', () => {
    const [hunk] = hunksOf({ diff: patchOf('a.py', 'a', 'b\n'), steps: [], transforms: [] });
    expect(hunk?.lines.map((line) => line.noNewline)).toEqual([true, false]);
  });
});

describe('unitsOf', () => {
  const [charm] = outcomeOf([{ files: charmFiles() }]).charms;
  const units = charm ? unitsOf(charm, ['rename-lib-modules', 'charm-tracing-config']) : [];

  it('offers the edits of one group as one', () => {
    expect(units.map((unit) => unit.groups)).toEqual([
      ['rename-lib-modules:src/charm.py'],
      ['charm-tracing-config:tracing_endpoint'],
      ['rename-lib-modules:tests/test_charm.py'],
    ]);
    expect(units[1]?.files[0]?.changes).toHaveLength(4);
  });

  it('all units together give the result', () => {
    for (const file of charm?.files ?? []) {
      if (file.status !== 'modified') continue;
      const edits = units.flatMap((unit) =>
        unit.files
          .filter((one) => one.path === file.path)
          .flatMap((one) => one.changes.map(({ start, end, text }) => ({ start, end, text, group: 'g' }))),
      );
      expect(applyEdits(file.before ?? '', edits)).toBe(file.after);
    }
  });
});
