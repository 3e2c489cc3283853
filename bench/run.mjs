// Measures the built command and its peers side by side: `npm run bench`.
//
//   --rounds N     interleaved rounds, medians are taken (default 5)
//   --scale 1,4,16 multiples of 750 unrelated files (default 1,4,16)
//   --charms N     charms to migrate (default 200)
//   --folder DIR   where the trees are made and kept (default: bench-trees in the system's temporary folder)
//   --write        also write docs/bench.json, docs/images/bench.svg and the table of docs/performance.md
//
// A peer that is not on the machine is skipped aloud. Peers from npm are installed into the trees' folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from '@ast-grep/napi';
import { chart } from './chart.mjs';
import { measure, median } from './measure.mjs';
import { charms, unrelated } from './trees.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    scale: { type: 'string', default: '1,4,16' },
    charms: { type: 'string', default: '200' },
    folder: { type: 'string', default: join(tmpdir(), 'bench-trees') },
    write: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const scales = values.scale.split(',').map(Number);
const count = Number(values.charms);
const folder = resolve(values.folder);
const cli = resolve('dist/runner/cli/main.js');
const node = process.execPath;

const has = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const skipped = [];
function available(name, test) {
  if (test) return true;
  console.error(`skipped: ${name} is not on this machine`);
  skipped.push(name);
  return false;
}

/** Peers from npm live beside the trees, so that the project's own install stays small. */
function npmPeer(name, version, bin) {
  // A folder for each: npm removes what it was not told to save.
  const home = join(folder, 'peers', name.replace('/', '+'));
  const path = join(home, 'node_modules', ...bin);
  if (!existsSync(path)) {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
    spawnSync(
      'npm',
      ['install', '--no-audit', '--no-fund', '--no-save', '--ignore-scripts', `${name}@${version}`],
      { cwd: home },
    );
  }
  return available(name, existsSync(path)) ? path : undefined;
}

mkdirSync(folder, { recursive: true });
console.error(`making the trees in ${folder} …`);
for (const scale of scales) unrelated(join(folder, `unrelated-${scale}x`), 750 * scale);
charms(join(folder, 'charms'), count);
const largest = Math.max(...scales);
const nothing = join(folder, `unrelated-${largest}x`);
const mixed = join(folder, 'mixed');
if (!existsSync(mixed)) {
  cpSync(nothing, join(mixed, 'unrelated'), { recursive: true });
  cpSync(join(folder, 'charms'), join(mixed, 'charms'), { recursive: true });
}

const rule = join(folder, 'rename.yml');
writeFileSync(
  rule,
  'id: rename\nlanguage: python\nrule:\n  pattern: charms.tempo_k8s.v2.tracing\nfix: charms.tempo_coordinator_k8s.v0.tracing\n',
);
const sed =
  "find . \\( -type d -name .git -prune \\) -o -type f -print0 | xargs -0 sed -i -e 's/tempo_k8s.v1/tempo_coordinator_k8s.v0/g' -e 's/tempo_k8s.v2/tempo_coordinator_k8s.v0/g'";
const astGrep = npmPeer('@ast-grep/cli-linux-x64-gnu', '0.51.1', [
  '@ast-grep',
  'cli-linux-x64-gnu',
  'ast-grep',
]);
const jscodeshift = npmPeer('jscodeshift', '17', ['jscodeshift', 'bin', 'jscodeshift.js']);
const rg = available('rg', has('rg', '--version'));
const libcst = available('libcst (python3)', has('python3', '-c', 'import libcst'));

const tasks = [];
const task = (name, group, run) => tasks.push({ name, group, run, times: [], megabytes: [], perProcess: [] });
const own = (name, group, cwd, ...args) =>
  task(name, group, () => measure(node, [cli, 'run', '-q', ...args], { cwd }));

task('node -e 0', 'start', () => measure(node, ['-e', '0']));
task('tempo-codemods --version', 'start', () => measure(node, [cli, '--version']));
own('tempo-codemods, one charm', 'one charm', join(folder, 'charms', 'charm-000'));
for (const scale of scales)
  own(
    `tempo-codemods, ${scale}x`,
    `nothing to do, ${750 * scale} files`,
    join(folder, `unrelated-${scale}x`),
  );
if (rg)
  task('rg -l tempo_k8s', `nothing to do, ${750 * largest} files`, () =>
    measure('rg', ['-l', 'tempo_k8s'], { cwd: nothing, ok: [0, 1] }),
  );
