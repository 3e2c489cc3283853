/** The recipes of docs/fleet: their scripts run on local repositories, their files are read. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { OPTIONS } from '../../runner/cli/run.js';
import { commitAll, git, MAIN, makeFolder, makeRepository } from '../runner/world.js';

const FLEET = join(import.meta.dirname, '..', '..', 'docs', 'fleet');
const OLD = { 'charmcraft.yaml': 'name: x\n', 'src/charm.py': 'import charms.tempo_k8s.v1.charm_tracing\n' };
const NEW = { 'charmcraft.yaml': 'name: y\n', 'src/charm.py': 'import ops\n' };
const name = { name: 't', email: 't@example.com' };
const env = {
  ...process.env,
  NODE_OPTIONS: '',
  TEMPO_CODEMODS: `${process.execPath} ${MAIN}`,
  GIT_AUTHOR_NAME: name.name,
  GIT_AUTHOR_EMAIL: name.email,
  GIT_COMMITTER_NAME: name.name,
  GIT_COMMITTER_EMAIL: name.email,
};
const log = (folder: string, ...args: string[]) => git(folder, 'log', '--format=%B', ...args);

it('multi-gitter.sh commits with the report as the body, and only changes', () => {
  const [old, fresh] = [makeRepository(OLD), makeRepository(NEW)];
  for (const cwd of [old, fresh]) execFileSync(join(FLEET, 'multi-gitter.sh'), { cwd, env, stdio: 'pipe' });
  const message = log(old, '-1');
  expect(message).toMatch(/^Migrate to the tempo-coordinator-k8s charm libraries\n\n/);
  expect(message).toContain('rename-lib-modules');
  expect(message).toMatch(/^#+ /m);
  expect(git(old, 'status', '--porcelain')).toBe('');
  expect(log(fresh).trim()).toBe('x');
});

it('shard.sh pushes a branch and opens a pull request for each repository of its part that changes', () => {
  const folder = makeFolder({
    'bin/gh': `#!/bin/sh\necho "$PWD $*" >> "${'$'}CALLS"\ntest "$2" = create && test -e "$PWD/.git/again" && exit 1; exit 0\n`,
  });
  execFileSync('chmod', ['+x', join(folder, 'bin/gh')]);
  mkdirSync(join(folder, 'repos'));
  for (const [at, files] of [OLD, NEW, OLD, OLD].entries()) {
    const origin = makeFolder(files);
    commitAll(origin);
    git(folder, 'clone', '-q', origin, `repos/r${at}`);
  }
  writeFileSync(join(folder, 'repos/r2/.git/again'), '');
  const calls = join(folder, 'calls');
  const run = (shard: string) =>
    execFileSync(join(FLEET, 'shard.sh'), [shard], {
      cwd: folder,
      env: { ...env, CALLS: calls, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
      stdio: 'pipe',
    });
  run('1/2');
  run('2/2');
  const made = readFileSync(calls, 'utf8').trim().split('\n');
  expect(made.map((line) => /repos\/(r\d) pr (\w+)/.exec(line)?.slice(1).join(' '))).toEqual([
    'r0 create',
    'r2 create',
    'r2 edit',
    'r3 create',
  ]);
  for (const one of ['r0', 'r2', 'r3']) {
    expect(log(join(folder, 'repos', one), '-1', 'origin/tempo-coordinator')).toMatch(/^Migrate to/);
    expect(readFileSync(join(folder, `body-${one}.md`), 'utf8')).toContain('rename-lib-modules');
  }
  const merged = execFileSync(process.execPath, [MAIN, 'merge-reports', 'report-1.json', 'report-2.json'], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  expect(JSON.parse(merged).summary).toMatchObject({ charms: 4, changed: 3 });
});

it('the files are YAML, and name options that there are', () => {
  for (const file of readdirSync(FLEET)) {
    const text = readFileSync(join(FLEET, file), 'utf8');
    if (file.endsWith('.yml')) expect(() => parse(text)).not.toThrow();
    for (const [line] of text.matchAll(/codemods(\}|) run .*/g)) {
      for (const [, option = ''] of line.matchAll(/ --(?:no-)?([a-z-]+)/g)) {
        expect(Object.keys(OPTIONS)).toContain(option);
      }
    }
  }
});
