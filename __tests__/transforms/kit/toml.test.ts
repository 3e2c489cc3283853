import { describe, expect, it } from '@jest/globals';
import { applyEdits, type Edit, type Range } from '../../../transforms/kit/edits.js';
import { parseToml, removeEntry, tomlEntries } from '../../../transforms/kit/toml.js';

const TEXT = '# top\na.b = 1\n\n[tool."x.y".z]\n"k" = [\n  1,\n]  # end\n[[list]]\nc = { d = 2 }\n';

function entries(text: string) {
  const document = parseToml(text);
  return document ? tomlEntries(document) : [];
}

function without(text: string, key: string): string | false {
  const edits: Edit[] = [];
  const edit = {
    replace: () => undefined,
    insert: () => undefined,
    remove: (at: unknown) => void edits.push({ ...(at as Range), text: '', group: 'g' }),
  };
  const found = entries(text).find((one) => one.key === key);
  return found !== undefined && removeEntry({ text, edit }, found) && applyEdits(text, edits);
}

describe('tomlEntries', () => {
  it('gives tables, keys and the places of keys and values', () => {
    const source = ({ start, end }: Range) => TEXT.slice(start, end);
    expect(
      entries(TEXT).map((one) => [one.table, one.key, source(one.keyRange), source(one.valueRange)]),
    ).toEqual([
      [['a'], 'b', 'b', '1'],
      [['tool', 'x.y', 'z'], 'k', '"k"', '[\n  1,\n]'],
      [['list', '0'], 'c', 'c', '{ d = 2 }'],
    ]);
  });

  it('counts UTF-16 units, with a BOM and CRLF', () => {
    const text = '\uFEFF# 🐍\r\na = 1\r\nb = 2\r\n';
    expect(entries(text).map(({ range }) => text.slice(range.start, range.end))).toEqual(['a = 1', 'b = 2']);
  });
});

describe('removeEntry', () => {
  it('takes the lines of the entry, the BOM and the line ends of the others stay', () => {
    expect(without('\uFEFFa = [\r\n  1,\r\n]\r\nb = 2\r\n', 'a')).toBe('\uFEFFb = 2\r\n');
    expect(without('a = 1\nb = 2', 'b')).toBe('a = 1\n');
  });

  it('refuses where a comment would be lost', () => {
    expect(without(TEXT, 'k')).toBe(false);
  });
});