own('tempo-codemods, whole preset', 'with charms', mixed);
own('tempo-codemods, rename only', 'with charms', mixed, '-t', 'rename-lib-modules');
if (astGrep)
  task('ast-grep, one rule', 'with charms', () =>
    measure(astGrep, ['scan', '--rule', rule, '--json=compact'], { cwd: mixed, ok: [0, 1] }),
  );
const copy = join(folder, 'sed');
task("the guide's find | xargs sed", 'with charms', async () => {
  // sed writes, so it gets a copy each time; only sed is timed.
  rmSync(copy, { recursive: true, force: true });
  cpSync(mixed, copy, { recursive: true });
  return measure('bash', ['-c', sed], { cwd: copy });
});
const ten = join(folder, 'ten');
if (!existsSync(ten)) {
  for (let index = 0; index < 10; index += 1) {
    mkdirSync(join(ten, 'src'), { recursive: true });
    cpSync(
      join(folder, 'charms', `charm-00${index}`, 'src', 'charm.py'),
      join(ten, 'src', `charm${index}.py`),
    );
  }
}
own('tempo-codemods, ten files, whole preset', 'ten charm.py', ten);
own('tempo-codemods, ten files, rename only', 'ten charm.py', ten, '-t', 'rename-lib-modules');
if (libcst) {
  const args = [
    '-m',
    'libcst.tool',
    'codemod',
    'rename.RenameCommand',
    '--old_name=charms.tempo_k8s.v2.tracing',
    '--new_name=charms.tempo_coordinator_k8s.v0.tracing',
    '-u',
    '3',
    'src',
  ];
  task('LibCST RenameCommand', 'ten charm.py', () => measure('python3', args, { cwd: ten }));
}
if (jscodeshift) {
  const js = join(folder, 'javascript');
  if (!existsSync(js)) {
    mkdirSync(js);
    for (let index = 0; index < 10; index += 1)
      writeFileSync(
        join(js, `file${index}.js`),
        'export const x = [1, 2, 3].map((y) => y * 2);\n'.repeat(500),
      );
    writeFileSync(join(js, 'empty.cjs'), 'module.exports = (file) => undefined;\n');
  }
  task('jscodeshift, empty transform, ten files', 'ten charm.py', () =>
    measure(node, [jscodeshift, '-d', '-s', '-t', 'empty.cjs', '--extensions=js', '.'], { cwd: js }),
  );
}

for (let round = 0; round < rounds; round += 1) {
  for (const one of tasks) {
    const { seconds, megabytes, perProcess } = await one.run();
    one.times.push(seconds);
    one.megabytes.push(megabytes);
    one.perProcess.push(perProcess);
  }
  console.error(`round ${round + 1} of ${rounds}`);
}

const rows = tasks.map(({ name, group, times, megabytes, perProcess }) => ({
  group,
  name,
  seconds: Number(median(times).toFixed(3)),
  megabytes: median(megabytes),
  perProcess: median(perProcess),
}));
const at = (name) => rows.find((row) => row.name === name)?.seconds;

// One parse of the same file in process, for the cost per migrated file.
await import(resolve('dist/transforms/kit/index.js')).then(({ parsePython }) => parsePython('x = 1'));
const source = readFileSync(join(folder, 'charms', 'charm-000', 'src', 'charm.py'), 'utf8');
const parses = Array.from({ length: 30 }, () => {
  const started = process.hrtime.bigint();
  parse('python', source);
  return Number(process.hrtime.bigint() - started) / 1e9;
});
const parseSeconds = median(parses.slice(5));
const { applyTransforms, presets } = await import(resolve('dist/runner/index.js'));
const steps = presets['tempo-coordinator'].steps.map(({ transform }) => transform);
const applies = Array.from({ length: 20 }, () => {
  const started = process.hrtime.bigint();
  applyTransforms(source, steps, { path: 'src/charm.py', charm: {} });
  return Number(process.hrtime.bigint() - started) / 1e9;
});
const applySeconds = median(applies.slice(5));

