import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { command, makeFolder } from './world.js';

const root = join(import.meta.dirname, '..', '..');
const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, ...env } = process.env;

describe('new', () => {
  it('makes a project that passes as created, with all answers as flags', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules', 'tempo-codemods'));
    const flags = [
      '--title',
      "It's new",
      '--from',
      'lib.old',
      '--to',
      'lib.new',
      '--safety',
      'safe',
      '--dir',
      'made',
    ];
    const result = await command(folder, ['new', 'my-step', ...flags]);
    expect(result.code).toBe(0);
    const made = join(folder, 'made');
    expect(execFileSync('npm', ['test'], { cwd: made, env }).toString()).toContain('# pass 3');
    expect(readFileSync(join(made, 'my-step.ts'), 'utf8')).toContain("title: 'It\\'s new'");
    // Its types are right, too.
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', made], { env });
    const again = await command(folder, ['new', 'my-step', '--dir', 'made']);
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toContain('nothing was made, because these exist: made/my-step.ts');
    // A second one joins the project.
    const second = await command(made, ['new', 'other-step', '--dir', '.']);
    expect(second.stdout).not.toContain('package.json');
    expect(execFileSync('npm', ['test'], { cwd: made, env }).toString()).toContain('# pass 6');
  });

  it('makes a step inside the repository of tempo-codemods', async () => {
    const folder = makeFolder({
      'package.json': '{"name": "tempo-codemods"}',
      'transforms/ops-tracing/x.ts': '',
    });
    const result = await command(folder, ['new', 'my-step', '--preset', 'ops-tracing']);
    expect(result.stdout.split('\n')).toEqual([
      'transforms/ops-tracing/my-step.ts',
      '__testfixtures__/my-step/renames-the-call/input.py',
      '__testfixtures__/my-step/renames-the-call/output.py',
      '__testfixtures__/my-step/leaves-other-names-alone/input.py',
      '__tests__/transforms/ops-tracing/my-step.test.ts',
      '',
    ]);
    expect((await command(folder, ['new', 'b', '--preset', 'nope'])).stderr).toContain(
      'no folder transforms/nope',
    );
  });

  it.each([
    [['new', 'My_Step'], "'My_Step' is no id: it must be kebab-case"],
    [['new', 'a', '--from', "x'); boom("], '--from wants the name of a function'],
    [['new', 'a', '--from', 'b', '--to', 'b'], '--to must be another name than --from'],
    [['new', 'a', '--to', '1'], '--to wants the name of a function'],
  ])('%j', async (args, message) => {
    const result = await command(makeFolder(), args);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
  });
});

describe('list and explain', () => {
  const run = (...args: string[]) => command(root, args);

  it('prints the pages', async () => {
    expect((await run('list')).stdout).toContain('rename-lib-modules');
    const page = readFileSync(join(root, 'docs/transforms/rename-lib-modules.md'), 'utf8');
    expect((await run('explain', 'rename-lib-modules')).stdout).toBe(page);
    expect((await run('explain', 'rename-lib-modules/name-gone')).stdout).toMatch(/^### name-gone\n/);
    expect((await run('explain', 'verify/residue')).stdout).toMatch(/^### verify\/residue\n/);
  });

  it.each([
    ['rename-lib-module', "did you mean 'rename-lib-modules'?"],
    [
      'rename-lib-modules/name-gon',
      "unknown finding of 'rename-lib-modules' 'name-gon'; did you mean 'name-gone'?",
    ],
    ['./gone.ts', 'unknown transform or finding'],
  ])('%s', async (name, message) => {
    expect((await run('explain', name)).stderr).toContain(message);
  });
});
