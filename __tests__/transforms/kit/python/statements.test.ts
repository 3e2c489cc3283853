import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PythonNode } from '../../../../transforms/kit/languages.js';
import { layoutOf } from '../../../../transforms/kit/layout.js';
import { PythonFile, rangeOf } from '../../../../transforms/kit/python/file.js';
import {
  commentsIn,
  insertAfter,
  insertBefore,
  leadingComments,
  lineEnd,
  lineStart,
  marginOf,
  nextLine,
  ownsItsLines,
  removeStatements,
  siblings,
  statementOf,
} from '../../../../transforms/kit/python/statements.js';
import { edited } from './edited.js';

/** The statements that hold an identifier whose name begins with `X`. */
function marked(root: PythonNode): PythonNode[] {
  const found = root.findAll({ rule: { kind: 'identifier', regex: '^X' } }).map(statementOf);
  return [...new Map(found.map((node) => [node.id(), node])).values()];
}

const removed = (source: string) =>
  edited(source, (file) => removeStatements(file, marked(file.python.root)));

describe('removeStatements', () => {
  it.each<[string, string, string]>([
    ['nothing to remove', 'a = 1\n', 'a = 1\n'],
    ['between two', 'a\nX\nb\n', 'a\nb\n'],
    ['with the comment behind it', 'a\nX  # c\nb\n', 'a\nb\n'],
    ['the comment above stays', 'a\n# c\nX\nb\n', 'a\n# c\nb\n'],
    ['the comment behind the line above stays', 'a  # c\nX\nb\n', 'a  # c\nb\n'],
    ['first of the file', 'X\n\na\n', 'a\n'],
    ['first of the file with two blank lines below', 'X\n\n\ndef f():\n    pass\n', 'def f():\n    pass\n'],
    ['behind a BOM', '\uFEFFX\na\n', '\uFEFFa\n'],
    ['the only one of the file', 'X\n', ''],
    ['last of the file', 'a\n\n\nX\n', 'a\n'],
    ['last of a file without a newline at its end', 'a\nX', 'a'],
    ['last of a CRLF file without a newline at its end', 'a\r\n\r\nX', 'a'],
    ['the larger distance stays: below', 'a\n\nX\n\n\ndef f():\n    pass\n', 'a\n\n\ndef f():\n    pass\n'],
    ['the larger distance stays: above', 'def f():\n    pass\n\n\nX\n\nb\n', 'def f():\n    pass\n\n\nb\n'],
    ['distance above only', 'a\n\nX\nb\n', 'a\n\nb\n'],
    ['distance below only', 'a\nX\n\nb\n', 'a\n\nb\n'],
    ['equal distances', 'a\n\nX\n\nb\n', 'a\n\nb\n'],
    ['under a licence comment', '# c\n\nX\n\n\nclass A:\n    pass\n', '# c\n\n\nclass A:\n    pass\n'],
    ['function', 'a\n\n\ndef X():\n    pass\n\n\nb\n', 'a\n\n\nb\n'],
    ['decorated function', 'a\n\n\n@X\n# c\ndef f():\n    pass\n\n\nb\n', 'a\n\n\nb\n'],
    [
      'last method',
      'class A:\n    a = 1\n\n    def X():\n        pass\n\n\nb\n',
      'class A:\n    a = 1\n\n\nb\n',
    ],
    [
      'first method',
      'class A:\n    def X():\n        pass\n\n    def f():\n        pass\n',
      'class A:\n    def f():\n        pass\n',
    ],
    [
      'method between two',
      'class A:\n    def f(): pass\n\n    def X(): pass\n\n    def g(): pass\n',
      'class A:\n    def f(): pass\n\n    def g(): pass\n',
    ],
    [
      'first behind a docstring',
      'class A:\n    """D."""\n\n    X = 1\n\n    def f(): pass\n',
      'class A:\n    """D."""\n\n    def f(): pass\n',
    ],
    [
      'first of a block under a comment',
      'def f():\n    # c\n    X\n\n    b\n',
      'def f():\n    # c\n\n    b\n',
    ],
    ['the only one of a block becomes pass', 'if a:\n    X\nb\n', 'if a:\n    pass\nb\n'],
    ['the only ones of a block', 'if a:\n    X1\n\n    X2\nb\n', 'if a:\n    pass\nb\n'],
    [
      'the only one of a block keeps its comments',
      'if a:\n    # c\n    X  # d\n',
      'if a:\n    # c\n    pass  # d\n',
    ],
    [
      'a docstring is enough for a block',
      'class A:\n    """D."""\n\n    X = 1\n',
      'class A:\n    """D."""\n',
    ],
    ['of several lines', 'a\nX = [\n    1,  # c\n]\nb\n', 'a\nb\n'],
    ['continued by a backslash', 'a\nX = 1 + \\\n    2\nb\n', 'a\nb\n'],
    ['compound', 'a\nif X:\n    pass\nelse:\n    pass\nb\n', 'a\nb\n'],
    ['two neighbours', 'a\nX1\nX2\nb\n', 'a\nb\n'],
    ['two with blank lines between', 'a\n\nX1\n\nX2\n\nb\n', 'a\n\nb\n'],
    ['two apart', 'a\nX1\nb\nX2\nc\n', 'a\nb\nc\n'],
    ['all of the file', 'X1\n\nX2\n', ''],
    ['first of a line', 'X; b\n', 'b\n'],
    ['last of a line', 'a; X\nb\n', 'a\nb\n'],
    ['middle of a line', 'a; X; b  # c\n', 'a; b  # c\n'],
    ['several of a line', 'a; X1; X2\n', 'a\n'],
    ['several at the start of a line', 'X1; X2; a\n', 'a\n'],
    ['all of a line', 'a\nX1; X2\nb\n', 'a\nb\n'],
    ['before a semicolon at the line end', 'a\nX;\nb\n', 'a\nb\n'],
    ['before a semicolon at the end of the file', 'a\nX;', 'a'],
    ['behind a syntax error on its line', ') X\nb\n', ') \nb\n'],
    ['before a semicolon and a comment', 'a\nX;  # c\nb\n', 'a\nb\n'],
    ['in the line of its header', 'if a: X\nb\n', 'if a: pass\nb\n'],
    ['first in the line of its header', 'if a: X; b\n', 'if a: b\n'],
    ['last in the line of its header', 'if a: b; X\n', 'if a: b\n'],
    ['all in the line of its header', 'if a: X1; X2\n', 'if a: pass\n'],
    ['tabs', 'if a:\n\tX\n\tb\n', 'if a:\n\tb\n'],
    ['CRLF', 'a\r\n\r\nX\r\n\r\nb\r\n', 'a\r\n\r\nb\r\n'],
    ['a form feed on its line stays', 'a\n\fX\nb\n', 'a\n\fb\n'],
    ['a form feed above stays', 'a\n\n\f\nX\n\nb\n', 'a\n\n\f\n\nb\n'],
    ['import of a try', 'try:\n    import X\nexcept E:\n    pass\n', 'try:\n    pass\nexcept E:\n    pass\n'],
  ])('%s', (_, source, expected) => {
    expect(removed(source)).toBe(expected);
  });
});

