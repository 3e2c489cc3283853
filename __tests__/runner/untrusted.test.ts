/** A repository that means harm: what it names is not executed, and what it writes is not acted on. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { dirtyFiles, listFiles } from '../../runner/git.js';
import {
  CHARM,
  CHARM_PY,
  command,
  git,
  invoke,
  makeFolder,
  makeRepository,
  snapshot,
  TRANSFORM,
  writeFiles,
} from './world.js';

/** A script that leaves a mark when it runs, with the words that it was given. */
function trap(): { readonly script: string; readonly sprung: () => string } {
  const folder = makeFolder();
  const [script, mark] = [join(folder, 'trap.sh'), join(folder, 'mark')];
  writeFileSync(script, `#!/bin/sh\necho "$@" >> '${mark}'\ncat\n`);
  chmodSync(script, 0o755);
  return { script, sprung: () => (existsSync(mark) ? readFileSync(mark, 'utf8') : '') };
}

describe('git executes nothing of the repository', () => {
  /** A file is not as git last saw it, so that git has to read it. */
  function hostile(settings: Readonly<Record<string, string>>): string {
    const top = makeRepository({ ...CHARM, '.gitattributes': '* filter=evil diff=evil merge=evil\n' });
    for (const [key, value] of Object.entries(settings)) git(top, 'config', key, value);
    writeFiles(top, { 'charmcraft.yaml': 'name: my-other\n' });
    return top;
  }

  test.each([
    'core.fsmonitor',
    'core.pager',
    'core.editor',
    'core.sshCommand',
    'core.alternateRefsCommand',
    'alias.ls-files',
    'alias.status',
    'diff.external',
    'diff.evil.command',
    'diff.evil.textconv',
    'merge.evil.driver',
    'filter.evil.clean',
    'filter.evil.smudge',
    'filter.evil.process',
    'gpg.program',
    'credential.helper',
  ])('%s', async (key) => {
    const { script, sprung } = trap();
    const top = hostile({ [key]: key.startsWith('alias.') ? `!${script}` : script });
    expect((await invoke(top, ['run', '--write', ...TRANSFORM])).code).toBe(0);
    expect(sprung()).toBe('');
  });

  test('hooks', async () => {
    const { script, sprung } = trap();
    const top = hostile({ 'core.hooksPath': '.git/hooks' });
    for (const hook of ['post-index-change', 'pre-commit', 'reference-transaction', 'fsmonitor-watchman']) {
      writeFileSync(join(top, '.git/hooks', hook), `#!/bin/sh\nexec '${script}' hook\n`);
      chmodSync(join(top, '.git/hooks', hook), 0o755);
    }
    expect((await invoke(top, ['run', '--write', ...TRANSFORM])).code).toBe(0);
    expect(sprung()).toBe('');
  });

  test('a filter whose name cannot be switched off is an error', async () => {
    const { script, sprung } = trap();
    const top = hostile({ 'filter.a=b.clean': script });
    await expect(dirtyFiles(top, false)).rejects.toThrow("its configuration names a filter 'a=b'");
    expect(sprung()).toBe('');
  });

  test("the user's own filters stay", async () => {
    const home = makeFolder({ '.gitconfig': '[filter "evil"]\n\tclean = sed s/mine--/theirs/\n' });
    const top = makeRepository({ a: 'theirs\n', '.gitattributes': 'a filter=evil\n' });
    const before = process.env.GIT_CONFIG_GLOBAL;
    process.env.GIT_CONFIG_GLOBAL = join(home, '.gitconfig');
    try {
      writeFiles(top, { a: 'mine--\n' });
      expect([...(await dirtyFiles(top, false)).keys()]).toEqual([]);
    } finally {
      if (before === undefined) delete process.env.GIT_CONFIG_GLOBAL;
      else process.env.GIT_CONFIG_GLOBAL = before;
    }
  });

  test('missing objects are not fetched', async () => {
    const { script, sprung } = trap();
    const top = makeRepository(CHARM);
    for (const [key, value] of [
      ['core.repositoryFormatVersion', '1'],
      ['extensions.partialClone', 'evil'],
      ['remote.evil.promisor', 'true'],
      ['remote.evil.url', makeRepository({})],
      ['remote.evil.uploadpack', script],
    ] as const) {
      git(top, 'config', key, value);
    }
    const tree = git(top, 'rev-parse', 'HEAD^{tree}').trim();
    rmSync(join(top, '.git/objects', tree.slice(0, 2), tree.slice(2)), { force: true });
    rmSync(join(top, '.git/index'));
    git(top, '-c', 'core.bare=false', 'update-index', '--add', 'src/charm.py');
    await expect(dirtyFiles(top, false)).rejects.toThrow();
    expect(sprung()).toBe('');
  });

  test('the environment of a hook does not lead elsewhere', async () => {
    const [top, other] = [makeRepository(CHARM), makeRepository({ other: '' })];
    const before = { ...process.env };
    process.env.GIT_DIR = join(other, '.git');
    process.env.GIT_INDEX_FILE = join(other, '.git/index');
    try {
      expect((await listFiles(top)).sort()).toEqual(['charmcraft.yaml', 'src/charm.py']);
    } finally {
      process.env = before;
    }
  });
});

