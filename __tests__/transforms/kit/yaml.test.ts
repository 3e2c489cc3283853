import { describe, expect, it } from '@jest/globals';
import { applyEdits, type Edit, type Range } from '../../../transforms/kit/edits.js';
import {
  isSeq,
  parseYaml,
  removeItem,
  replaceScalar,
  yamlAt,
  yamlString,
} from '../../../transforms/kit/yaml.js';

function collect(text: string) {
  const edits: Edit[] = [];
  const replace = (at: Range, fresh: string) =>
    edits.push({ start: at.start, end: at.end, text: fresh, group: 'g' });
  const edit = {
    replace: (at: unknown, fresh: string) => replace(at as Range, fresh),
    insert: (offset: number, fresh: string) => replace({ start: offset, end: offset }, fresh),
    remove: (at: unknown) => replace(at as Range, ''),
  };
  return { file: { text, edit }, result: () => applyEdits(text, edits) };
}

function rewrite(text: string, path: readonly string[], value: string): string {
  const { file, result } = collect(text);
  const document = parseYaml(text);
  const node = document && yamlString(yamlAt(document, path))?.node;
  if (node) replaceScalar(file, node, value);
  return result();
}

function without(text: string, index: number): string | false {
  const { file, result } = collect(text);
  const document = parseYaml(text);
  const list = document && yamlAt(document, ['a']);
  return isSeq(list) && removeItem(file, list, index) && result();
}

describe('replaceScalar', () => {
  it.each([
    ['plain', 'a: b  # c\n', 'x', 'a: x  # c\n'],
    ['double quotes', 'a: "b"\n', 'x', 'a: "x"\n'],
    ['single quotes', "a: 'b'\n", '0', "a: '0'\n"],
    ['a plain number', 'a: 1.10\n', '0', 'a: "0"\n'],
    ['CRLF', '# c\r\na: b\r\nd: e\r\n', 'x', '# c\r\na: x\r\nd: e\r\n'],
    ['a BOM', '\uFEFFa: b\n', 'x', '\uFEFFa: x\n'],
    ['no final newline', 'a: b', 'x', 'a: x'],
    ['UTF-16 offsets', '# 🐍\na: b\n', 'x', '# 🐍\na: x\n'],
  ])('keeps %s', (_, before, value, after) => {
    expect(rewrite(before, ['a'], value)).toBe(after);
  });

  it('gives the source of a number, and nothing for collections and aliases', () => {
    const document = parseYaml('a: 1.10\nb: [1]\nc: &x 1\nd: *x\n');
    expect(document && yamlString(yamlAt(document, ['a']))?.value).toBe('1.10');
    for (const key of ['b', 'd', 'e']) {
      expect(document && yamlString(yamlAt(document, [key]))).toBeUndefined();
    }
  });
});

describe('removeItem', () => {
  const list = '# top\na:\n  # one\n  - b: 1\n    c: 2\n\n  # two\n  - d\nz: 1\n';

  it('takes the lines of the item and keeps comments above it', () => {
    expect(without(list, 0)).toBe('# top\na:\n  # one\n\n  # two\n  - d\nz: 1\n');
    expect(without(list, 1)).toBe('# top\na:\n  # one\n  - b: 1\n    c: 2\n\n  # two\nz: 1\n');
  });

  it('keeps CRLF, a BOM and a missing final newline', () => {
    expect(without('\uFEFFa:\r\n- b: 1\r\n  c: 2\r\n- d\r\n', 0)).toBe('\uFEFFa:\r\n- d\r\n');
    expect(without('a:\n- b\n- d', 1)).toBe('a:\n- b\n');
  });

  it('refuses brackets, comments, and what is not there', () => {
    expect(without('a: [b, c]\n', 0)).toBe(false);
    expect(without('a:\n- b: 1  # why\n  c: 1\n', 0)).toBe(false);
    expect(without('a:\n- b\n', 3)).toBe(false);
  });
});
