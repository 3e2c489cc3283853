import { describe, expect, it } from '@jest/globals';
import { callArguments, rewriteArguments } from '../../../../transforms/kit/python/calls.js';
import { edited } from './edited.js';

function rewrite(source: string, ...texts: readonly string[]): string {
  return edited(source, (file) => {
    const call = file.python.find({ rule: { kind: 'call' } })[0];
    const all = call ? (callArguments(call)?.all ?? []) : [];
    const pairs = texts.map((text, index) => [all[index], text] as const);
    if (call)
      rewriteArguments(file, call, new Map(pairs.flatMap(([one, text]) => (one ? [[one, text]] : []))));
  });
}

describe('rewriteArguments', () => {
  it('edits in place', () => {
    expect(rewrite('f(a, b=1)  # c\n', 'x')).toBe('f(x, b=1)  # c\n');
    expect(rewrite('f(\n    a,  # one\n    b,\n)\n', 'x', 'y')).toBe('f(\n    x,  # one\n    y,\n)\n');
  });

  it('wraps when a line becomes too long', () => {
    expect(rewrite('func(aaaaaaaaaaaaaaa, bbbbbbbbbbbbb)\n', 'x'.repeat(20))).toBe(
      `func(\n    ${'x'.repeat(20)}, bbbbbbbbbbbbb\n)\n`,
    );
    expect(rewrite('f(\n    aaaaaaaaaaaaaaa, bbbbbbbbbbbbbbb\n)\n', 'x'.repeat(12), 'y'.repeat(22))).toBe(
      `f(\n    ${'x'.repeat(12)}, ${'y'.repeat(22)}\n)\n`,
    );
    expect(rewrite('f(\n    aaaaaaaaaaaaaaa, bbbbbbbbbbbbbbb\n)\n', 'x'.repeat(20), 'y'.repeat(22))).toBe(
      `f(\n    ${'x'.repeat(20)},\n    ${'y'.repeat(22)},\n)\n`,
    );
  });

  it('keeps comments and lines that were too long before', () => {
    const long = 'x'.repeat(40);
    expect(rewrite('f(\n    aaaaaaaaaaaa,  # one\n)\n', long)).toBe(`f(\n    ${long},  # one\n)\n`);
    expect(rewrite(`f(a, ${long})\n`, 'bc')).toBe(`f(bc, ${long})\n`);
  });

  it('leaves a call without an argument list', () => {
    expect(rewrite('f(a for a in b)\n', 'x')).toBe('f(a for a in b)\n');
  });
});
