/** The built command: streams, exit codes, names, signals. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import {
  applyPatch,
  CHARM,
  CHARM_PY,
  command,
  commitAll,
  invoke,
  MAIN,
  makeFolder,
  makeRepository,
  NEW,
  OLD,
  snapshot,
  TRANSFORM,
  writeFiles,
} from './world.js';

/** Control characters but newline. */
const CONTROL = /[^\P{Cc}\n]/u;
const MIGRATED = CHARM_PY.replace(OLD, NEW);

describe('run', () => {
  test('prints a patch on stdout, the rest on stderr, writes nothing', async () => {
    const top = makeRepository(CHARM);
    const before = snapshot(top);
    const { code, stdout, stderr } = await command(top, ['run', ...TRANSFORM]);
    expect(stdout).toBe(`diff --git a/src/charm.py b/src/charm.py
--- a/src/charm.py
+++ b/src/charm.py
@@ -1,6 +1,6 @@
 from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
 
 
-@trace_charm(${OLD}"endpoint")
+@trace_charm(${NEW}"endpoint")
 class MyCharm:
     pass
`);
    expect(stderr).toContain(
      '1 file to change (1 charm, 2 files looked at, 1 candidate); 0 errors, 0 warnings',
    );
    expect(stderr).toContain('Nothing was written.');
    expect(code).toBe(0);
    expect(snapshot(top)).toEqual(before);
  });

  test('--write gives the tree of `run | git apply`, and a second run prints nothing', async () => {
    const [first, second] = [makeRepository(CHARM), makeRepository(CHARM)];
    applyPatch(first, (await invoke(first, ['run', ...TRANSFORM])).stdout);
    const written = await invoke(second, ['run', '--write', ...TRANSFORM]);
    expect(written).toMatchObject({ code: 0, stdout: expect.stringContaining(`+@trace_charm(${NEW}`) });
    expect(snapshot(second)).toEqual(snapshot(first));
    expect(readFileSync(join(first, 'src/charm.py'), 'utf8')).toBe(MIGRATED);
    for (const args of [['run'], ['run', '-w'], ['run', '--check']]) {
      expect(await invoke(second, [...args, ...TRANSFORM])).toMatchObject({ code: 0, stdout: '' });
    }
  });

  test('the patch applies in a folder of the repository too', async () => {
    const top = makeRepository({ 'charms/a/charmcraft.yaml': '', 'charms/a/src/charm.py': CHARM_PY });
    const folder = join(top, 'charms');
    applyPatch(folder, (await invoke(folder, ['run', 'a', ...TRANSFORM])).stdout);
    expect(readFileSync(join(folder, 'a/src/charm.py'), 'utf8')).toBe(MIGRATED);
  });

  test('--format json follows the schema', async () => {
    const top = makeRepository(CHARM);
    const { code, stdout, stderr } = await invoke(top, ['run', '--format', 'json', ...TRANSFORM]);
    const version: unknown = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
    ).version;
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      tool: { name: 'tempo-codemods', version },
      preset: null,
      transforms: ['charm-tracing-arguments'],
      written: false,
      summary: {
        charms: 1,
        scanned: 2,
        candidates: 1,
        changed: 1,
        created: 0,
        deleted: 0,
        failed: 0,
        findings: { error: 0, warning: 0, info: 0 },
      },
      files: [
        {
          charm: '.',
          path: 'src/charm.py',
          status: 'modified',
          transforms: ['charm-tracing-arguments'],
          diff: expect.stringMatching(/^diff --git /),
          error: null,
        },
      ],
      findings: [],
      failures: [],
      problems: [],
    });
    expect([code, stderr]).toEqual([0, expect.stringContaining('1 file to change')]);
  });

  test('-q keeps quiet, -v names the files and their steps', async () => {
    const top = makeRepository(CHARM);
    expect((await invoke(top, ['run', '-q', ...TRANSFORM])).stderr).toBe('');
    expect((await invoke(top, ['run', '-v', ...TRANSFORM])).stderr).toContain(
      'modified src/charm.py (charm-tracing-arguments)',
    );
  });
});

