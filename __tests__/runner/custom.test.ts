/** Transforms and settings of one's own, on the built command. */
import { describe, expect, it } from '@jest/globals';
import { resolveSettings } from '../../runner/cli/settings.js';
import { loadConfig } from '../../runner/config.js';
import { CHARM, command, makeFolder, makeRepository, NEW, OLD } from './world.js';

const STEP = (id: string, from: string, to: string) => `
import { defineTransform } from 'tempo-codemods';
import { callsOf } from 'tempo-codemods/kit';
const unused: typeof callsOf | undefined = undefined;
export default defineTransform({
  id: '${id}', title: 'x', safety: 'safe', language: 'python', literals: ['${from}'],
  options: { to: { type: 'string', default: '${to}', description: 'The new name' } },
  findings: { seen: { severity: 'info', title: 'It was there' } },
  rules: { name: { rule: { kind: 'identifier', regex: '^${from}$' } } },
  apply(file) {
    for (const name of file.find('name')) {
      file.edit.replace(name, file.options.to);
      file.report('seen', { at: name, message: '${from} was here', help: 'Nothing.', group: file.path });
    }
  },
});
`;
const js = (text: string) => text.replace(/^const unused.*$/m, '');
const PROJECT = { 'charmcraft.yaml': 'name: x\n', 'src/charm.py': 'one = 1\n' };
const finding = (text: string) => JSON.parse(text).findings as { id: string; docs: string }[];
const added = (diff: string) => diff.split('\n').filter((line) => /^\+[^+]/.test(line));