/** Programs as lines; removable statements carry a unique name. */
const program = fc
  .array(
    fc.constantFrom(
      'a = 1',
      'X = 2',
      '# é 漢 😀',
      '',
      '',
      'X()  # c',
      'import X',
      'from m import X, b',
      'a; X',
      'X; b',
      'X1; X2',
      'if a:\n    X',
      'if a: X',
      'if a:\n    X\n    # c\n    b\nelse:\n    c',
      'def f():\n    """D 😀."""\n    X = 1\n    return 2',
      'class A:\n    X = 1\n\n    def m(self):\n        pass',
      '@X\ndef g():\n    pass',
      's = """\nX\n"""',
      'X = """\n  b\n"""',
      'try:\n    X\nexcept E:\n    X',
      'X(\n    1,  # c\n)',
      '\f',
      'while a:\n\tX\n\tb',
    ),
    { maxLength: 9 },
  )
  .chain((parts) =>
    fc
      .record({ eol: fc.constantFrom('\n', '\r\n'), bom: fc.constantFrom('', '\uFEFF'), end: fc.boolean() })
      .map(({ eol, bom, end }) => bom + (parts.join('\n') + (end ? '\n' : '')).replaceAll('\n', eol)),
  );

const parsesNoWorse = (before: string, after: string) =>
  new PythonFile('a.py', after).syntaxErrors.length <= new PythonFile('a.py', before).syntaxErrors.length;