describe('exit codes', () => {
  const finding = CHARM_PY.replace(OLD, 'cert_path="x", tracing_endpoint=');
  const clean = { 'charmcraft.yaml': '', 'src/charm.py': MIGRATED };

  test.each<[string, readonly string[], Record<string, string>, number]>([
    ['nothing to do', ['run'], clean, 0],
    ['changes pending', ['run'], { ...clean, 'src/charm.py': CHARM_PY }, 0],
    ['changes pending under --check', ['run', '--check'], { ...clean, 'src/charm.py': CHARM_PY }, 1],
    ['nothing pending under --check', ['run', '--check'], clean, 0],
    ['findings', ['run'], { ...clean, 'src/charm.py': finding }, 0],
    ['findings at --fail-on', ['run', '--fail-on', 'error'], { ...clean, 'src/charm.py': finding }, 1],
    ['findings above --fail-on', ['run', '--fail-on', 'info'], { ...clean, 'src/charm.py': finding }, 1],
    ['no findings at --fail-on', ['run', '--fail-on', 'info'], clean, 0],
    ['a path that does not exist', ['run', 'nope'], clean, 2],
    ['--write and --check', ['run', '--write', '--check'], clean, 2],
    ['--fetch-libs and --libs-from', ['run', '--fetch-libs', '--libs-from', '.'], clean, 2],
    ['--libs-from alone', ['run', '--libs-from', '.'], clean, 0],
    ['an unknown severity', ['run', '--fail-on', 'fatal'], clean, 2],
    ['an unknown format', ['run', '--format', 'xml'], clean, 2],
    ['--option without a value', ['run', '--option', 'x'], clean, 2],
  ])('%s', async (_, args, files, code) => {
    const result = await invoke(makeFolder(files), [...args, ...TRANSFORM]);
    expect([result.code, result.stderr]).toEqual([code, expect.any(String)]);
    if (code === 2) expect(result.stderr).not.toBe('');
  });

  test('refused by the git guard: 1, and it says precisely which', async () => {
    const top = makeRepository(CHARM);
    writeFiles(top, { 'src/charm.py': `${CHARM_PY}# mine\n`, 'other.py': '' });
    const refused = await invoke(top, ['run', '--write', ...TRANSFORM]);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('error: src/charm.py: has uncommitted changes');
    expect(refused.stderr).toContain('--allow-dirty');
    expect(refused.stderr).not.toContain('other.py');
    expect(readFileSync(join(top, 'src/charm.py'), 'utf8')).toBe(`${CHARM_PY}# mine\n`);
    expect(await invoke(top, ['run', '--write', '--allow-dirty', ...TRANSFORM])).toMatchObject({ code: 0 });
    expect(readFileSync(join(top, 'src/charm.py'), 'utf8')).toBe(`${MIGRATED}# mine\n`);
  });
});

