import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PythonFile } from '../../../../transforms/kit/python/file.js';
import {
  addFromImport,
  addFromImports,
  addImport,
  atModuleLevel,
  compareNames,
  isOrphaned,
  removeNames,
} from '../../../../transforms/kit/python/importEdits.js';
import { edited } from './edited.js';

describe('compareNames', () => {
  it('is the order of isort and ruff: constants, classes, functions; natural, cases together', () => {
    const sorted = [
      'AAA',
      'B2',
      'B10',
      '_CONST',
      'Ab',
      'AB1c',
      'TLSError',
      'TracingError',
      '_private',
      '_Private',
      'a',
      'a as b',
      'ab',
      'b2',
      'b10',
      'T_',
    ];
    expect(sorted.toReversed().toSorted(compareNames)).toEqual([
      '_CONST',
      'AAA',
      'B2',
      'B10',
      'T_',
      'Ab',
      'AB1c',
      'TLSError',
      'TracingError',
      '_Private',
      '_private',
      'a',
      'a as b',
      'ab',
      'b2',
      'b10',
    ]);
  });

  it('a number makes a name longer, also at its end', () => {
    expect(
      [compareNames('v2', 'v'), compareNames('v', 'v2'), compareNames('v2', 'v2')].map(Math.sign),
    ).toEqual([1, -1, 0]);
  });

  it('a single capital is a class', () => {
    expect(['a', 'T', 'AB'].toSorted(compareNames)).toEqual(['AB', 'T', 'a']);
  });
});