const trimmed = (text: string) => text.split('\n').filter((line) => line.trim() !== '');
const blocks = (source: string) => {
  const byBlock = new Map<number, PythonNode[]>();
  for (const node of marked(new PythonFile('a.py', source).root)) {
    const id = node.parent()?.id() ?? -1;
    byBlock.set(id, [...(byBlock.get(id) ?? []), node]);
  }
  return byBlock;
};

describe('laws of edits of statements', () => {
  it('a removal parses, keeps every other line byte for byte and the line endings', () => {
    fc.assert(
      fc.property(program, (source) => {
        for (const [index] of [...blocks(source).keys()].entries()) {
          let touched: readonly [number, number][] = [];
          const output = edited(source, (file) => {
            const byBlock = new Map<number, PythonNode[]>();
            for (const node of marked(file.python.root)) {
              const id = node.parent()?.id() ?? -1;
              byBlock.set(id, [...(byBlock.get(id) ?? []), node]);
            }
            const group = [...byBlock.values()][index] ?? [];
            touched = group
              .map((node) => [node.range().start.line, node.range().end.line] as const)
              .map(([a, b]) => [a, b]);
            removeStatements(file, group);
          });
          expect(parsesNoWorse(source, output)).toBe(true);
          const kept = source
            .split('\n')
            .filter((line, at) => line.trim() !== '' && !touched.some(([from, to]) => from <= at && at <= to))
            .map((line) => line.replace(/\r$|^\uFEFF/g, ''));
          const lines = trimmed(output).map((line) => line.replace(/\r$|^\uFEFF/g, ''));
          let at = 0;
          for (const line of kept) {
            at = lines.indexOf(line, at) + 1;
            expect({ line, at }).not.toEqual({ line, at: 0 });
          }
          const eol = source.includes('\r\n');
          expect(/(^|[^\r])\n/.test(output) && eol).toBe(false);
          expect(output.startsWith('\uFEFF')).toBe(source.startsWith('\uFEFF'));
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['behind', insertAfter],
    ['in front', insertBefore],
  ] as const)('an insertion %s parses, only adds, and takes the line ending of the file', (_, insert) => {
    fc.assert(
      fc.property(program, (source) => {
        const count = marked(new PythonFile('a.py', source).root).length;
        for (let index = 0; index < count; index += 1) {
          const output = edited(source, (file) => {
            const statement = marked(file.python.root)[index];
            if (statement) insert(file, statement, ['new()']);
          });
          expect(parsesNoWorse(source, output)).toBe(true);
          expect(new PythonFile('a.py', output).find('new()')).toHaveLength(1);
          const bare = (text: string) => text.replace(/new\(\)|[\s;]+/g, '');
          expect(bare(output)).toBe(bare(source));
          const { eol } = layoutOf(source, 88);
          expect(/(^|[^\r])\n/.test(output) && eol === '\r\n').toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('insertAfter', () => {
  it.each<[string, string, string]>([
    ['at its indentation', 'if a:\n    X\n    b\n', 'if a:\n    X\n    N\n    b\n'],
    ['behind the comment of its line', 'X  # c\nb\n', 'X  # c\nN\nb\n'],
    ['at the end of a file without a newline', 'X', 'X\nN'],
    ['behind a compound statement', 'if X:\n    a\n\nb\n', 'if X:\n    a\nN\n\nb\n'],
    ['between two of one line', 'X; b\n', 'X\nN; b\n'],
    ['behind the last of a line', 'a; X  # c\n', 'a; X  # c\nN\n'],
    ['in the line of a header', 'if a: X  # c\nb\n', 'if a: X; N  # c\nb\n'],
    ['CRLF', 'X\r\nb\r\n', 'X\r\nN\r\nb\r\n'],
    ['tabs', 'if a:\n\tX\n', 'if a:\n\tX\n\tN\n'],
  ])('%s', (_, source, expected) => {
    const output = edited(source, (file) => {
      for (const statement of marked(file.python.root)) insertAfter(file, statement, ['N']);
    });
    expect(output).toBe(expected);
  });

  it('takes several lines, blank ones without margin', () => {
    const output = edited('if a:\n    X\n', (file) => {
      for (const statement of marked(file.python.root))
        insertAfter(file, statement, ['', '# c', 'f(\n        1,\n    )']);
    });
    expect(output).toBe('if a:\n    X\n\n    # c\n    f(\n        1,\n    )\n');
  });
});

describe('insertBefore', () => {
  it.each<[string, string, string]>([
    ['at its indentation', 'if a:\n    X\n', 'if a:\n    N\n    X\n'],
    ['above its comments', 'a\n# c\n# d\nX\n', 'a\nN\n# c\n# d\nX\n'],
    ['below a comment that stands apart', '# c\n\nX\n', '# c\n\nN\nX\n'],
    ['below the comment of the line above', 'a  # c\nX\n', 'a  # c\nN\nX\n'],
    ['above decorators', '@X\ndef f(): pass\n', 'N\n@X\ndef f(): pass\n'],
    ['behind a BOM', '\uFEFFX\n', '\uFEFFN\nX\n'],
    ['in the line of a header', 'if a: X\n', 'if a: N; X\n'],
    ['second of a line', 'a; X\n', 'a; N\nX\n'],
    ['CRLF', 'a\r\nX\r\n', 'a\r\nN\r\nX\r\n'],
  ])('%s', (_, source, expected) => {
    const output = edited(source, (file) => {
      for (const statement of marked(file.python.root)) insertBefore(file, statement, ['N']);
    });
    expect(output).toBe(expected);
  });
});

describe('places', () => {
  it.each<[string, string, number, number, number, number]>([
    ['first line', 'ab\ncd', 1, 0, 2, 3],
    ['line end itself', 'ab\ncd', 2, 0, 2, 3],
    ['CRLF', 'ab\r\ncd', 1, 0, 2, 4],
    ['last line', 'ab\ncd', 4, 3, 5, 5],
    ['empty', '', 0, 0, 0, 0],
  ])('%s', (_, text, offset, start, end, next) => {
    expect([lineStart(text, offset), lineEnd(text, offset), nextLine(text, offset)]).toEqual([
      start,
      end,
      next,
    ]);
  });

  it.each<[string, string, boolean, string]>([
    ['alone', '    X\n', true, '    '],
    ['with a comment', '\tX  # c\n', true, '\t'],
    ['behind a BOM', '\uFEFFX\n', true, ''],
    ['with another', 'X; b\n', false, ''],
    ['behind another', 'a; X\n', false, ''],
    ['behind a header', '  if a: X\n', false, '  '],
  ])('ownsItsLines and marginOf: %s', (_, line, owns, margin) => {
    const source = /^\s/.test(line) && !line.startsWith('\uFEFF') ? `if a:\n${line}` : line;
    const file = new PythonFile('a.py', source);
    const [statement] = marked(file.root);
    if (!statement) throw new Error('nothing marked');
    expect(ownsItsLines(source, statement)).toBe(owns);
    expect(marginOf(source, statement)).toBe(margin);
  });
});

describe('comments', () => {
  it.each<[string, string, string[], string[]]>([
    ['none', 'a\nX\n', [], []],
    ['above, without a gap', '# a\n\n# b\n# c\nX\n', ['# b', '# c'], []],
    ['of the line above', 'a  # b\nX\n', [], []],
    ['below one of the line above', 'a  # b\n# c\nX\n', ['# c'], []],
    ['inside and behind', 'X(  # a\n    1,\n)  # b\n# c\n', [], ['# a', '# b']],
    ['above the first of a block', 'if a:\n    # b\n    X\n', ['# b'], []],
  ])('%s', (_, source, above, inside) => {
    const { root } = new PythonFile('a.py', source);
    const [statement] = marked(root);
    if (!statement) throw new Error('nothing marked');
    expect(leadingComments(statement).map((node) => node.text())).toEqual(above);
    expect(commentsIn(root, source, rangeOf(statement)).map((node) => node.text())).toEqual(inside);
  });

  it('siblings leave comments out', () => {
    const [statement] = marked(new PythonFile('a.py', 'a\n# c\nX; b\n').root);
    expect(statement && siblings(statement).map((node) => node.text())).toEqual(['a', 'X', 'b']);
  });

  it('statementOf gives the root for the root', () => {
    const { root } = new PythonFile('a.py', 'a\n');
    expect(statementOf(root).kind()).toBe('module');
  });
});