describe('names that do not exist: the nearest, the list, exit 2', () => {
  test.each<[readonly string[], readonly string[]]>([
    [
      ['run', '-t', 'charm-tracing-argument'],
      ["did you mean 'charm-tracing-arguments'?", 'Known: '],
    ],
    [['run', '--skip', 'charm-tracing-argumnts'], ["did you mean 'charm-tracing-arguments'?"]],
    [['run', '-p', 'tempo-cordinator'], ["did you mean 'tempo-coordinator'?"]],
    [
      ['run', '-t', 'constructor'],
      ["unknown transform 'constructor'", 'Known: ', 'charm-tracing-arguments'],
    ],
    [
      ['run', '--wirte'],
      ["did you mean '--write'?", '--allow-dirty'],
    ],
    [['run', '--option', 'charm-tracing-arguments.x=1'], ["unknown option of 'charm-tracing-arguments' 'x'"]],
    [['run', '--option', 'nope.x=1'], ["unknown transform in this run 'nope'"]],
    [['rnu'], ['run']],
    [[], ['run, list']],
  ])('%j', async (args, parts) => {
    const { code, stdout, stderr } = await invoke(makeFolder(CHARM), args);
    expect([code, stdout]).toEqual([2, '']);
    for (const part of parts) expect(stderr).toContain(part);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('colour', () => {
  test.each<[readonly string[], Record<string, string>, boolean]>([
    [[], {}, false],
    [['--color', 'always'], {}, true],
    [['--color', 'always'], { NO_COLOR: '1' }, true],
    [['--color', 'never'], { FORCE_COLOR: '1' }, false],
    [[], { FORCE_COLOR: '1' }, true],
    [[], { FORCE_COLOR: '0' }, false],
    [[], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('%j %j', async (args, env, wanted) => {
    const { stdout, stderr } = await invoke(makeFolder(CHARM), ['run', ...args, ...TRANSFORM], env);
    expect([stdout.includes('\u001b['), stderr.includes('\u001b[')]).toEqual([wanted, wanted]);
  });

  test('a file cannot play with the terminal', async () => {
    const evil = 'src/\u001b]0;owned\u0007.py';
    const top = makeRepository({ ...CHARM, [evil]: `${CHARM_PY}# \u001b[2J\u009b31m\r#\n` });
    const painted = await invoke(top, ['run', '--color', 'always', '-v', ...TRANSFORM]);
    expect(stripVTControlCharacters(painted.stdout + painted.stderr)).not.toMatch(CONTROL);
    const { stdout, stderr } = await invoke(top, ['run', '-v', ...TRANSFORM]);
    expect(stderr).not.toMatch(CONTROL);
    expect(stdout).toContain('# \u001b[2J\u009b31m\r#');
    applyPatch(top, stdout);
    const json = await invoke(top, ['run', '--format', 'json', '-t', 'charm-tracing-arguments']);
    expect(json.stdout).not.toMatch(CONTROL);
  });
});

test('a reader that goes away is no error, and --write goes on', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`src/m${index}.py`, `${CHARM_PY}# ${'x'.repeat(20_000)}\n`]),
  );
  const top = makeRepository({ 'charmcraft.yaml': '', ...files });
  const child = spawn(process.execPath, [MAIN, 'run', '--write', ...TRANSFORM], { cwd: top });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const [code] = await once(child, 'close');
  expect([code, stderr]).toEqual([0, expect.stringContaining('30 files changed')]);
  expect(readFileSync(join(top, 'src/m29.py'), 'utf8')).toContain(NEW);
});

test('list names presets and transforms in order', async () => {
  const { code, stdout, stderr } = await invoke(makeFolder(), ['list']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^tempo-coordinator: /);
  expect(stdout).toMatch(/^ {2}charm-tracing-arguments +safe +\S/m);
});

test('--version names the engines, --help the commands', async () => {
  const version = await command(makeFolder(), ['--version']);
  expect(version).toMatchObject({ code: 0, stderr: '' });
  expect(version.stdout).toMatch(
    /^\d+\.\d+\.\d+ \(@ast-grep\/napi [\d.]+, @ast-grep\/lang-python [\d.]+, node v[\d.]+\)\n$/,
  );
  const help = await command(makeFolder(), ['run', '--help']);
  expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('--allow-dirty')]);
});

describe('repositories', () => {
  test('several at once, each by itself', async () => {
    const outer = makeFolder({
      'one/charmcraft.yaml': '',
      'one/charm.py': CHARM_PY,
      'two/charmcraft.yaml': '',
      'two/charm.py': CHARM_PY,
    });
    commitAll(join(outer, 'one'));
    commitAll(join(outer, 'two'));
    const { code, stdout } = await invoke(outer, ['run', 'one', 'two', ...TRANSFORM]);
    expect(code).toBe(0);
    expect(stdout.match(/^diff .*$/gm)).toEqual([
      'diff --git a/one/charm.py b/one/charm.py',
      'diff --git a/two/charm.py b/two/charm.py',
    ]);
    expect((await invoke(outer, ['run', ...TRANSFORM])).stdout).toBe(stdout);
    writeFiles(outer, { 'two/charm.py': `${CHARM_PY}#\n` });
    expect(await invoke(outer, ['run', '-w', ...TRANSFORM])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('error: two/charm.py: has uncommitted changes'),
    });
    expect(readFileSync(join(outer, 'one/charm.py'), 'utf8')).toBe(MIGRATED);
  });

  test('nothing that a repository names is executed', async () => {
    const top = makeRepository({
      ...CHARM,
      'tempo-codemods.py': '',
      'hook.sh': `#!/bin/sh\ntouch "${'$'}(dirname "$0")/owned"\n`,
    });
    execFileSync('chmod', ['+x', join(top, 'hook.sh')]);
    for (const [key, value] of [
      ['core.fsmonitor', './hook.sh'],
      ['core.hooksPath', '.'],
      ['core.pager', './hook.sh'],
      ['core.sshCommand', './hook.sh'],
    ]) {
      execFileSync('git', ['config', key ?? '', value ?? ''], { cwd: top });
    }
    execFileSync('cp', [join(top, 'hook.sh'), join(top, 'post-index-change')]);
    const { code } = await invoke(top, ['run', '--write', '--allow-dirty', ...TRANSFORM]);
    expect(code).toBe(0);
    expect(Object.keys(snapshot(top))).not.toContain('owned');
  });
});
