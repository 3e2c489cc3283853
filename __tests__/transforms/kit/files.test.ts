/** Tree, layout, protection and fix templates. */
import { describe, expect, it } from '@jest/globals';
import { applyTransforms } from '../../../transforms/kit/apply.js';
import { Charm } from '../../../transforms/kit/charm.js';
import { layoutOf, lineLengthFor } from '../../../transforms/kit/layout.js';
import { protection } from '../../../transforms/kit/protected.js';
import { defineTransform } from '../../../transforms/kit/transform.js';
import { MemoryTree, Overlay } from '../../../transforms/kit/tree.js';

describe('Overlay', () => {
  it('holds changes over a base, and forgets them', () => {
    const tree = new Overlay(new MemoryTree({ 'b.py': 'b', 'a.py': 'a' }));
    expect(tree.paths()).toEqual(['a.py', 'b.py']);
    tree.write('c.py', 'c');
    tree.write('a.py', null);
    tree.write('b.py', 'bb');
    expect(tree.paths()).toEqual(['b.py', 'c.py']);
    expect([tree.read('a.py'), tree.read('b.py'), tree.read('c.py'), tree.read('d.py')]).toEqual([
      undefined,
      'bb',
      'c',
      undefined,
    ]);
    expect([tree.contains('a.py', 'a'), tree.contains('b.py', 'bb'), tree.contains('d.py', '')]).toEqual([
      false,
      true,
      false,
    ]);
    expect([...tree.changes]).toEqual([
      ['c.py', 'c'],
      ['a.py', null],
      ['b.py', 'bb'],
    ]);
    tree.write('b.py', 'b');
    tree.write('c.py', null);
    tree.write('a.py', 'a');
    expect([...tree.changes]).toEqual([]);
    tree.write('a.py', 'x');
    const { revision } = tree;
    tree.reset();
    expect(tree.read('a.py')).toBe('a');
    expect(tree.revision).toBeGreaterThan(revision);
  });
});

describe('layoutOf', () => {
  it.each<[string, string, string, string]>([
    ['nothing to tell', 'a\n', '\n', '    '],
    ['empty', '', '\n', '    '],
    ['CRLF', 'a\r\nb\r\n', '\r\n', '    '],
    ['mixed: the majority', 'a\r\nb\nc\n', '\n', '    '],
    ['two spaces', 'if a:\n  b\n', '\n', '  '],
    ['tabs', 'if a:\n\tb\n', '\n', '\t'],
    ['with a comment', 'if a:  # c\n   b\n', '\n', '   '],
    ['nested first', 'class A:\n\n    def f():\n        a\n', '\n', '    '],
    ['a comment that ends in a colon', 'def f():\n\t# as said:\n\ta\n', '\n', '\t'],
    ['such a comment first', '  # as said:\n  a\nif a:\n\tb\n', '\n', '\t'],
    ['nothing but such a comment', '  # as said:\n  a\n', '\n', '    '],
    ['dedented', 'f(a[1:\n2])\nif a:\n  b\n', '\n', '  '],
  ])('%s', (_, text, eol, indent) => {
    expect(layoutOf(text, 99)).toEqual({ eol, indent, lineLength: 99 });
  });
});

describe('lineLengthFor', () => {
  it.each<[string, Record<string, string>, number]>([
    ['nothing', {}, 88],
    ['black', { 'pyproject.toml': '[tool.black]\nline-length = 99\n' }, 99],
    ['black with an underscore', { 'pyproject.toml': '[tool.black]\nline_length = 98\n' }, 98],
    ['ruff in pyproject', { 'pyproject.toml': '[tool.ruff]\nline-length = 97\n' }, 97],
    [
      'ruff.toml',
      { 'ruff.toml': 'line-length = 96\n', 'pyproject.toml': '[tool.black]\nline-length = 99\n' },
      96,
    ],
    ['.ruff.toml', { '.ruff.toml': 'line-length = 95\n', 'ruff.toml': 'line-length = 96\n' }, 95],
    [
      'the nearest that names one',
      { 'a/pyproject.toml': '[project]\n', 'pyproject.toml': '[tool.black]\nline-length = 99\n' },
      99,
    ],
    [
      'nearer',
      {
        'a/pyproject.toml': '[tool.black]\nline-length = 90\n',
        'pyproject.toml': '[tool.black]\nline-length = 99\n',
      },
      90,
    ],
    ['broken TOML', { 'pyproject.toml': '[tool.black\nline-length = 99\n' }, 88],
    ['not a number', { 'pyproject.toml': '[tool.black]\nline-length = "99"\n' }, 88],
    ['of another tool', { 'pyproject.toml': '[tool.other]\nline-length = 99\n' }, 88],
    ['BOM', { 'pyproject.toml': '\uFEFF[tool.black]\nline-length = 99\n' }, 99],
  ])('%s', (_, files, expected) => {
    expect(lineLengthFor(new MemoryTree(files), 'a/b/c.py')).toBe(expected);
  });
});