describe('addFromImport', () => {
  // Adds `new` of module `m` at line length 40.
  it.each<[string, string, string, string?]>([
    ['there already', 'from m import a, new\n', 'from m import a, new\n'],
    ['there under an alias', 'from m import new as n\n', 'from m import new as n\n', 'n'],
    [
      'there in a try',
      'try:\n    from m import new\nexcept E:\n    new = None\n',
      'try:\n    from m import new\nexcept E:\n    new = None\n',
    ],
    ['joins the statement, last', 'from m import a\n', 'from m import a, new\n'],
    ['joins the statement, first', 'from m import zzz\n', 'from m import new, zzz\n'],
    ['joins the statement behind classes', 'from m import Zzz, zzz\n', 'from m import Zzz, new, zzz\n'],
    ['at the end of an unsorted list', 'from m import z, b\n', 'from m import z, b, new\n'],
    ['exactly at the limit', `from m import ${'a'.repeat(21)}\n`, `from m import ${'a'.repeat(21)}, new\n`],
    [
      'one more than the limit',
      `from m import ${'a'.repeat(22)}\n`,
      `from m import (\n    ${'a'.repeat(22)},\n    new,\n)\n`,
    ],
    [
      'a comment behind it counts',
      'from m import aaaaaaaaaaaaa  # c c c c\n',
      'from m import (\n    aaaaaaaaaaaaa,\n    new,\n)  # c c c c\n',
    ],
    [
      'a pragma behind it does not',
      'from m import aaaaaaaaaaaa  # noqa: F401\n',
      'from m import aaaaaaaaaaaa, new  # noqa: F401\n',
    ],
    [
      'one name a line',
      'from m import (\n    a,\n    z,\n)\n',
      'from m import (\n    a,\n    new,\n    z,\n)\n',
    ],
    ['last of one name a line', 'from m import (\n    a,\n)\n', 'from m import (\n    a,\n    new,\n)\n'],
    [
      'comments stay behind their names',
      'from m import (\n    a,  # c\n    z,  # d\n)\n',
      'from m import (\n    a,  # c\n    new,\n    z,  # d\n)\n',
    ],
    [
      'a comment behind the last name',
      'from m import (\n    a,  # c\n)\n',
      'from m import (\n    a,  # c\n    new,\n)\n',
    ],
    [
      'a comment behind the last name without a comma',
      'from m import (\n    a  # c\n)\n',
      'from m import (\n    a,  # c\n    new,\n)\n',
    ],
    [
      'a comment behind the bracket',
      'from m import (  # c\n    a,\n)\n',
      'from m import (  # c\n    a,\n    new,\n)\n',
    ],
    [
      'a comment, names on one line',
      'from m import (  # c\n    a, z\n)\n',
      'from m import (  # c\n    a, new, z\n)\n',
    ],
    [
      'a comment, last of names on one line',
      'from m import (  # c\n    a, b\n)\n',
      'from m import (  # c\n    a, b, new\n)\n',
    ],
    [
      'a comment, the bracket behind the last name',
      'from m import (  # c\n    a,\n    b)\n',
      'from m import (  # c\n    a,\n    b,\n    new)\n',
    ],
    ['continued by a backslash', 'from m import a, \\\n    z\n', 'from m import a, new, z\n'],
    [
      'continued by a backslash, too long for one line',
      'from m import aaaaaaaaaaaaaaaaaaa, \\\n    zz as yyyyyyyy\n',
      'from m import aaaaaaaaaaaaaaaaaaa, \\\n    new, zz as yyyyyyyy\n',
    ],
    ['parentheses stay', 'from m import (a)\n', 'from m import (a, new)\n'],
    ['CRLF', 'from m import (\r\n    a,\r\n)\r\n', 'from m import (\r\n    a,\r\n    new,\r\n)\r\n'],
    ['spaces in the statement stay', 'from  m import  a\n', 'from  m import  a, new\n'],
    [
      'lib prefix of the module stays',
      'from lib.charms.m import a\n',
      'from lib.charms.m import a\nfrom m import new\n',
    ],
    ['an alias stays on its own line', 'from m import a as b\n', 'from m import a as b\nfrom m import new\n'],
    [
      'an alias stays on its own line, sorted behind',
      'from m import z as b\n',
      'from m import new\nfrom m import z as b\n',
    ],
    ['aliases that are combined already', 'from m import a as b, c\n', 'from m import a as b, c, new\n'],
    [
      'the statement of the module rather than that of a try',
      'try:\n    from m import a\nexcept E: pass\nfrom m import b\n',
      'try:\n    from m import a\nexcept E: pass\nfrom m import b, new\n',
    ],
    [
      'the statement of a try',
      'try:\n    from m import a\nexcept E: pass\n',
      'try:\n    from m import a, new\nexcept E: pass\n',
    ],
    [
      'not that of an except',
      'import m\n\ntry: pass\nexcept E:\n    from m import new\n',
      'import m\nfrom m import new as new_\n\ntry: pass\nexcept E:\n    from m import new\n'.replace(
        ' as new_',
        '',
      ),
      'new',
    ],
    [
      'not under TYPE_CHECKING',
      'import m\n\nif TYPE_CHECKING:\n    from m import new\n',
      'import m\nfrom m import new\n\nif TYPE_CHECKING:\n    from m import new\n',
    ],
    [
      'not into a statement under TYPE_CHECKING',
      'import m\n\nif TYPE_CHECKING:\n    from m import a\n',
      'import m\nfrom m import new\n\nif TYPE_CHECKING:\n    from m import a\n',
    ],
    [
      'not that of a function',
      'import m\n\ndef f():\n    from m import new\n',
      'import m\nfrom m import new\n\ndef f():\n    from m import new\n',
    ],
    [
      'behind a star import, which could bind it again',
      'from z import *\n',
      'from z import *\nfrom m import new\n',
    ],
    [
      'another import has the name',
      'from a import new\nfrom m import b\n',
      'from a import new\nfrom m import b, new as new_\n',
      'new_',
    ],
    [
      'a function has the name',
      'from m import b\n\n\ndef new(): pass\n',
      'from m import b, new as new_\n\n\ndef new(): pass\n',
      'new_',
    ],
    [
      'names with an underscore are taken too',
      'from m import b\nnew = new_ = 1\n',
      'from m import b, new as new__\nnew = new_ = 1\n',
      'new__',
    ],
    [
      'a local of a function has the name',
      'from m import b\ndef f(new): pass\n',
      'from m import b, new\ndef f(new): pass\n',
    ],
    [
      'behind the last import that sorts before it',
      'import os\n\nfrom a import b\nfrom z import c\n',
      'import os\n\nfrom a import b\nfrom m import new\nfrom z import c\n',
    ],
    [
      'behind the comment of that line',
      'from a import b  # noqa\nfrom z import c\n',
      'from a import b  # noqa\nfrom m import new\nfrom z import c\n',
    ],
    [
      'behind an exploded import',
      'from a import (\n    b,\n)\n',
      'from a import (\n    b,\n)\nfrom m import new\n',
    ],
    ['plain imports come first', 'import a\nimport z\n', 'import a\nimport z\nfrom m import new\n'],
    ['in front of the first', 'from z import c\n', 'from m import new\nfrom z import c\n'],
    [
      'relative imports are a section of their own',
      'import os\n\nfrom .a import b\n',
      'import os\n\nfrom m import new\n\nfrom .a import b\n',
    ],
    [
      'a section of its own behind the standard library',
      'import os\n\nx = 1\n',
      'import os\n\nfrom m import new\n\nx = 1\n',
    ],
    [
      'behind __future__',
      'from __future__ import a\n\nx = 1\n',
      'from __future__ import a\n\nfrom m import new\n\nx = 1\n',
    ],
    [
      'behind a docstring and __future__',
      '"""D."""\n\nfrom __future__ import a\n',
      '"""D."""\n\nfrom __future__ import a\n\nfrom m import new\n',
    ],
    ['behind the docstring', '"""D."""\n\nx = 1\n', '"""D."""\n\nfrom m import new\n\nx = 1\n'],
    [
      'behind the docstring, its comment too',
      '"""D."""  # c\n\n\ndef f(): pass\n',
      '"""D."""  # c\n\nfrom m import new\n\n\ndef f(): pass\n',
    ],
    ['a docstring is all there is', '"""D."""\n', '"""D."""\n\nfrom m import new\n'],
    [
      'shebang and coding line',
      '#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n\nx = 1\n',
      '#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n\nfrom m import new\n\nx = 1\n',
    ],
    [
      'shebang without a gap',
      '#!/usr/bin/env python3\nx = 1\n',
      '#!/usr/bin/env python3\n\nfrom m import new\n\nx = 1\n',
    ],
    [
      'the comment of the first statement stays with it',
      '# c\n\n# d\nx = 1\n',
      '# c\n\nfrom m import new\n\n# d\nx = 1\n',
    ],
    ['two blank lines in front of a class', 'class A: pass\n', 'from m import new\n\n\nclass A: pass\n'],
    ['a BOM stays first', '\uFEFFx = 1\n', '\uFEFFfrom m import new\n\nx = 1\n'],
    ['empty', '', 'from m import new\n'],
    ['nothing but comments', '# c\n', '# c\n\nfrom m import new\n'],
    ['nothing but comments, no newline at the end', '# c', '# c\n\nfrom m import new\n'],
  ])('%s', (_, source, expected, spelling = 'new') => {
    let spelled = '';
    const output = edited(source, (file) => {
      spelled = addFromImport(file, 'm', 'new');
    });
    expect(output).toBe(expected);
    expect(spelled).toBe(spelling);
    expect(new PythonFile('a.py', output).syntaxErrors).toEqual([]);
  });

  it('puts a new statement behind the one that it is told', () => {
    const output = edited('import z\nimport a\n', (file) => {
      addFromImport(file, 'm', 'new', file.python.imports[0] ? { near: file.python.imports[0] } : {});
    });
    expect(output).toBe('import z\nfrom m import new\nimport a\n');
  });

  it('a second call in the same visit adds nothing', () => {
    const output = edited('x = 1\n', (file) => {
      addFromImport(file, 'm', 'new');
      expect(addFromImport(file, 'm', 'new')).toBe('new');
    });
    expect(output).toBe('from m import new\n\nx = 1\n');
  });

  it('adds several at their places', () => {
    const add = (source: string) =>
      edited(source, (file) => {
        expect(addFromImports(file, 'm', ['c', 'B', 'a'])).toEqual(['c', 'B', 'a']);
      });
    expect(add('from m import b\n')).toBe('from m import B, a, b, c\n');
    expect(add('from m import (\n    b,\n)\n')).toBe('from m import (\n    B,\n    a,\n    b,\n    c,\n)\n');
    expect(add('x = 1\n')).toBe('from m import B, a, c\n\nx = 1\n');
    expect(add('from m import B, a\n')).toBe('from m import B, a, c\n');
  });
});

