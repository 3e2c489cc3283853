import { describe, expect, it } from '@jest/globals';
import { type Piece, wrapNested } from '../../../../transforms/kit/python/wrap.js';

const receiver: Piece = { open: 'Receiver(', items: ['url="http://foo"', 'name="otlp"'], close: ')' };
const call: Piece = { open: 'Data(', items: [{ open: 'all=[', items: [receiver], close: ']' }], close: ')' };

function wrap(piece: Piece, lineLength: number): string {
  return wrapNested('x = ', piece, '.dump()', {
    margin: '  ',
    layout: { eol: '\n', indent: '    ', lineLength },
  });
}

describe('wrapNested', () => {
  it('splits only what does not fit', () => {
    expect(wrap(call, 80)).toBe('x = Data(all=[Receiver(url="http://foo", name="otlp")]).dump()');
    expect(wrap(call, 58)).toBe('x = Data(\n      all=[Receiver(url="http://foo", name="otlp")]\n  ).dump()');
    expect(wrap(call, 50)).toBe(
      'x = Data(\n      all=[\n          Receiver(url="http://foo", name="otlp")\n      ]\n  ).dump()',
    );
    expect(wrap(call, 30)).toBe(
      'x = Data(\n      all=[\n          Receiver(\n              url="http://foo",\n              name="otlp",\n          )\n      ]\n  ).dump()',
    );
  });

  it('uses a line to its last column', () => {
    const joined = '      all=[Receiver(url="http://foo", name="otlp")]';
    expect(wrap(call, joined.length)).toContain(`\n${joined}\n`);
    expect(wrap(call, joined.length - 1)).not.toContain(joined);
    const line = '  x = Data(all=[Receiver(url="http://foo", name="otlp")]).dump()';
    expect(wrap(call, line.length)).toBe(line.trimStart());
    expect(wrap(call, line.length - 1)).toContain('\n');
  });

  it('cannot split an atom', () => {
    expect(wrap('"a long string"', 5)).toBe('x = "a long string".dump()');
  });
});
