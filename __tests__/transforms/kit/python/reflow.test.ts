import { describe, expect, it } from '@jest/globals';
import { replaceReflowed } from '../../../../transforms/kit/python/reflow.js';
import type { Piece } from '../../../../transforms/kit/python/wrap.js';
import { edited } from './edited.js';

function reflow(source: string, piece: Piece): string {
  return edited(source, (file) => {
    const node = file.python.find({ rule: { kind: 'identifier', regex: '^X$' } })[0];
    if (node) replaceReflowed(file, node, piece);
  });
}

describe('replaceReflowed', () => {
  const piece: Piece = { open: 'g(', items: ['first', 'second'], close: ')' };

  it('stays on the line when it fits', () => {
    expect(reflow('a = f(x,  y=[X])  # c\n', piece)).toBe('a = f(x,  y=[g(first, second)])  # c\n');
  });

  it('splits the line at the outermost bracket', () => {
    expect(reflow('if a:\n  b = function(xxxx, y=[X.z, 1]).get()\n', piece)).toBe(
      'if a:\n  b = function(\n    xxxx, y=[g(first, second).z, 1]\n  ).get()\n',
    );
    expect(reflow('b = function(an_argument, another, y=not X)\n', 'a_very_long_name')).toBe(
      'b = function(\n    an_argument,\n    another,\n    y=not a_very_long_name,\n)\n',
    );
  });

  it('leaves brackets that span lines already', () => {
    expect(reflow('b = function(\n    an_argument_and_more, X,\n)\n', piece)).toBe(
      'b = function(\n    an_argument_and_more, g(\n        first, second\n    ),\n)\n',
    );
  });
});
