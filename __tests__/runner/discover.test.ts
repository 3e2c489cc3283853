/** Which files belong to a run: git's view and our own agree. */
import { symlinkSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { charmRoots, discover, isWhole, listRepository, selector } from '../../runner/discover.js';
import { commitAll, type Files, git, makeFolder, makeRepository } from './world.js';

async function filesOf(folder: string, useIgnoreFiles = true, useGit = true): Promise<readonly string[]> {
  const { files } = await listRepository(
    { top: folder, git: useGit, selection: { folders: [''], files: [] } },
    useIgnoreFiles,
  );
  return files;
}

describe('ignore files', () => {
  const trees: readonly [string, Files][] = [
    ['none', { a: '', 'x/b': '', '.hidden/c': '' }],
    [
      'names, folders, anchors',
      {
        '.gitignore': 'skip\n/top\ndir/\n*.log\n',
        skip: '',
        'x/skip': '',
        top: '',
        'x/top': '',
        'dir/a': '',
        'x/dir/a': '',
        'y/dir': '',
        'a.log': '',
        'x/a.log': '',
        keep: '',
      },
    ],
    ['negation', { '.gitignore': '*.py\n!keep.py\n', 'a.py': '', 'keep.py': '', 'x/keep.py': '' }],
    [
      'nested, the nearest decides',
      {
        '.gitignore': '*.py\n',
        'x/.gitignore': '!*.py\n',
        'a.py': '',
        'x/a.py': '',
        'x/y/.gitignore': 'b.py\n',
        'x/y/a.py': '',
        'x/y/b.py': '',
      },
    ],
    [
      'nothing comes back from an ignored folder',
      { '.gitignore': 'dir/\n!dir/a\n', 'dir/a': '', 'dir/.gitignore': '!a\n', b: '' },
    ],
    [
      'double stars',
      {
        '.gitignore': 'a/**/z\n**/y\nq/**\n',
        'a/z': '',
        'a/b/c/z': '',
        'z/z': '',
        y: '',
        'k/y': '',
        'q/r/s': '',
        r: '',
      },
    ],
    [
      'comments, blanks, escapes',
      { '.gitignore': '# a\n\n\\#b\n\\!c\nd\\ \n', a: '', '#b': '', '!c': '', 'd ': '', d: '' },
    ],
    ['case counts', { '.gitignore': 'README\n', README: '', readme: '' }],
    [
      'anchored in a nested file',
      { 'x/.gitignore': '/a\nb/c\n', 'x/a': '', 'x/y/a': '', a: '', 'x/b/c': '', 'b/c': '', 'x/y/b/c': '' },
    ],
    [
      'folders of installed code',
      {
        'node_modules/a.py': '',
        'x/.venv/lib/b.py': '',
        '__pycache__/c.py': '',
        '.tox/d.py': '',
        'e.py': '',
      },
    ],
  ];

  test.each(trees)('%s: git and we see the same', async (_, files) => {
    const folder = makeFolder(files);
    const own = await filesOf(folder, true, false);
    git(folder, 'init', '-q');
    expect(own).toEqual(await filesOf(folder));
    expect(own).toEqual(await filesOf(folder, true, true));
    expect(await filesOf(folder, false)).toEqual(Object.keys(files).sort());
  });

  test('those above the folder count, up to the top of the work tree', async () => {
    const outer = makeFolder({
      '.gitignore': 'skip.py\n',
      'sub/skip.py': '',
      'sub/a.py': '',
      'sub/x/skip.py': '',
    });
    expect(await filesOf(`${outer}/sub`, true, false)).toEqual(['a.py']);
  });

  test('.git/info/exclude counts', async () => {
    const folder = makeRepository({ 'a.py': '' });
    commitAll(folder);
    git(folder, 'config', 'core.excludesFile', '/dev/null');
    await import('node:fs').then((fs) => {
      fs.writeFileSync(`${folder}/.git/info/exclude`, 'skip.py\n');
      fs.writeFileSync(`${folder}/skip.py`, '');
    });
    expect(await filesOf(folder)).toEqual(['a.py']);
  });
});

describe('ignore files that mean harm', () => {
  test('patterns with many wildcards are not read, and that is told', async () => {
    const name = `${'a'.repeat(250)}.py`;
    const folder = makeFolder({
      '.gitignore': '*a*a*a*a*a*a*a*a*a*b\n*.txt\n',
      'x/.gitignore': '**/a/**/a/**/a/**/a/**/a/**/b\n**/*.py/**\n# * * * * *\n',
      [name]: '',
      'x/b.py': '',
      'c.txt': '',
    });
    const start = performance.now();
    const { files, notices } = await listRepository(
      { top: folder, git: false, selection: { folders: [''], files: [] } },
      true,
    );
    expect(files).toEqual(['.gitignore', name, 'x/.gitignore', 'x/b.py']);
    expect(notices).toEqual(
      ['.gitignore', 'x/.gitignore'].map(
        (path) =>
          `${folder}/${path}: lines with more than 3 wildcards are not read, so more files are looked at`,
      ),
    );
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test('folders without end', async () => {
    const folder = makeFolder({
      '.gitignore': '**/a/**/a/**/a/**/b\n',
      [`${'a/'.repeat(900)}x.py`]: '',
      [`${'a/'.repeat(99)}y.py`]: '',
      'z.py': '',
    });
    const { files, notices } = await listRepository(
      { top: folder, git: false, selection: { folders: [''], files: [] } },
      true,
    );
    expect(files).toEqual(['.gitignore', `${'a/'.repeat(99)}y.py`, 'z.py']);
    expect(notices).toEqual([`${folder}${'/a'.repeat(101)}: more than 100 folders deep, skipped`]);
  });
});

describe('repositories', () => {
  test('each git repository by itself, and a folder outside git by itself', async () => {
    const outer = makeFolder({ 'plain/a.py': '' });
    const one = makeRepository({ 'a.py': '' });
    const { repositories } = await discover([outer, one, `${one}/a.py`], outer);
    expect(repositories).toEqual(
      [
        { top: outer, git: false, selection: { folders: [''], files: [] } },
        { top: one, git: true, selection: { folders: [''], files: ['a.py'] } },
      ].sort((a, b) => (a.top < b.top ? -1 : 1)),
    );
  });

  test('outside git the innermost charm above is the repository', async () => {
    const outer = makeFolder({
      'charmcraft.yaml': '',
      'src/a.py': '',
      'tests/tester/metadata.yaml': '',
      'tests/tester/src/b.py': '',
    });
    const { repositories } = await discover(['src', 'tests/tester/src/b.py'], outer);
    expect(repositories.map(({ top, selection }) => [relative(outer, top), selection])).toEqual([
      ['', { folders: ['src'], files: ['tests/tester/src/b.py'] }],
    ]);
  });

  test('those inside others are found, by git and by us', async () => {
    for (const useGit of [true, false]) {
      const outer = makeFolder({ 'a.py': '', 'repos/one/a.py': '', 'repos/two/b.py': '' });
      git(`${outer}/repos/one`, 'init', '-q');
      commitAll(`${outer}/repos/two`);
      if (useGit) git(outer, 'init', '-q');
      const { files, nested } = await listRepository(
        { top: outer, git: useGit, selection: { folders: [''], files: [] } },
        true,
      );
      expect(files).toEqual(['a.py']);
      expect(nested.map(({ top }) => relative(outer, top))).toEqual(['repos/one', 'repos/two']);
    }
  });
});

describe('paths and globs', () => {
  const tree: Files = { 'a.py': '', 'x/b.py': '', 'x/c.txt': '', 'x/[b].py': '', 'x/deep/d.py': '' };

  test.each<[readonly string[], readonly string[]]>([
    [['.'], ['a.py', 'x/[b].py', 'x/b.py', 'x/c.txt', 'x/deep/d.py']],
    [['x'], ['x/[b].py', 'x/b.py', 'x/c.txt', 'x/deep/d.py']],
    [['x/'], ['x/[b].py', 'x/b.py', 'x/c.txt', 'x/deep/d.py']],
    [['**/*.py'], ['a.py', 'x/[b].py', 'x/b.py', 'x/deep/d.py']],
    [
      ['x/*.py', 'a.py'],
      ['a.py', 'x/[b].py', 'x/b.py'],
    ],
    [['x/[b].py'], ['x/[b].py']],
    [['{a,x/b}.py'], ['a.py', 'x/b.py']],
    [['*'], ['a.py', 'x/[b].py', 'x/b.py', 'x/c.txt', 'x/deep/d.py']],
  ])('%j', async (paths, wanted) => {
    const top = makeRepository(tree);
    const { repositories, problems } = await discover(paths, top);
    expect(problems).toEqual([]);
    const selection = repositories[0]?.selection ?? { folders: [], files: [] };
    expect((await filesOf(top)).filter(selector(selection))).toEqual(wanted);
  });

  test('what does not exist is a problem, the others are still found', async () => {
    const top = makeRepository(tree);
    symlinkSync('nowhere', `${top}/dangling`);
    const { repositories, problems } = await discover(['nope.py', '*.rs', 'dangling', 'a.py'], top);
    expect(problems).toEqual([
      'nope.py: no such file or folder, and no glob that matches one',
      '*.rs: no such file or folder, and no glob that matches one',
      'dangling: a symlink that leads nowhere',
    ]);
    expect(repositories.map(({ selection }) => selection)).toEqual([{ folders: [], files: ['a.py'] }]);
  });
});

test('charm roots: nested ones before those that hold them, the own root last', () => {
  const files = [
    'a/charmcraft.yaml',
    'a-b/metadata.yaml',
    'a/tests/tester/charmcraft.yaml',
    'b.py',
    'z/x/charmcraft.yaml',
  ];
  expect(charmRoots(files)).toEqual(['a/tests/tester', 'a', 'a-b', 'z/x', '']);
});

test('a root is whole when it or a folder above it was selected', () => {
  const selection = (...folders: string[]) => ({ folders, files: ['a/b.py'] });
  expect(isWhole('a', selection('a'))).toBe(true);
  expect(isWhole('a/b', selection('a'))).toBe(true);
  expect(isWhole('a', selection(''))).toBe(true);
  expect(isWhole('', selection(''))).toBe(true);
  expect(isWhole('a', selection('a/src'))).toBe(false);
  expect(isWhole('ab', selection('a'))).toBe(false);
  expect(isWhole('', selection('a'))).toBe(false);
  expect(isWhole('a', selection())).toBe(false);
});