describe('protection', () => {
  const charm = new Charm(new Overlay(new MemoryTree({ 'metadata.yaml': 'name: own-charm\n' })));
  it.each<[string, string | undefined]>([
    ['CHANGELOG.md', 'history'],
    ['docs/changes', 'history'],
    ['HISTORY.rst', 'history'],
    ['release-notes/1.md', 'history'],
    ['docs/r-releases-k8s.md', 'history'],
    ['docs/reference/r-revision-1-2.md', 'history'],
    ['RELEASE_NOTES.txt', 'history'],
    ['src/history.py', undefined],
    ['releases.yaml', undefined],
    ['src/newsletter.md', undefined],
    ['docs/how-to.md', undefined],
    ['uv.lock', 'lock'],
    ['a/poetry.lock', 'lock'],
    ['package-lock.json', 'lock'],
    ['requirements.txt', undefined],
    ['lib/charms/other/v0/a.py', 'vendored'],
    ['x/lib/charms/other/v0/a.py', 'vendored'],
    ['lib/charms/own_charm/v0/a.py', undefined],
    ['mylib/charms/other/v0/a.py', undefined],
  ])('%s: %s', (path, expected) => {
    expect(protection(path, charm)).toBe(expected);
  });
});

describe('fix templates', () => {
  const fix = (source: string, rules: Parameters<typeof defineTransform>[0]['rules']) => {
    const transform = defineTransform({
      id: 'fix',
      title: '',
      safety: 'safe',
      language: 'python',
      literals: ['old'],
      rules: rules ?? {},
    });
    const result = applyTransforms(source, [transform], { path: 'a.py' });
    return result.status === 'changed' ? result.output : result.status;
  };
  const call = (template: string) => ({ call: { rule: { pattern: 'old($$$A)' }, fix: template } });

  it.each<[string, string, string, string]>([
    ['no match', 'old\n', 'new($$$A)', 'unchanged'],
    ['all arguments', 'old(a, *b, c=1)\n', 'new($$$A)', 'new(a, *b, c=1)\n'],
    ['no arguments', 'old()\n', 'new($$$A)', 'new()\n'],
    ['a template that is no Python is taken back', 'old(a)\n', 'new($B, $$$C)', 'unchanged'],
    ['an unknown list is empty', 'old(a)\n', 'new($$$C)', 'new()\n'],
    ['nested, to a fixed point', 'old(old(a))\n', 'new($$$A)', 'new(new(a))\n'],
    [
      'line ending and margin of the file',
      'if x:\r\n    old(a)\r\n',
      'new(\n    $$$A,\n)',
      'if x:\r\n    new(\r\n        a,\r\n    )\r\n',
    ],
    ['comments between arguments are kept', 'old(a,  # c\n    b)\n', 'new($$$A)', 'new(a,  # c\n    b)\n'],
    ['a comment that the template would drop', 'old(  # c\n    a)\n', 'new()', 'unchanged'],
    ['a comment at the end would swallow what follows', 'old(a  # c\n)\n', 'new($$$A)', 'unchanged'],
  ])('%s', (_, source, template, expected) => {
    expect(fix(source, call(template))).toBe(expected);
  });

  it('single names, made names and rules without a fix', () => {
    const rules = {
      one: {
        rule: { pattern: 'old($A)' },
        transform: { B: { replace: { source: '$A', replace: 'x', by: 'y' } } },
        fix: '$B($A)',
      },
      none: { rule: { pattern: 'old' } },
    };
    expect(fix('old(ax)\n', rules)).toBe('ay(ax)\n');
  });

  it('the first rule wins where two match, and matches come in any order', () => {
    const rules = {
      late: { rule: { pattern: 'old(2)' }, fix: 'b' },
      early: { rule: { pattern: 'old($A)' }, fix: 'a' },
    };
    expect(fix('old(1)\nold(2)\nold(3)\n', rules)).toBe('a\nb\na\n');
  });
});
