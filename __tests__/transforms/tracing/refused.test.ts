import { expect, it } from '@jest/globals';
import { Refused, unlessRefused } from '../../../transforms/tracing/refused.js';

it('gives the decision, or what it was left with; other errors are errors', () => {
  expect(unlessRefused<string, number>(() => 'decided')).toBe('decided');
  expect(
    unlessRefused<string, number>(() => {
      throw new Refused(7);
    }),
  ).toBe(7);
  expect(() =>
    unlessRefused(() => {
      throw new Error('boom');
    }),
  ).toThrow('boom');
});