describe('what a killed run left', () => {
  const stale = 'src/.tempo-codemods-999999999-0123456789ab';
  const alive = `src/.tempo-codemods-${process.ppid}-0123456789ab`;
  const own = `src/.tempo-codemods-${process.pid}-0123456789ab`;
  const files = { ...CHARM, [stale]: CHARM_PY, [alive]: CHARM_PY, [own]: CHARM_PY };

  test.each([
    ['in git', () => makeRepository(CHARM)],
    ['outside git', () => makeFolder(CHARM)],
  ])('is not worked on, and goes with the next run that writes: %s', async (_, make) => {
    const top = make();
    writeFiles(top, files);
    const dry = await invoke(top, ['run', ...TRANSFORM]);
    expect(dry.stdout.match(/^diff .*$/gm)).toEqual(['diff --git a/src/charm.py b/src/charm.py']);
    expect(Object.keys(snapshot(top))).toContain(stale);
    expect((await invoke(top, ['run', '--write', ...TRANSFORM])).code).toBe(0);
    expect(Object.keys(snapshot(top)).sort()).toEqual(['charmcraft.yaml', alive, 'src/charm.py']);
  });

  test('what git tracks, or lies outside what was named, stays', async () => {
    const top = makeRepository({ ...CHARM, [stale]: '' });
    const aside = stale.replace('src/', 'aside/');
    writeFiles(top, { [aside]: '' });
    expect((await invoke(top, ['run', '--write', ...TRANSFORM, 'src'])).code).toBe(0);
    expect(Object.keys(snapshot(top))).toEqual(expect.arrayContaining([stale, aside]));
  });
});

test('an odd path reaches charmcraft as it is', async () => {
  const bin = makeFolder();
  writeFileSync(join(bin, 'charmcraft'), `#!/bin/sh\nprintf '%s|' "$PWD" "$@" > '${bin}/said'\n`);
  chmodSync(join(bin, 'charmcraft'), 0o755);
  const { fetchLibrary } = await import('../../runner/libs.js');
  const root = join(makeFolder(), `-a 'b" $(touch owned); \`c\` \n& é`);
  mkdirSync(root);
  writeFiles(root, { charmcraft: '#!/bin/sh\ntouch owned\n' });
  chmodSync(join(root, 'charmcraft'), 0o755);
  const before = process.env.PATH;
  process.env.PATH = `${bin}:${before}`;
  try {
    expect(await fetchLibrary(root, 'charms.x.v0.y')).toBeUndefined();
  } finally {
    process.env.PATH = before;
  }
  expect(readFileSync(join(bin, 'said'), 'utf8')).toBe(`${root}|fetch-lib|charms.x.v0.y|`);
  expect(Object.keys(snapshot(root))).toEqual(['charmcraft']);
});

describe('no output acts', () => {
  const NAME =
    "src/\u001b]0;owned\u0007\u202e`$(touch owned)`::set-output name=a::b</script><img src=x onerror=alert(1)>'.py"
      .replaceAll('/', '\u2215')
      .replace('src\u2215', 'src/');
  const HOSTILE = `${CHARM_PY}# </script><script>alert(1)</script> \u001b[2J\u009b31m \`\`\`\n::set-output name=a::b\n##[set-output]\n`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what we look for
  const ACTIVE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

  test.each(['json', 'sarif', 'github', 'markdown'])('%s', async (format) => {
    // Its syntax error is a finding; the file beside it is changed.
    const top = makeRepository({ ...CHARM, [NAME]: HOSTILE, 'src/\n::error::x.py': CHARM_PY });
    const { stdout, stderr } = await invoke(top, ['run', '--format', format, '-v', '-t', TRANSFORM[1]]);
    expect(stdout).not.toBe('');
    expect(stdout + stderr).not.toMatch(ACTIVE);
    for (const line of (stdout + stderr).split('\n')) {
      if (format !== 'github') expect(line).not.toMatch(/^\s*(?:::|##\[)/);
      else if (line.startsWith('::')) expect(line).toMatch(/^::(?:error|warning|notice) /);
      expect(line).not.toMatch(/^::set-output|^\s*##\[/);
    }
    if (format === 'markdown')
      expect(
        stdout.replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, '').replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, ''),
      ).not.toMatch(/(?<!\\)<(?:img|script)/);
    else if (format !== 'github') expect(() => JSON.parse(stdout)).not.toThrow();
  });

  test('the summary, the diff on a terminal and the HTML report', async () => {
    const top = makeRepository({ ...CHARM, [NAME]: HOSTILE, 'src/\n::error::x.py': CHARM_PY });
    const report = join(top, 'report.html');
    const { code, stdout, stderr } = await command(top, ['run', '-v', '--report', report, ...TRANSFORM]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('What is left')]);
    expect(stderr).not.toMatch(ACTIVE);
    expect(stderr).not.toMatch(/^\s*::/m);
    // A patch that goes to a file or to git must keep every byte; only names are quoted.
    expect(stdout).toContain('+++ "b/src/\\n::error::x.py"');
    const page = readFileSync(report, 'utf8');
    expect(page).not.toContain('<img src=x');
    expect(page).not.toContain('<script>alert(1)');
    expect(page).not.toMatch(ACTIVE);
  });
});