describe('-t FILE', () => {
  it('takes TypeScript, JavaScript and rules, with built-in steps, in the given order', async () => {
    const folder = makeFolder({
      ...PROJECT,
      'steps/one.ts': STEP('one-two', 'one', 'two'),
      'two.mjs': js(STEP('two-three', 'two', 'three')),
      'three.js': js(STEP('three-four', 'three', 'four')),
      'four.yml': 'id: four-five\nlanguage: python\nrule: { pattern: four }\nfix: five\n',
    });
    const files = [
      '-t',
      './steps/one.ts',
      '-t',
      'two.mjs',
      '-t',
      'rename-lib-modules',
      '-t',
      'three.js',
      '-t',
      'four.yml',
    ];
    const result = await command(folder, ['run', ...files, 'src']);
    expect(added(result.stdout)).toEqual(['+five = 1']);
    const json = await command(folder, ['run', ...files, 'src', '--format', 'json']);
    expect(JSON.parse(json.stdout).transforms).toEqual([
      'one-two',
      'two-three',
      'rename-lib-modules',
      'three-four',
      'four-five',
    ]);
    // Without a page of their own, findings lead to the file that makes them.
    expect(finding(json.stdout)[0]?.docs).toMatch(/^file:.*\/(one\.ts|two\.mjs|three\.js)#seen$/);
  });

  it('gives it options', async () => {
    const folder = makeFolder({ ...PROJECT, 'one.ts': STEP('one-two', 'one', 'two') });
    const run = (...args: string[]) => command(folder, ['run', 'src', '-t', './one.ts', ...args]);
    expect(added((await run('--option', 'one-two.to=deux')).stdout)).toEqual(['+deux = 1']);
    expect((await run('--option', 'one-two.too=x')).stderr).toContain(
      "unknown option of 'one-two' 'too'; did you mean 'to'?",
    );
    expect((await run('--option', 'one-tow.to=x')).stderr).toContain("did you mean 'one-two'?");
    expect((await run('--option', 'nonsense')).stderr).toContain(
      "--option wants ID.KEY=VALUE, not 'nonsense'",
    );
  });

  // One process for all of them would do, but jiti and jest's modules do not mix.
  it.each([
    ['gone.ts', '', 'gone.ts: no such file'],
    ['a.txt', '', 'a.txt: a transform file ends in .ts, .mts, .js, .mjs, .yml, .yaml'],
    ['a.ts', 'export const x = 1;', 'a.ts: has no default export'],
    ['a.ts', 'export default 1;', 'a.ts: its default export is no transform'],
    ['a.ts', 'export default [];', 'a.ts: its default export is an empty list'],
    ['a.ts', 'throw new Error("boom");', 'a.ts: cannot be loaded: boom'],
    ['a.ts', STEP('rename-lib-modules', 'one', 'two'), "two transforms have the id 'rename-lib-modules'"],
    ['a.ts', STEP('Bad', 'one', 'two'), "a.ts: cannot be loaded: transform 'Bad': the id must be kebab-case"],
  ])('explains what is wrong with %s %#', async (name, text, message) => {
    const folder = makeFolder({ ...PROJECT, ...(name === 'gone.ts' ? {} : { [name]: text }) });
    const result = await command(folder, ['run', '-t', 'rename-lib-modules', '-t', `./${name}`]);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain(message);
  });
});

describe('configuration', () => {
  const config = (data: object) => ({ 'tempo-codemods.config.json': JSON.stringify(data) });
  const one = { 'steps/one.ts': STEP('one-two', 'one', 'two') };
  const ONE = { transforms: ['steps/one.ts'] };

  it.each([
    ['tempo-codemods.config.json', JSON.stringify(ONE)],
    ['package.json', JSON.stringify({ 'tempo-codemods': ONE })],
    [
      'tempo-codemods.config.js',
      `import step from './steps/one.ts';\nexport default { transforms: [step] };`,
    ],
    ['tempo-codemods.config.mjs', 'export default { transforms: ["./steps/one.ts"] };'],
    [
      'tempo-codemods.config.ts',
      `import { configure, defineConfig } from 'tempo-codemods';
       import step from './steps/one.ts';
       export default defineConfig({ transforms: [configure(step, { to: 'two' })] });`,
    ],
  ])('%s', async (name, text) => {
    const folder = makeRepository({ ...PROJECT, ...one, [name]: text, 'src/deep/x.py': '' });
    expect(added((await command(folder, ['run'])).stdout)).toEqual(['+two = 1']);
    // From a folder of the project, too; and not at all when it is not wanted.
    expect(added((await command(`${folder}/src/deep`, ['run', '../charm.py'])).stdout)).toEqual(['+two = 1']);
    expect((await command(folder, ['run', '--no-config'])).stdout).toBe('');
  });

  it('lets the command line win', async () => {
    const settings = { ...ONE, options: { 'one-two': { to: 'config' } }, skip: ['one-two'], files: ['src'] };
    const folder = makeRepository({ ...CHARM, 'src/one.py': 'one = 1\n', ...one, ...config(settings) });
    expect((await command(folder, ['run'])).stdout).toBe('');
    const chosen = await command(folder, ['run', '-t', 'charm-tracing-arguments']);
    expect(chosen.stdout).toContain(NEW);
    const other = { ...settings, skip: [] };
    const second = makeRepository({ 'src/one.py': 'one = 1\n', ...one, ...config(other) });
    expect(added((await command(second, ['run'])).stdout)).toEqual(['+config = 1']);
    expect(added((await command(second, ['run', '--option', 'one-two.to=flag'])).stdout)).toEqual([
      '+flag = 1',
    ]);
  });

  it('shows the result and where each value came from', async () => {
    const settings = { ...ONE, options: { 'one-two': { to: 'deux' } }, ignore: ['a'], lineLength: 99 };
    const folder = makeRepository({ ...PROJECT, ...one, ...config(settings) });
    const { stdout } = await command(folder, ['run', '--print-config', '--ignore', 'b', 'src']);
    const from = 'tempo-codemods.config.json';
    expect(JSON.parse(stdout)).toEqual({
      config: from,
      preset: { value: [], from: 'default' },
      transforms: { value: ['./steps/one.ts'], from },
      skip: [],
      options: { 'one-two': { to: { value: 'deux', from } } },
      ignore: [
        { value: 'a', from },
        { value: 'b', from: 'flag' },
      ],
      files: { value: ['src'], from: 'flag' },
      lineLength: { value: 99, from },
      steps: [{ id: 'one-two', options: { to: 'deux' } }],
    });
    const plain = JSON.parse((await command(folder, ['run', '--print-config', '--no-config'])).stdout);
    expect(plain).toMatchObject({ config: null, preset: { value: ['tempo-coordinator'], from: 'default' } });
  });

  it('is never taken from the charm that is migrated', async () => {
    const trap = 'process.stdout.write("executed"); export default {};';
    const folder = makeFolder({
      'inner/charmcraft.yaml': 'name: x\n',
      'inner/src/charm.py': 'one = 1\n',
      'inner/tempo-codemods.config.js': trap,
    });
    expect((await command(folder, ['run', 'inner'])).stdout).toBe('');
    // Outside git the folders above are not the project's own.
    const above = makeFolder({ 'tempo-codemods.config.js': trap, 'charm/charmcraft.yaml': 'name: x\n' });
    expect((await command(`${above}/charm`, ['run'])).stdout).toBe('');
    // Named on the command line it is.
    const named = await command(folder, ['run', 'inner', '--config', 'inner/tempo-codemods.config.js']);
    expect(named.stdout).toBe('executed');
  });

  it.each([
    [{ trnsforms: [] }, "tempo-codemods.config.json: unknown key 'trnsforms'; did you mean 'transforms'?"],
    [{ preset: 1 }, "'preset' must be a name or a list of names"],
    [{ transforms: [1] }, "'transforms' must be a list of names, files and transforms"],
    [{ skip: 'x' }, "'skip' must be a list of ids"],
    [{ options: { a: 1 } }, "'options' must be options by transform id"],
    [{ ignore: [1] }, "'ignore' must be a list of patterns"],
    [{ files: 'src' }, "'files' must be a list of files, folders and globs"],
    [{ lineLength: 0 }, "'lineLength' must be a whole number above 0"],
    [[], 'the configuration must be an object'],
    [{ preset: 'tempo-coordinatr' }, "did you mean 'tempo-coordinator'?"],
  ])('names the key: %j', async (data, message) => {
    const folder = makeFolder({ ...PROJECT, ...config(data) });
    await expect(resolveSettings({}, folder)).rejects.toThrow(message);
  });

  it('says when there are two, none where one was named, or no JSON', async () => {
    const two = makeFolder({ ...config({}), 'tempo-codemods.config.mjs': '' });
    await expect(loadConfig(two)).rejects.toThrow('two configuration files');
    await expect(loadConfig(two, 'x.json')).rejects.toThrow('x.json: no such file');
    const broken = makeFolder({ 'tempo-codemods.config.json': '{' });
    await expect(loadConfig(broken)).rejects.toThrow('tempo-codemods.config.json: ');
  });
});

describe('run -', () => {
  const run = (folder: string, input: string | Buffer, ...args: string[]) =>
    command(folder, ['run', '-', ...args], { input });
  const STDIN = ['-t', 'charm-tracing-arguments', '--stdin-path'];
  const source = String(CHARM['src/charm.py']);

  it('gives the result on stdout, for a file that may not be saved yet', async () => {
    const folder = makeRepository(CHARM);
    for (const path of ['src/charm.py', 'src/new/other.py']) {
      const result = await run(folder, `\uFEFF${source}`, ...STDIN, path);
      expect(result).toMatchObject({ code: 0, stdout: `\uFEFF${source.replace(OLD, NEW)}`, stderr: '' });
    }
    expect((await run(folder, source, ...STDIN, 'src/charm.py', '--check')).code).toBe(1);
    expect(await run(folder, 'x = 1\n', ...STDIN, 'src/charm.py', '--check')).toMatchObject({
      code: 0,
      stdout: 'x = 1\n',
    });
  });

  it('tells findings on stderr and heeds --fail-on and comments', async () => {
    const rule =
      'id: my-rule\nlanguage: python\nseverity: error\nmessage: z\nnote: Do y.\nrule: { pattern: zz }\n';
    const folder = makeFolder({ ...PROJECT, 'r.yml': rule });
    const result = await run(
      folder,
      'a = 1\nzz\n',
      '-t',
      './r.yml',
      '--stdin-path',
      'src/charm.py',
      '--fail-on',
      'error',
    );
    expect(result).toMatchObject({ code: 1, stdout: 'a = 1\nzz\n' });
    expect(result.stderr).toBe('src/charm.py:2:1: error: z [my-rule/match]\n    Do y.\n');
    const accepted = 'zz  # tempo-codemods: ignore[my-rule/match]\n';
    expect(await run(folder, accepted, '-t', './r.yml', '--stdin-path', 'src/charm.py')).toMatchObject({
      stderr: '',
    });
  });

  it('gives back what it cannot work on', async () => {
    const folder = makeRepository(CHARM);
    const latin = Buffer.from([0x78, 0xe9]);
    const result = await run(folder, latin, ...STDIN, 'src/charm.py');
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('no text in UTF-8');
  });

  it.each([
    [['run', '-'], "'-' needs --stdin-path FILE"],
    [['run', '-', 'src'], "'-' stands for one text on stdin"],
    [['run', '--stdin-path', 'x'], "--stdin-path needs '-'"],
    [['run', '-', '--stdin-path', 'x', '--write'], 'leave out --write'],
  ])('%j', async (args, message) => {
    const result = await command(makeFolder(), args);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
  });
});
