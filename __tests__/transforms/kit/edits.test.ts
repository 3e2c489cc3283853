import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  applyEdits,
  type Edit,
  groupsIn,
  mapBack,
  mapForward,
  mapRangeBack,
  mapRangeForward,
  normalizeEdits,
  OverlapError,
  position,
} from '../../../transforms/kit/edits.js';

const edit = (start: number, end: number, text: string, group = 'g'): Edit => ({ start, end, text, group });

describe('applyEdits', () => {
  it.each<[string, string, Edit[], string]>([
    ['nothing', 'abc', [], 'abc'],
    ['replacement', 'abc', [edit(1, 2, 'XY')], 'aXYc'],
    ['deletion', 'abc', [edit(0, 2, '')], 'c'],
    ['insertion at both ends', 'abc', [edit(3, 3, '>'), edit(0, 0, '<')], '<abc>'],
    ['insertions at one point keep their order', 'ab', [edit(1, 1, '1'), edit(1, 1, '2')], 'a12b'],
    [
      'insertion in front of a replacement, whatever their order',
      'abc',
      [edit(1, 2, 'B'), edit(1, 1, '+')],
      'a+Bc',
    ],
    ['insertion behind a replacement', 'abc', [edit(2, 2, '+'), edit(1, 2, 'B')], 'aB+c'],
    ['overlapping removals of one group', 'abcd', [edit(0, 2, ''), edit(1, 3, '')], 'd'],
    ['a removal inside another of its group', 'abcd', [edit(0, 3, ''), edit(1, 2, '')], 'd'],
    ['neighbours', 'abc', [edit(1, 2, 'B'), edit(0, 1, 'A')], 'ABc'],
    ['the same replacement by two groups', 'abc', [edit(1, 2, 'B', 'g'), edit(1, 2, 'B', 'h')], 'aBc'],
    [
      'the same insertion by two groups',
      'abc',
      [edit(1, 1, 'B', 'g'), edit(1, 1, 'C', 'g'), edit(1, 1, 'B', 'h')],
      'aBCbc',
    ],
    ['the same insertion twice by one group', 'abc', [edit(1, 1, ')'), edit(1, 1, ')')], 'a))bc'],
    ['leading blank lines and a BOM stay', '\uFEFF\n\nx', [edit(3, 4, 'y')], '\uFEFF\n\ny'],
    ['a lone surrogate stays', 'a\uD800b', [edit(0, 1, '')], '\uD800b'],
  ])('%s', (_, source, edits, expected) => {
    expect(applyEdits(source, edits)).toBe(expected);
  });

  it.each<[string, Edit[]]>([
    ['crossing', [edit(0, 2, 'x', 'one'), edit(1, 3, 'y', 'two')]],
    ['same range, other text', [edit(0, 2, 'x', 'one'), edit(0, 2, 'y', 'two')]],
    ['inside', [edit(0, 3, 'x', 'one'), edit(1, 2, 'y', 'two')]],
    ['same start', [edit(0, 1, 'y', 'one'), edit(0, 3, 'x', 'two')]],
    ['insertion inside a replacement', [edit(0, 3, 'x', 'one'), edit(1, 1, 'y', 'two')]],
  ])('overlap names both owners: %s', (_, edits) => {
    expect(() => applyEdits('abcd', edits)).toThrow(OverlapError);
    expect(() => applyEdits('abcd', edits)).toThrow(/'one'.*'two'/);
  });

  it.each<[string, Edit]>([
    ['negative', edit(-1, 0, '')],
    ['past the end', edit(0, 5, '')],
    ['backwards', edit(2, 1, '')],
    ['not a number', edit(Number.NaN, 1, '')],
  ])('out of range: %s', (_, one) => {
    expect(() => applyEdits('abcd', [one])).toThrow(RangeError);
  });
});

/** Texts with astral characters, CRLF, BOM, and edits that do not overlap. */
const text = fc
  .array(fc.constantFrom('a', 'é', '漢', '😀', '\r\n', '\n', '\t', '\uFEFF', '\uD83D', ' '), {
    maxLength: 30,
  })
  .map((parts) => parts.join(''));
const edited = text.chain((source) =>
  fc
    .array(
      fc.record({ at: fc.nat(source.length), length: fc.nat(4), text, group: fc.constantFrom('g', 'h') }),
      { maxLength: 6 },
    )
    .map((wanted) => {
      const edits: Edit[] = [];
      let free = 0;
      for (const one of wanted.sort((a, b) => a.at - b.at)) {
        if (one.at < free) continue;
        const end = Math.min(source.length, one.at + one.length);
        edits.push({ start: one.at, end, text: one.text, group: one.group });
        free = end + 1;
      }
      return { source, edits };
    }),
);

