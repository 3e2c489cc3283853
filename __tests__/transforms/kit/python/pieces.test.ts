import { describe, expect, it } from '@jest/globals';
import { PythonFile } from '../../../../transforms/kit/python/file.js';
import { Pieces } from '../../../../transforms/kit/python/pieces.js';

const method = (index: number) =>
  `    # about ${index}\n    @property\n    def rare_${index}(self):\n        return self.common + "text_${index}"${' # fill'.repeat(20)}\n\n`;
const source = [
  'import first\n',
  'from second import rare_3 as alias\n\n',
  '@decorated(rare_5)\nclass Long(Base[rare_7]):\n    """Docs."""\n\n',
  ...Array.from({ length: 20 }, (_, index) => method(index)),
  'def short():\n    import second\n    return rare_3\n',
].join('');

describe('findWith', () => {
  const words = [
    'rare_3',
    'rare_5',
    'rare_7',
    'text_1',
    'text_19',
    'common',
    'second',
    'decorated',
    'Long',
    'nowhere',
  ];
  it.each(words)('finds the same in the pieces that hold %s as in the whole file', (word) => {
    const rule = { any: ['identifier', 'string_content', 'comment'].map((kind) => ({ kind })), regex: word };
    const [some, all] = [new PythonFile('a.py', source), new PythonFile('a.py', source)];
    const places = (nodes: ReturnType<PythonFile['find']>) => nodes.map((node) => node.range().start.index);
    const found = some.findWith([word], { rule } as Parameters<PythonFile['find']>[0]);
    expect(places(found)).toEqual(places(all.find({ rule } as Parameters<PythonFile['find']>[0])));
  });

  it('finds a statement that is a piece, and one inside of one', () => {
    const file = new PythonFile('a.py', source);
    const rule = { any: [{ kind: 'import_statement' }, { kind: 'import_from_statement' }] } as const;
    const found = file.findWith(['second'], { rule } as unknown as Parameters<PythonFile['find']>[0]);
    expect(found.map((node) => node.range().start.line)).toEqual([1, 108]);
  });

  it('a word in front of, between and behind statements is in no piece', () => {
    const text = '\f\nx = 1  \n\n\ny = 2\n  \f\n';
    const pieces = new Pieces(new PythonFile('a.py', text).root, `${text}${' '.repeat(9_999)}`);
    expect(pieces.holding(['\f', '  \n'])).toEqual([]);
    expect(pieces.holding(['y', '\f'])?.map((node) => node.text())).toEqual(['y = 2']);
  });

  it('overlooks a word between statements', () => {
    const file = new PythonFile('a.py', 'x = 1 \\\n\n\n# word\n\fy = 2\n');
    expect(file.findWith([' ', '\f'], { rule: { kind: 'integer' } })).toHaveLength(2);
  });
});