describe('addImport', () => {
  it.each<[string, string, string]>([
    ['there', 'import m\n', 'import m\n'],
    ['there beside another', 'import a, m\n', 'import a, m\n'],
    ['an alias is not it', 'import m as n\n', 'import m\nimport m as n\n'],
    [
      'under TYPE_CHECKING is not it',
      'import a\n\nif TYPE_CHECKING:\n    import m\n',
      'import a\nimport m\n\nif TYPE_CHECKING:\n    import m\n',
    ],
    ['before from imports', 'import a\nfrom b import c\n', 'import a\nimport m\nfrom b import c\n'],
    ['before the first', 'import z\n', 'import m\nimport z\n'],
  ])('%s', (_, source, expected) => {
    expect(edited(source, (file) => addImport(file, 'm'))).toBe(expected);
  });
});

describe('removeNames', () => {
  // Names that begin with X go, of every statement. `undefined`: refused.
  it.each<[string, string, string | undefined]>([
    ['none', 'from m import a\n', 'from m import a\n'],
    ['one of two', 'from m import X, a\n', 'from m import a\n'],
    ['the last of two', 'from m import a, X\n', 'from m import a\n'],
    ['an alias', 'from m import a, b as X\n', 'from m import a\n'],
    ['a name with an alias is not it', 'from m import X as a\n', 'from m import X as a\n'],
    ['all', 'from m import X, X2\nb\n', 'b\n'],
    ['with a comment behind the statement', 'from m import X  # noqa\nb\n', 'b\n'],
    [
      'the rest keeps the comment behind the statement',
      'from m import X, a  # noqa\n',
      'from m import a  # noqa\n',
    ],
    ['one name a line', 'from m import (\n    X,\n    a,\n)\n', 'from m import (\n    a,\n)\n'],
    [
      'parentheses that are not needed any more',
      `from m import (\n    aaaaaaaaaaaaaaaaaaaa, X\n)\n`,
      'from m import aaaaaaaaaaaaaaaaaaaa\n',
    ],
    [
      'a line of its own beside comments',
      'from m import (  # c\n    X,\n    a,  # d\n)\n',
      'from m import (  # c\n    a,  # d\n)\n',
    ],
    ['a comment of its own', 'from m import (\n    X,  # c\n    a,\n)\n', undefined],
    ['all, with a comment inside', 'from m import (\n    X,  # c\n)\n', undefined],
    ['backslash', 'from m import a, \\\n    X\n', 'from m import a\n'],
    ['import', 'import X, a.b\n', 'import a.b\n'],
    ['import with an alias', 'import a as X, b\n', 'import b\n'],
    ['dotted import', 'import X.b\nimport c\n', 'import c\n'],
    [
      'the only statement of a try',
      'try:\n    import X\nexcept E:\n    a\n',
      'try:\n    pass\nexcept E:\n    a\n',
    ],
    ['CRLF', 'from m import (\r\n    X,\r\n    a,\r\n)\r\n', 'from m import (\r\n    a,\r\n)\r\n'],
  ])('%s', (_, source, expected) => {
    let done = true;
    const output = edited(source, (file) => {
      for (const statement of file.python.imports) {
        const locals = statement.names.map((item) => item.local).filter((name) => name.startsWith('X'));
        done &&= removeNames(file, statement, new Set(locals));
      }
    });
    expect(output).toBe(expected ?? source);
    expect(done).toBe(expected !== undefined);
  });
});