describe('laws', () => {
  it('splices: text outside the edits is kept, in order', () => {
    fc.assert(
      fc.property(edited, ({ source, edits }) => {
        let at = 0;
        let expected = '';
        for (const one of edits) {
          expected += source.slice(at, one.start) + one.text;
          at = one.end;
        }
        expect(applyEdits(source, edits)).toBe(expected + source.slice(at));
      }),
    );
  });

  it('does not depend on the order of edits at different places', () => {
    fc.assert(
      fc.property(edited, ({ source, edits }) => {
        expect(applyEdits(source, edits.toReversed())).toBe(applyEdits(source, edits));
        expect(normalizeEdits(source, normalizeEdits(source, edits))).toEqual(normalizeEdits(source, edits));
      }),
    );
  });

  it('leaves the edits given to it alone', () => {
    fc.assert(
      fc.property(edited, ({ source, edits }) => {
        const copy = structuredClone(edits);
        normalizeEdits(source, edits);
        expect(edits).toEqual(copy);
      }),
    );
  });

  it('maps each kept character to itself, there and back', () => {
    fc.assert(
      fc.property(edited, ({ source, edits }) => {
        const output = applyEdits(source, edits);
        for (let at = 0; at < source.length; at += 1) {
          const replaced = edits.find((one) => one.start <= at && at < one.end);
          const there = mapForward(edits, at);
          if (replaced) {
            expect(there).toBe(mapForward(edits, replaced.start));
          } else {
            expect(output[there]).toBe(source[at]);
            expect(mapBack(edits, there)).toBe(at);
          }
        }
        expect(mapForward(edits, source.length)).toBe(output.length);
        expect(mapBack(edits, output.length)).toBe(source.length);
      }),
    );
  });

  it('maps monotonously', () => {
    fc.assert(
      fc.property(edited, ({ source, edits }) => {
        const output = applyEdits(source, edits);
        for (let at = 1; at <= source.length; at += 1)
          expect(mapForward(edits, at)).toBeGreaterThanOrEqual(mapForward(edits, at - 1));
        for (let at = 1; at <= output.length; at += 1)
          expect(mapBack(edits, at)).toBeGreaterThanOrEqual(mapBack(edits, at - 1));
      }),
    );
  });

  it('maps a range of kept text to the same text, without what is inserted around it', () => {
    fc.assert(
      fc.property(edited, fc.nat(), fc.nat(), ({ source, edits }, one, other) => {
        const [start = 0, end = 0] = [one % (source.length + 1), other % (source.length + 1)].sort(
          (a, b) => a - b,
        );
        const output = applyEdits(source, edits);
        const mapped = mapRangeForward(edits, { start, end });
        expect(mapped.start).toBeLessThanOrEqual(mapped.end);
        expect(mapped.end).toBeLessThanOrEqual(output.length);
        const touched = edits.some((each) => each.start < end && each.end > start);
        if (touched || start === end) return;
        expect(output.slice(mapped.start, mapped.end)).toBe(source.slice(start, end));
        expect(mapRangeBack(edits, mapped)).toEqual({ start, end });
      }),
    );
  });
});

describe('mapRangeForward', () => {
  it.each<[string, Edit[], [number, number], [number, number]]>([
    ['the replaced range is its replacement', [edit(2, 4, 'XYZ')], [2, 4], [2, 5]],
    ['part of a replaced range grows to the whole', [edit(2, 6, 'XYZ')], [3, 4], [2, 5]],
    ['an insertion behind is left out', [edit(4, 4, 'XYZ')], [2, 4], [2, 4]],
    ['an insertion in front is left out', [edit(2, 2, 'XYZ')], [2, 4], [5, 7]],
    ['an insertion within belongs to it', [edit(3, 3, 'XYZ')], [2, 4], [2, 7]],
    ['a deleted range is empty', [edit(1, 5, '')], [2, 4], [1, 1]],
    ['an empty range stays empty', [edit(2, 2, 'XYZ')], [2, 2], [5, 5]],
  ])('%s', (_, edits, [start, end], [newStart, newEnd]) => {
    expect(mapRangeForward(edits, { start, end })).toEqual({ start: newStart, end: newEnd });
  });
});

describe('groupsIn', () => {
  it.each<[string, [number, number], string[]]>([
    ['inside', [3, 3], ['a']],
    ['touching', [4, 6], ['a', 'b']],
    ['apart', [8, 9], []],
  ])('%s', (_, [start, end], expected) => {
    expect([...groupsIn([edit(2, 4, '', 'a'), edit(6, 6, 'x', 'b')], { start, end })]).toEqual(expected);
  });
});

describe('position', () => {
  it.each<[string, string, number, number, number]>([
    ['start', 'ab', 0, 1, 1],
    ['within', 'ab', 1, 1, 2],
    ['at the line end', 'ab\ncd', 2, 1, 3],
    ['next line', 'ab\ncd', 3, 2, 1],
    ['CRLF', 'ab\r\ncd', 4, 2, 1],
    ['astral characters count as two', '😀b', 2, 1, 3],
    ['end', 'a\n', 2, 2, 1],
  ])('%s', (_, source, offset, line, column) => {
    expect(position(source, offset)).toEqual({ line, column });
  });
});
