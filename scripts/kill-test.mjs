/**
 * Kills `--write` with SIGKILL at random moments: `npm run kill-test`.
 *
 * The tree holds many charms. A run is killed, the next one too, until a run is let through (after a few kills, or
 * because it was done before its moment came). After each kill every file must be byte for byte old or new; the run
 * that is let through must end in exactly the tree of a run that nobody disturbed, with no temporary file left.
 *
 *   --kills N    how many (default 200)
 *   --minutes N  stop after N minutes, however many kills that are (default 120)
 *   --chain N    kills before a run is let through (default 8)
 *   --charms N   charms in the tree (default 24)
 *   --clones     each charm is a repository of its own: from twelve on they are worked on in child processes
 *   --seed N     the moments (default 1)
 *   --preset P   repeatable (default tempo-coordinator)
 *   --dir DIR    where the tree is made (default the system's folder for temporary files)
 *
 * Half of the kills come after a number of changes in the file system (so between or into writes), half after a time
 * (so anywhere after the first write). Exit code 1 when one did harm.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, 'dist', 'runner', 'cli', 'main.js');
const TEMPORARY = /(^|\/)\.tempo-codemods-[^/]*$/;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    charms: { type: 'string', default: '24' },
    minutes: { type: 'string', default: '120' },
    chain: { type: 'string', default: '8' },
    clones: { type: 'boolean', default: false },
    dir: { type: 'string', default: tmpdir() },
    seed: { type: 'string', default: '1' },
    preset: { type: 'string', multiple: true, default: ['tempo-coordinator'] },
  },
});
let kills = Number(values.kills);
const until = performance.now() + Number(values.minutes) * 60_000;
const chain = Number(values.chain);
const run = ['run', '--write', '--format', 'json', ...values.preset.flatMap((name) => ['-p', name])];

let state = Number(values.seed) >>> 0;
/** Mulberry32. */
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** A repository of charms made from the sample charm, some of them with a big file. */
function makeTree(folder) {
  const sample = join(root, '__testfixtures__', 'sample-charm');
  const files = readdirSync(sample, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  for (let index = 0; index < Number(values.charms); index += 1) {
    const name = `beacon${index}`;
    const top = join(folder, 'charms', name);
    for (const file of files) {
      const path = join(file.parentPath, file.name).slice(sample.length + 1);
      const text = readFileSync(join(sample, path), 'utf8').replaceAll('Lighthouse', `Beacon${index}`);
      // Nothing is called alike in two charms: what one reads is then no reason to leave the other alone.
      const target = join(top, path.replaceAll('lighthouse', name));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text.replaceAll('lighthouse', name));
    }
    if (index % 5 === 0) {
      const rows = Array.from({ length: 6_000 }, (_, row) => `    "row ${row} of ${name}",`).join('\n');
      const text = `from charms.tempo_k8s.v1.charm_tracing import trace_charm\n\nROWS = [\n${rows}\n]\nTRACE = trace_charm\n`;
      writeFileSync(join(top, 'src', 'table.py'), text);
    }
  }
  const charms = join(folder, 'charms');
  const repositories = values.clones ? readdirSync(charms).map((name) => join(charms, name)) : [folder];
  for (const cwd of repositories) {
    const git = (...args) => execFileSync('git', args, { cwd, stdio: 'ignore' });
    git('init', '-q');
    git('add', '-A', '-f');
    git('-c', 'user.name=k', '-c', 'user.email=k@example.com', 'commit', '-qm', 'old');
  }
}

/** Path -> mode and content of everything but `.git`. */
function snapshot(folder) {
  const out = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    if (/(^|\/)\.git(\/|$)/.test(path) || !entry.isFile()) continue;
    const mode = (lstatSync(join(folder, path)).mode & 0o777).toString(8);
    out.set(path, `${mode} ${readFileSync(join(folder, path), 'latin1')}`);
  }
  return out;
}

/** Runs the command; `arm` is given the child, and kills it when it likes. */
function command(folder, arm = () => undefined) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, [main, ...run], { cwd: folder });
    let stderr = '';
    child.stdout.resume();
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    const disarm = arm(child);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      disarm?.();
      resolve({ code, signal, stderr, took: performance.now() - started });
    });
  });
}