describe('laws', () => {
  const item = fc.constantFrom('a', 'B', 'CC', 'new', 'zz as y', 'n10', 'n2', 'aaaaaaaaaaaaaaaaaa');
  const statement = fc
    .record({
      names: fc.uniqueArray(item, { minLength: 1, maxLength: 5 }),
      form: fc.constantFrom('line', 'exploded', 'commented', 'backslash', 'hugging'),
      module: fc.constantFrom('m', 'm.sub', 'os', '.m'),
    })
    .map(({ names, form, module }) => {
      const list = {
        line: names.join(', '),
        exploded: `(\n    ${names.join(',\n    ')},\n)`,
        commented: `(  # é 😀\n    ${names.join(',  # c\n    ')}\n)`,
        backslash: names.join(', \\\n    '),
        hugging: `(${names.join(',\n      ')})`,
      }[form];
      return `from ${module} import ${list}`;
    });
  const program = fc
    .record({
      head: fc.constantFrom(
        '',
        '#!/x\n',
        '"""D 😀."""\n',
        '\uFEFF',
        '"""D."""\n\nfrom __future__ import f\n',
      ),
      imports: fc.array(statement, { maxLength: 3 }),
      tail: fc.constantFrom(
        '',
        'x = 1',
        'def g():\n    from m import new',
        'if TYPE_CHECKING:\n    from m import new',
      ),
      eol: fc.constantFrom('\n', '\r\n'),
    })
    .map(({ head, imports, tail, eol }) => `${head}${[...imports, tail].join('\n')}\n`.replaceAll('\n', eol));
  const healthy = (text: string) => expect(new PythonFile('a.py', text).syntaxErrors).toEqual([]);
  const endings = (text: string) => new Set(text.match(/\r?\n/g));

  it('adding makes the name available at run time, keeps every other name, comment and line ending', () => {
    fc.assert(
      fc.property(program, (source) => {
        let spelling = '';
        const output = edited(source, (file) => {
          spelling = addFromImport(file, 'm', 'new');
        });
        healthy(output);
        const file = new PythonFile('a.py', output);
        const targets = file.imports
          .filter((one) => one.module === 'm' && atModuleLevel(one.node))
          .flatMap((one) => one.names.filter((name) => name.name === 'new').map((name) => name.local));
        expect(targets).toContain(spelling);
        const all = (text: string) =>
          new PythonFile('a.py', text).imports.flatMap((one) =>
            one.names.map((name) => `${one.module} ${name.name} ${name.local}`),
          );
        expect(all(output)).toEqual(expect.arrayContaining(all(source)));
        expect(all(output).length - all(source).length).toBeLessThanOrEqual(1);
        expect(output.match(/# é 😀/g)).toEqual(source.match(/# é 😀/g));
        expect(output.match(/# c/g)).toEqual(source.match(/# c/g));
        expect([...endings(output)]).toEqual([...endings(source)]);
        expect(edited(output, (again) => addFromImport(again, 'm', 'new'))).toBe(output);
        const future = output.indexOf('from __future__');
        if (future !== -1)
          expect(future).toBeLessThan(output.indexOf('import', future + 30) + 1 || output.length);
      }),
      { numRuns: 300 },
    );
  });

  it('removing takes the name and nothing else, or refuses', () => {
    fc.assert(
      fc.property(program, fc.constantFrom('a', 'new', 'y', 'CC'), (source, name) => {
        const file = new PythonFile('a.py', source);
        const [first] = file.imports;
        let done = true;
        const output = edited(source, (target) => {
          const [one] = target.python.imports;
          if (one) done = removeNames(target, one, new Set([name]));
        });
        healthy(output);
        if (!done) expect(output).toBe(source);
        const left = new PythonFile('a.py', output).imports.flatMap((one) =>
          one.names.map((each) => each.local),
        );
        const wanted = file.imports.flatMap((one) =>
          one.names
            .filter((each) => !(done && one === first && each.local === name))
            .map((each) => each.local),
        );
        expect(left).toEqual(wanted);
        for (const ending of endings(output)) expect(endings(source)).toContain(ending);
      }),
      { numRuns: 300 },
    );
  });
});

describe('isOrphaned', () => {
  // Whether `X` is orphaned when the lines marked `# gone` go.
  it.each<[string, string, boolean]>([
    ['unused', 'from m import X\n', true],
    ['used', 'from m import X\nX\n', false],
    ['used in what goes', 'from m import X\nX()  # gone\n', true],
    ['used in a function', 'from m import X\ndef f():\n    return X\n', false],
    ['another scope has one too: careful', 'from m import X\ndef f(X):\n    return X\n', false],
    ['attribute of that name', 'from m import X\na.X\n', true],
    ['keyword of that name', 'from m import X\nf(X=1)\n', true],
    ['longer name', 'from m import X\nXY\n', true],
    ['longer name of another script', 'from m import X\n"éX"\n', true],
    ['quoted annotation', 'from m import X\na: "X"\n', false],
    ['quoted annotation inside', 'from m import X\na: "list[X]"\n', false],
    ['__all__', 'from m import X\n__all__ = ["X"]\n', false],
    ['docstring', 'from m import X\ndef f():\n    """Takes X."""\n', true],
    ['comment', 'from m import X\n# X\n', true],
    ['type comment', 'from m import X\na = 1  # type: X\n', false],
    ['string in what goes', 'from m import X\nf("X")  # gone\n', true],
    ['deleted later', 'from m import X\ndel X\n', false],
    ['added to later', 'X = 1\nX += 1\n', false],
    ['global', 'X = 1\ndef f():\n    global X\n', false],
    ['f-string', 'from m import X\nf"{X}"\n', false],
  ])('%s', (_, source, expected) => {
    const file = new PythonFile('a.py', source);
    const removed = [...source.matchAll(/^.*# gone$/gm)].map(({ index, 0: { length } }) => ({
      start: index,
      end: index + length,
    }));
    expect(isOrphaned({ text: source, python: file }, 'X', removed)).toBe(expected);
  });
});
