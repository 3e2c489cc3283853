/** The places where people run the command: pre-commit, GitHub Actions, the shell. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { OPTIONS } from '../../runner/cli/run.js';
import { presets, transforms } from '../../transforms/index.js';
import { charmFiles } from '../runner/report/sample.js';
import { command, git, makeFolder, makeRepository } from '../runner/world.js';

const files = { ...charmFiles(), 'charmcraft.yaml': 'name: cats\ntype: charm\n' };

describe('.pre-commit-hooks.yaml', () => {
  const hooks: { id: string; entry: string; files: string }[] = parse(
    readFileSync('.pre-commit-hooks.yaml', 'utf8'),
  );

  it('names commands that exist', async () => {
    for (const { entry } of hooks) {
      const [name, ...args] = entry.split(' ');
      expect(name).toBe('tempo-codemods');
      expect((await command(makeFolder(), args)).code).toBe(0);
    }
  });

  it('the checking hook fails on an old charm, the writing one mends it while it is being committed', async () => {
    const folder = makeRepository({ 'README.md': 'x\n' });
    const [check, write] = hooks.map(({ entry }) => entry.split(' ').slice(1));
    for (const [path, text] of Object.entries(files)) {
      execFileSync('sh', ['-c', 'mkdir -p "$(dirname "$0")" && cat > "$0"', path], {
        cwd: folder,
        input: text,
      });
    }
    git(folder, 'add', '-A');
    expect((await command(folder, check ?? [])).code).toBe(1);
    expect((await command(folder, write ?? [])).code).toBe(0);
    expect((await command(folder, check ?? [])).code).toBe(0);
  });

  it('runs when a file is touched that a step may change', () => {
    const pattern = new RegExp(hooks[0]?.files ?? '');
    for (const path of ['src/charm.py', 'charmcraft.yaml', 'pyproject.toml', '.gitignore', 'renovate.json']) {
      expect(path).toMatch(pattern);
    }
  });
});

describe('action.yml', () => {
  const action: {
    inputs: Record<string, unknown>;
    runs: { steps: { run?: string; env?: Record<string, string> }[] };
  } = parse(readFileSync('action.yml', 'utf8'));

  function act(folder: string, inputs: Record<string, string>) {
    const temp = makeFolder({ output: '', summary: '' });
    const { status, stdout, stderr } = spawnSync('bash', [join(process.cwd(), 'scripts/action.sh')], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        GITHUB_ACTION_PATH: process.cwd(),
        GITHUB_OUTPUT: join(temp, 'output'),
        GITHUB_STEP_SUMMARY: join(temp, 'summary'),
        RUNNER_TEMP: temp,
        ...inputs,
      },
    });
    const outputs = Object.fromEntries(
      readFileSync(join(temp, 'output'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split('=', 2)),
    );
    return { status, stdout, stderr, outputs, summary: readFileSync(join(temp, 'summary'), 'utf8') };
  }

  it('puts no input into the text of a script', () => {
    for (const { run } of action.runs.steps) expect(run ?? '').not.toContain('${{');
    const given = action.runs.steps.flatMap((step) => Object.values(step.env ?? {})).join(' ');
    for (const name of Object.keys(action.inputs)) {
      if (name !== 'sarif') expect(given).toContain(`inputs.${name} `);
    }
  });

  it('checks: annotations, summary, SARIF with fixes, exit code', () => {
    const folder = makeRepository({ ...files, 'with space/x.py': 'x = 1\n' });
    const { status, stdout, outputs, summary } = act(folder, { INPUT_PATHS: '.\nwith space\n' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::notice file=src\/charm.py,/m);
    expect(summary).toContain('### What changed, and why');
    expect(outputs.changed).toBe('true');
    expect(readFileSync(outputs.sarif ?? '', 'utf8')).toContain('"fixes"');
    expect(git(folder, 'status', '--porcelain')).toBe('');
  });

  it('writes, and is content afterwards', () => {
    const folder = makeRepository(files);
    const { status, outputs } = act(folder, { INPUT_MODE: 'write' });
    expect({ status, changed: outputs.changed }).toEqual({ status: 0, changed: 'true' });
    expect(readFileSync(outputs.body ?? '', 'utf8')).toContain('## Move');
    expect(act(folder, { INPUT_MODE: 'check', INPUT_ARGUMENTS: '--allow-dirty' }).outputs.changed).toBe(
      'false',
    );
  });

  it('refuses an unknown mode', () => {
    expect(act(makeRepository(files), { INPUT_MODE: 'x"; rm -rf .' }).status).toBe(2);
  });
});

describe('the shell', () => {
  const complete = async (...words: string[]) => {
    const { stdout } = await command(makeFolder(), ['--get-yargs-completions', 'tempo-codemods', ...words]);
    return stdout.trim().split('\n');
  };

  it('completes commands, options, and names', async () => {
    expect(await complete('ru')).toContain('run');
    expect(await complete('run', '--spl')).toContain('--split-patches');
    expect(await complete('run', '-t', '')).toEqual(Object.keys(transforms));
    expect(await complete('run', '-p', '')).toEqual(Object.keys(presets));
    expect(await complete('run', '--format', 'sa')).toEqual(['sarif']);
  });

  it('gives a script that bash takes', async () => {
    const { stdout, code } = await command(makeFolder(), ['completion'], { env: { SHELL: '/bin/bash' } });
    expect(code).toBe(0);
    execFileSync('bash', ['-n'], { input: stdout });
    expect(stdout).toContain('complete -o bashdefault');
  });

  it('explains each option of run, with examples and exit codes', async () => {
    const { stdout } = await command(makeFolder(), ['run', '--help']);
    for (const name of Object.keys(OPTIONS)) expect(stdout).toContain(`--${name}`);
    // All but version and help have a heading of their own.
    const rest = /\nOptions:\n([\s\S]*?)\n\n/.exec(stdout)?.[1] ?? '';
    expect(rest.match(/--[\w-]+/g)).toEqual(['--version', '--help']);
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('Exit codes:');
  });
});