/** Counts what happens in the folders of a tree that are written to. */
function observe(folder, seen) {
  const folders = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !join(entry.parentPath, entry.name).includes('/.git'))
    .map((entry) => join(entry.parentPath, entry.name));
  const watchers = folders.map((one) => watch(one, seen).on('error', () => undefined));
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}

const work = realpathSync(mkdtempSync(join(values.dir, 'tempo-codemods-kill-')));
const figures = { kills: 0, partial: 0, leftovers: 0, finished: 0 };
let harm = 0;
try {
  const original = join(work, 'original');
  mkdirSync(original);
  makeTree(original);
  const before = snapshot(original);
  const copy = () => {
    const folder = join(work, 'copy');
    rmSync(folder, { recursive: true, force: true });
    cpSync(original, folder, { recursive: true, preserveTimestamps: true });
    return folder;
  };

  let events = 0;
  let first = 0;
  const calm = copy();
  const whole = await command(calm, () => {
    const started = performance.now();
    return observe(calm, () => {
      first ||= performance.now() - started;
      events += 1;
    });
  });
  const after = snapshot(calm);
  const touched = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );
  if (whole.code !== 0 || touched.length === 0)
    throw new Error(`the undisturbed run failed: ${whole.stderr}`);
  const { code, stderr } = await command(calm);
  if (code !== 0 || JSON.stringify([...snapshot(calm)]) !== JSON.stringify([...after])) {
    throw new Error(`a second undisturbed run is not quiet: ${stderr}`);
  }
  console.log(
    `${before.size} files, ${touched.length} of them change; ${Math.round(whole.took)} ms, the first write after ${Math.round(first)} ms`,
  );

  const complain = (what) => {
    harm += 1;
    if (harm > 20) throw new Error('too much harm to go on');
    console.error(`after kill ${figures.kills}: ${what}`);
  };
  while (figures.kills < kills) {
    const folder = copy();
    for (let runs = 0; ; runs += 1) {
      // The last run of a chain, and those after all kills are done, are left in peace.
      if (performance.now() > until) kills = figures.kills;
      const peace = runs >= chain || figures.kills >= kills;
      const byChanges = random() < 0.5;
      const moment = (2 * random()) / chain;
      const { code, signal, stderr } = await command(folder, (child) => {
        if (peace) return undefined;
        let seen = 0;
        let timer;
        const stop = observe(folder, () => {
          seen += 1;
          if (byChanges && seen >= 1 + moment * events) child.kill('SIGKILL');
          if (!byChanges) timer ??= setTimeout(() => child.kill('SIGKILL'), moment * (whole.took - first));
        });
        return () => {
          clearTimeout(timer);
          stop();
        };
      });
      const now = snapshot(folder);
      if (signal !== 'SIGKILL') {
        // Done, in peace or before its moment came.
        if (code !== 0) complain(`the run after it ends with ${code}: ${stderr}`);
        for (const path of new Set([...after.keys(), ...now.keys()])) {
          if (now.get(path) !== after.get(path)) complain(`${path} is not as an undisturbed run leaves it`);
        }
        figures.finished += 1;
        break;
      }
      figures.kills += 1;
      const leftovers = [...now.keys()].filter((path) => TEMPORARY.test(path));
      for (const path of leftovers) now.delete(path);
      for (const path of new Set([...before.keys(), ...after.keys(), ...now.keys()])) {
        const text = now.get(path);
        if (text !== before.get(path) && text !== after.get(path)) complain(`${path} is neither old nor new`);
      }
      const done = touched.filter((path) => now.get(path) === after.get(path)).length;
      if (done > 0 && done < touched.length) figures.partial += 1;
      if (leftovers.length > 0) figures.leftovers += 1;
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(
  `seed ${values.seed}: ${figures.kills} kills; ${figures.partial} left the tree partly written, ${figures.leftovers} a ` +
    `temporary file; ${figures.finished} times a run was let through and ` +
    `${harm === 0 ? 'ended in the tree of an undisturbed run' : `there were ${harm} complaints`}`,
);
process.exitCode = harm === 0 ? 0 : 1;
