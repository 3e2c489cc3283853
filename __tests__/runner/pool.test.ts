/** Charms in child processes, on the built command. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { command, type Files, MAIN, makeFolder, snapshot } from './world.js';

const STEP = `
import { defineTransform } from 'tempo-codemods';
export default defineTransform({
  id: 'trouble', title: 'x', safety: 'safe', language: 'python', literals: ['old'],
  apply(file) {
    console.log('not for stdout');
    if (file.text.includes('hang')) {
      process.stderr.write(\`hangs \${process.pid}\\n\`);
      for (;;);
    }
    if (file.text.includes('abort')) process.abort();
    file.edit.replace({ start: 0, end: 3 }, 'new');
  },
});
`;

function fleet(texts: Readonly<Record<string, string>>): string {
  const files = Object.entries(texts).flatMap(([name, text]) => [
    [`charms/${name}/charmcraft.yaml`, `name: ${name}\n`],
    [`charms/${name}/src/charm.py`, text],
  ]);
  return makeFolder({ 'step.mjs': STEP, ...Object.fromEntries(files) });
}

const CALM = Object.fromEntries([...'abcdefgh'].map((name) => [name, `old = "${name}"\n`]));
const RUN = ['run', '-t', './step.mjs', 'charms/*'];

describe('children', () => {
  it('fail alone when they die or hang, named with file and step; the run goes on', async () => {
    const folder = fleet({ ...CALM, c: 'old = "hang"\n', e: 'old = "abort"\n' });
    const result = await command(folder, [...RUN, '--jobs', '2', '--timeout', '10', '--format', 'json']);
    const { failures, files, summary } = JSON.parse(result.stdout);
    expect(failures).toEqual([
      {
        charm: 'charms/c',
        error: "took more than 10 s (see --timeout) in 'trouble' on charms/c/src/charm.py",
      },
      { charm: 'charms/e', error: "its process died (SIGABRT) in 'trouble' on charms/e/src/charm.py" },
    ]);
    expect(files.map(({ path }: { path: string }) => path)).toEqual(
      [...'abdfgh'].map((name) => `charms/${name}/src/charm.py`),
    );
    expect(summary).toMatchObject({ charms: 8, changed: 6, failed: 2 });
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('not for stdout');
  });

  it.each([
    ['one charm, built-in transforms', ['charms/a'], [], 0],
    ['eleven charms', ['charms/[a-k]'], [], 0],
    ['twelve charms', ['charms/[a-l]'], ['--jobs', '2'], 2],
    ['one charm, when asked for', ['charms/a'], ['--jobs', '3'], 1],
    ['one charm, a transform of your own', ['charms/a'], ['-t', './step.mjs'], 1],
  ])('are started when they are worth it: %s', async (_, paths, options, children) => {
    const folder = fleet(Object.fromEntries([...'abcdefghijkl'].map((name) => [name, 'old = 1\n'])));
    // Every process of Node says which program it is.
    const hook = join(
      makeFolder({ 'hook.cjs': "process.stderr.write('runs ' + process.argv[1] + '\\n');" }),
      'hook.cjs',
    );
    const { code, stderr } = await command(folder, ['run', ...paths, ...options], {
      env: { NODE_OPTIONS: `--require ${hook}` },
    });
    expect(code).toBe(0);
    expect(stderr.match(/^runs .*worker\.js$/gm) ?? []).toHaveLength(children);
  });

  it('keep the other charms of a repository, and what was written', async () => {
    const folder = fleet({ a: 'old = 1\n', b: 'old = "abort"\n', d: 'old = 3\n' });
    const result = await command(folder, ['run', '-t', './step.mjs', '.', '--write', '--format', 'json']);
    const { failures, files } = JSON.parse(result.stdout);
    expect(failures.map(({ charm }: { charm: string }) => charm)).toEqual(['charms/b']);
    expect(files.map(({ path, status }: Record<string, string>) => `${status} ${path}`)).toEqual([
      'modified charms/a/src/charm.py',
      'modified charms/d/src/charm.py',
    ]);
    const after = snapshot(folder);
    expect(after['charms/a/src/charm.py']).toBe('644 new = 1\n');
    expect(after['charms/b/src/charm.py']).toBe('644 old = "abort"\n');
    expect(after['charms/d/src/charm.py']).toBe('644 new = 3\n');
  });

  it('do not change a byte of the output, however many', async () => {
    const text = (name: string) =>
      `from charms.tempo_k8s.v1.charm_tracing import trace_charm\n\n\n@trace_charm("${name}")\nclass C:\n    pass\n`;
    const folder = fleet(Object.fromEntries([...'abcdef'].map((name) => [name, text(name)])));
    const runs = [[], ['-j1'], ['-j2'], ['-j5']].map((jobs) =>
      command(folder, ['run', 'charms/*', '--format', 'json', ...jobs]),
    );
    const [serial, ...others] = await Promise.all(runs);
    expect(JSON.parse(serial?.stdout ?? '').summary.changed).toBe(6);
    for (const other of others) expect(other).toEqual(serial);
  });

  it('take over in a folder of clones, in the order that one process has', async () => {
    const names = [...'abcdefghijklm'];
    const text = 'from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer\n';
    const folder = fleet(Object.fromEntries(names.map((name) => [name, text])));
    for (const name of names) {
      const clone = join(folder, 'charms', name);
      for (const args of [
        ['init', '-q'],
        ['add', '.'],
      ])
        execFileSync('git', args, { cwd: clone });
    }
    const [together, listed] = await Promise.all([
      command(folder, ['run', 'charms', '--format', 'json']),
      command(folder, ['run', 'charms/*', '--format', 'json', '-j1']),
    ]);
    const paths = (stdout: string) => JSON.parse(stdout).files.map(({ path }: { path: string }) => path);
    expect(paths(together.stdout)).toEqual(names.map((name) => `charms/${name}/src/charm.py`));
    expect(paths(listed.stdout)).toEqual(paths(together.stdout));
    expect(together.code).toBe(0);
  });

  describe('and what is printed and written', () => {
    // The first one takes longest, so that the others are done before it; one fails, some have nothing to say.
    const text = (name: string) =>
      `from charms.tempo_k8s.v1.charm_tracing import trace_charm\n\n\n@trace_charm("${name}", server_cert="${name}")\nclass C:\n    pass\n`;
    const filler = 'def f():\n    return [1, 2, 3]\n\n\n'.repeat(4000);
    const files: Files = {
      ...Object.fromEntries(
        [...'abcdefghijkl'].flatMap((name, at) => [
          [`charms/${name}/charmcraft.yaml`, `name: ${name}\n`],
          [`charms/${name}/src/charm.py`, at % 4 === 3 ? 'x = 1\n' : text(name) + (at === 0 ? filler : '')],
        ]),
      ),
      'charms/c/src/secret.py': text('secret'),
      'charms/e/src/odd.py': Buffer.from(`# \u00e9\n${text('odd')}`, 'latin1'),
      'charms/g/src/broken.py': `${text('broken')}\nx = )\n`,
      'charms/h/tests/tester/charmcraft.yaml': 'name: tester\n',
      'charms/h/tests/tester/src/charm.py': text('tester'),
    };

    it.each(
      ['diff', 'json', 'markdown', 'sarif', 'github'].flatMap((format) =>
        [false, true].map((write) => ({ format, write })),
      ),
    )('is the same for --jobs 1 and 4: $format, write $write', async ({ format, write }) => {
      const runs = [1, 4].map(async (jobs) => {
        const folder = makeFolder(files);
        chmodSync(join(folder, 'charms/c/src/secret.py'), 0o444);
        const args = [
          'run',
          'charms/*',
          '--format',
          format,
          '--jobs',
          `${jobs}`,
          ...(write ? ['--write'] : []),
        ];
        const { code, stdout } = await command(folder, args);
        return { code, stdout, tree: snapshot(folder) };
      });
      const [one, four] = await Promise.all(runs);
      expect(one?.stdout).toContain('charms/a/src/charm.py');
      expect(one?.code).toBe(write ? 1 : 0);
      expect(four).toEqual(one);
    });
  });

  it('end with the parent, also one that hangs', async () => {
    const folder = fleet({ ...CALM, c: 'old = "hang"\n' });
    const result = await command(folder, RUN, {
      shell: '"$@" & parent=$!; sleep 3; kill -INT $parent; wait $parent; exit $?',
    });
    expect(result.code).toBe(130);
    expect(result.stderr).toContain('Stopped before the end.');
  });

  it('end by themselves when the parent was killed, also one that hangs', async () => {
    const folder = fleet({ c: 'old = "hang"\n' });
    const child = spawn(process.execPath, [MAIN, ...RUN, '--timeout', '8'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    const pid = await new Promise<number>((resolve, reject) => {
      child.on('close', () => reject(new Error(`it ended: ${said}`)));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /^hangs (\d+)$/m.exec(said)?.[1];
        if (found) resolve(Number(found));
      });
    });
    child.kill('SIGKILL');
    const exists = () => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    expect(exists()).toBe(true);
    // Eight seconds, five more that a parent would have had to say so.
    for (let tenths = 0; exists() && tenths < 400; tenths += 1) await setTimeout(100);
    expect(exists()).toBe(false);
  });

  it.each(['1.0001', '99999999999'])(
    'take any time limit from one second on: --timeout %s',
    async (timeout) => {
      const { code, stdout } = await command(fleet({ a: 'old = 1\n' }), [...RUN, '--timeout', timeout]);
      expect([code, stdout]).toEqual([0, expect.stringContaining('+new = 1')]);
    },
  );

  it.each(['0', 'x'])('want a number: --jobs %s', async (jobs) => {
    const result = await command(fleet(CALM), [...RUN, '--jobs', jobs]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('--jobs wants a number from 1');
  });
});

describe('shards', () => {
  it('part a fleet, and their reports join to that of the whole', async () => {
    const folder = fleet(CALM);
    const json = async (...more: string[]) =>
      (await command(folder, [...RUN, '--format', 'json', ...more])).stdout;
    const [whole, ...parts] = await Promise.all([
      json(),
      json('--shard', '1/3'),
      json('--shard', '2/3'),
      json('--shard', '3/3'),
    ]);
    const reports = makeFolder(Object.fromEntries(parts.map((text, at) => [`${at}.json`, text])));
    const merged = JSON.parse(
      (await command(reports, ['merge-reports', '0.json', '1.json', '2.json'])).stdout,
    );
    const all = JSON.parse(whole ?? '');
    const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
    expect({ ...merged, files: merged.files.sort(byPath) }).toEqual(all);
    expect(parts.map((text) => JSON.parse(text).files.length)).toEqual([3, 3, 2]);
  });

  it('says when a folder of clones cannot be parted', async () => {
    const result = await command(fleet(CALM), ['run', 'charms', '--shard', '2/4']);
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('--shard: 1 of 4 shards have something to do');
  });

  it.each(['0/2', '3/2', '1', 'a/b'])('refuses --shard %s', async (shard) => {
    const result = await command(fleet(CALM), [...RUN, '--shard', shard]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('--shard wants I/N');
  });

  it.each([
    ['no JSON', 'x', 'x.json: is no JSON'],
    ['no report', '{}', "x.json: is no report; make it with 'tempo-codemods run --format json'"],
  ])('refuses to join %s', async (_, text, message) => {
    const result = await command(makeFolder({ 'x.json': text }), ['merge-reports', 'x.json']);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
  });
});

describe('the table of many charms', () => {
  it('has a line for each with something to say', async () => {
    const folder = fleet({ ...CALM, c: 'unrelated = 1\n', e: 'old = "abort"\n' });
    const { stderr } = await command(folder, RUN);
    expect(stderr).toContain(
      'charm     changed  errors  warnings  infos\ncharms/a        1       0         0      0\n',
    );
    expect(stderr).toContain('charms/e        0       0         0      0  failed\n');
    expect(stderr).toContain('1 with nothing to do\n');
  });
});