const ratio = (a, b) => (a === undefined || b === undefined ? null : Number((a / b).toFixed(3)));
const floor = at('rg -l tempo_k8s');
const targets = [
  {
    what: 'nothing to do: at most 3 × rg plus 0.3 s',
    value: at(`tempo-codemods, ${largest}x`),
    limit: floor === undefined ? null : Number((3 * floor + 0.3).toFixed(3)),
    unit: 's',
  },
  {
    what: 'with charms: at most 0.12 × the ast-grep CLI with one rule',
    value: ratio(at('tempo-codemods, whole preset'), at('ast-grep, one rule')),
    limit: 0.12,
    unit: '×',
  },
  {
    what: "with charms: faster than the guide's sed",
    value: ratio(at('tempo-codemods, whole preset'), at("the guide's find | xargs sed")),
    limit: 1,
    unit: '×',
  },
  {
    what: 'a migrated file: at most 6 × one parse of it',
    value: ratio(applySeconds, parseSeconds),
    limit: 6,
    unit: '×',
  },
  { what: 'one charm: at most 0.35 s', value: at('tempo-codemods, one charm'), limit: 0.35, unit: 's' },
  {
    what: '--version: at most 0.12 s above node -e 0',
    value: Number((at('tempo-codemods --version') - at('node -e 0')).toFixed(3)),
    limit: 0.12,
    unit: 's',
  },
  {
    what: 'ten files: LibCST at least 30 × slower than the whole preset',
    value: ratio(at('LibCST RenameCommand'), at('tempo-codemods, ten files, whole preset')),
    limit: 30,
    unit: '×',
    least: true,
  },
  {
    what: 'ten files: LibCST at least 100 × slower than the rename alone',
    value: ratio(at('LibCST RenameCommand'), at('tempo-codemods, ten files, rename only')),
    limit: 100,
    unit: '×',
    least: true,
  },
  {
    what: `growth: ${largest}x takes at most ${largest} × as long as 1x`,
    value: ratio(at(`tempo-codemods, ${largest}x`), at('tempo-codemods, 1x')),
    limit: largest,
    unit: '×',
  },
  {
    what: `${750 * largest} files: at most 350 MB a process`,
    value: rows.find((row) => row.name === `tempo-codemods, ${largest}x`)?.perProcess ?? null,
    limit: 350,
    unit: 'MB',
  },
  {
    what: `${750 * largest} files and ${count} charms: at most 350 MB a process`,
    value: rows.find((row) => row.name === 'tempo-codemods, whole preset')?.perProcess ?? null,
    limit: 350,
    unit: 'MB',
  },
].map((one) => ({
  ...one,
  reached:
    one.value === null || one.limit === null || one.value === undefined
      ? null
      : one.least
        ? one.value >= one.limit
        : one.value <= one.limit,
}));

const version = (command, ...args) => {
  try {
    return execFileSync(command, args, { encoding: 'utf8' }).split('\n')[0];
  } catch {
    return null;
  }
};
const report = {
  date: new Date().toISOString().slice(0, 10),
  machine: {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 1e9),
    node: process.version,
  },
  versions: {
    rg: rg ? version('rg', '--version') : null,
    astGrep: astGrep ? version(astGrep, '--version') : null,
    libcst: libcst
      ? version('python3', '-c', "import importlib.metadata as m; print('LibCST', m.version('libcst'))")
      : null,
    jscodeshift: jscodeshift ? version(node, jscodeshift, '--version') : null,
    git: version('git', '--version'),
  },
  trees: { unrelatedFiles: 750 * largest, charms: count, rounds, files: readdirSync(folder).length },
  skipped,
  rows,
  targets,
};
console.table(rows);
console.table(
  targets.map(({ what, value, limit, unit, reached }) => ({ what, value, limit, unit, reached })),
);
if (values.write) {
  mkdirSync('docs/images', { recursive: true });
  writeFileSync('docs/bench.json', `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync('docs/images/bench.svg', chart(rows));
  const page = readFileSync('docs/performance.md', 'utf8');
  writeFileSync(
    'docs/performance.md',
    page.replace(
      /(<!-- bench -->\n).*(<!-- \/bench -->)/s,
      (_, open, close) => open + tables(report) + close,
    ),
  );
}

/** The report as Markdown. */
function tables({ date, machine, versions, rows: measured, targets: wanted }) {
  const table = (head, lines) =>
    [head, head.map(() => '---'), ...lines]
      .map((cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |\n`)
      .join('');
  const columns = {
    group: 'tree',
    name: 'command',
    seconds: 's, median',
    megabytes: 'MB, all processes',
    perProcess: 'MB, largest process',
  };
  const used = Object.values(versions).filter(Boolean).join(', ');
  return [
    `![Medians as bars](images/bench.svg)\n`,
    `${date}, ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGB} GB, Node ${machine.node}; ${used}.\n`,
    table(
      Object.values(columns),
      measured.map((row) => Object.keys(columns).map((column) => row[column] ?? '')),
    ),
    table(
      ['target', 'measured', 'reached'],
      wanted.map(({ what, value, unit, reached }) => [
        what,
        value === null || value === undefined ? 'not measured' : `${value} ${unit}`,
        reached === null ? '' : reached ? 'yes' : 'no',
      ]),
    ),
  ].join('\n');
}
