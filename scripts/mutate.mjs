/**
 * Mutation testing of the kit, the flagship step and what it understands of a charm: `npm run mutation`.
 *
 * Mutants are made by TypeScript's own parser, a seeded sample of them is tried, each by the tests alone that run its
 * line, in a copy of the sources. Stryker would bring 200 packages and has no seeded sample; this is a page of code.
 *
 *   --minutes N   stop after N minutes (default 25)
 *   --sample N    at most N mutants (default: as many as the time allows)
 *   --seed N      which sample (default 1)
 *   --jobs N      mutants at a time (default 1)
 *   --only TEXT   only mutants of files whose path contains TEXT; repeatable
 *   --flagship    only mutants of the kit and of the flagship: what turns getters into charm_tracing_config()
 *   --list        print the mutants of the sample, run nothing
 *
 * Survivors are printed as they are found; the exit code is 0 whatever survives.
 */
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import ts from 'typescript';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '25' },
    sample: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true, default: [''] },
    flagship: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

const TARGETS = [
  /^transforms\/kit\//,
  /^transforms\/tracing\//,
  /^transforms\/tempo-coordinator\/(charm-tracing-config|server-cert-guard|tracing-endpoint-getters)\.ts$/,
];
/** What `--flagship` leaves of them. */
const FLAGSHIP =
  /^transforms\/(kit\/|tempo-coordinator\/|tracing\/(conversion|endpoint|certificatePath|readElsewhere|getterUses|guardedEndpoint)\.ts$)/;
const TESTS = '__tests__/transforms';

/** Operators and what they become. */
const OPERATORS = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
  [ts.SyntaxKind.QuestionQuestionToken, '&&'],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
]);
/** Methods whose call may be left out of a chain: the value before it has the same type. */
const LINKS = new Set(['filter', 'sort', 'toSorted', 'reverse', 'toReversed', 'trim', 'trimEnd', 'slice']);

/** To return nothing instead is no change. */
const EMPTY = new Set(['undefined', 'false', 'null', "''"]);

/** All mutants of one file: where, what was there, what is put there, and what kind it is. */
function mutantsOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (kind, start, end, replacement) => {
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ path, kind, line, start, end, was: text.slice(start, end), replacement });
  };
  const whole = (kind, node, replacement) => add(kind, node.getStart(source), node.end, replacement);
  const negated = (node) => whole('condition negated', node, `!(${node.getText(source)})`);
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isIfStatement(node) || ts.isWhileStatement(node)) negated(node.expression);
    else if (ts.isConditionalExpression(node)) negated(node.condition);
    else if (ts.isBinaryExpression(node)) {
      const operator = OPERATORS.get(node.operatorToken.kind);
      if (operator !== undefined) whole('operator', node.operatorToken, operator);
    } else if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      const name = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
      if (!name && node.text !== '') whole('string emptied', node, "''");
      else if (!name) whole('string filled', node, "'mutant'");
    } else if (ts.isTemplateExpression(node)) whole('string emptied', node, '``');
    else if (ts.isRegularExpressionLiteral(node)) {
      whole('regex emptied', node, `/(?:)/${/[a-z]*$/.exec(node.text)?.[0] ?? ''}`);
    } else if (ts.isReturnStatement(node) && node.expression && !EMPTY.has(node.expression.getText(source))) {
      whole('return dropped', node, 'return;');
    } else if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) {
      whole('call removed', node, ';');
    } else if (node.kind === ts.SyntaxKind.TrueKeyword) whole('boolean', node, 'false');
    else if (node.kind === ts.SyntaxKind.FalseKeyword) whole('boolean', node, 'true');
    else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      if (LINKS.has(name.text)) add(`${name.text} left out`, expression.end, node.end, '');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function filesBelow(folder, end) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

/** Mulberry32, then Fisher and Yates. */
function shuffled(list, seed) {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const out = [...list];
  for (let at = out.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [out[at], out[other]] = [out[other], out[at]];
  }
  return out;
}

const sandboxes = [];
/** A copy of what the tests of transforms/ need, outside the working tree: the sources there are never touched. */
function sandbox() {
  const folder = mkdtempSync(join(tmpdir(), 'tempo-codemods-mutation-'));
  sandboxes.push(folder);
  const parts = [
    'transforms',
    'runner',
    'docs',
    'scripts',
    '__testfixtures__',
    '__tests__',
    'package.json',
    'jest.config.mjs',
  ];
  for (const part of parts) {
    if (existsSync(join(root, part))) cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(realpathSync(join(root, 'node_modules')), join(folder, 'node_modules'));
  writeFileSync(
    join(folder, 'jest.mutation.config.mjs'),
    `import config from './jest.config.mjs';
const { globalSetup: _, coverageThreshold: __, ...rest } = config;
export default { ...rest, rootDir: import.meta.dirname, testSequencer: './jest.order.cjs' };
`,
  );
  // In the order that they are named; jest's own puts the slowest first.
  writeFileSync(
    join(folder, 'jest.order.cjs'),
    `const { default: Sequencer } = require('@jest/test-sequencer');
const names = (process.env.MUTATION_TESTS ?? '').split(' ');
const place = ({ path }) => names.findIndex((name) => path.endsWith(name));
module.exports = class extends Sequencer { sort(tests) { return [...tests].sort((a, b) => place(a) - place(b)); } };
`,
  );
  return folder;
}

/** Runs tests in a sandbox, until one of them fails. */
function jest(folder, tests, milliseconds, extra = []) {
  const args = ['jest', 'bin', 'jest.js'];
  const bin = join(folder, 'node_modules', ...args);
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        '--experimental-vm-modules',
        bin,
        '-c',
        'jest.mutation.config.mjs',
        '-i',
        '--bail',
        '--ci',
        ...extra,
        '--runTestsByPath',
        ...tests,
      ],
      { cwd: folder, stdio: 'ignore', env: { ...process.env, MUTATION_TESTS: tests.join(' ') } },
    );
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL' ? 'timeout' : code === 0 ? 'survived' : 'killed');
    });
  });
}

/** Which tests run which lines, and how long each test file takes. */
async function coverage(folders, tests, targets) {
  const covered = new Map(); // `path:line` -> test files
  const took = new Map();
  const queue = [...tests];
  await Promise.all(
    folders.map(async (folder) => {
      for (let test = queue.shift(); test !== undefined; test = queue.shift()) {
        const out = join(folder, 'coverage-of-one');
        rmSync(out, { recursive: true, force: true });
        const started = performance.now();
        const state = await jest(folder, [test], 600_000, [
          '--coverage',
          '--coverageReporters=json',
          `--coverageDirectory=${out}`,
          ...targets.map((target) => `--collectCoverageFrom=${target}`),
        ]);
        if (state !== 'survived') throw new Error(`${test} does not pass without a mutant`);
        took.set(test, performance.now() - started);
        const report = JSON.parse(readFileSync(join(out, 'coverage-final.json'), 'utf8'));
        for (const [file, { statementMap, s }] of Object.entries(report)) {
          for (const [key, { start, end }] of Object.entries(statementMap)) {
            if (s[key] === 0) continue;
            for (let line = start.line; line <= end.line; line += 1) {
              const at = `${file.slice(folder.length + 1)}:${line}`;
              covered.set(at, [...new Set(covered.get(at)).add(test)]);
            }
          }
        }
      }
    }),
  );
  return { covered, took };
}

const targets = filesBelow('transforms', '.ts').filter((path) => TARGETS.some((target) => target.test(path)));
const texts = new Map(targets.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
const all = targets.flatMap((path) => mutantsOf(path, texts.get(path)));
const sample = shuffled(all, Number(options.seed))
  .filter(({ path }) => !options.flagship || FLAGSHIP.test(path))
  .filter(({ path }) => options.only.some((text) => path.includes(text)))
  .slice(0, Number(options.sample));
const shown = ({ path, line, kind, was, replacement }) =>
  `${path}:${line} ${kind}: ${was.replace(/\s+/g, ' ').slice(0, 90)} -> ${replacement.replace(/\s+/g, ' ').slice(0, 90)}`;

if (options.list) {
  for (const mutant of sample) console.log(shown(mutant));
  console.log(`${sample.length} of ${all.length} mutants`);
  process.exit(0);
}

const score = { killed: 0, timeout: 0, survived: 0, uncovered: 0 };
try {
  const folders = Array.from({ length: Number(options.jobs) }, sandbox);
  const tests = filesBelow(TESTS, '.test.ts');
  const { covered, took } = await coverage(folders, tests, targets);
  console.log(
    `${all.length} mutants in ${targets.length} files; ${tests.length} test files pass without one`,
  );
  const until = performance.now() + Number(options.minutes) * 60_000;
  const queue = [...sample];
  await Promise.all(
    folders.map(async (folder) => {
      while (performance.now() < until) {
        const mutant = queue.shift();
        if (mutant === undefined) return;
        const { path, line, start, end, replacement } = mutant;
        // Its own test first, then the quickest: most mutants die at once.
        const own = (test) => (basename(test, '.test.ts') === basename(path, '.ts') ? 0 : took.get(test));
        const mine = (covered.get(`${path}:${line}`) ?? []).sort((a, b) => own(a) - own(b));
        const text = texts.get(path);
        writeFileSync(join(folder, path), text.slice(0, start) + replacement + text.slice(end));
        const usual = mine.reduce((sum, test) => sum + took.get(test), 0);
        const state = mine.length === 0 ? 'uncovered' : await jest(folder, mine, 30_000 + 2 * usual);
        writeFileSync(join(folder, path), text);
        score[state] += 1;
        if (state === 'survived' || state === 'uncovered') console.log(`${state}  ${shown(mutant)}`);
      }
    }),
  );
} finally {
  for (const folder of sandboxes) rmSync(folder, { recursive: true, force: true });
}
const { killed, timeout, survived, uncovered } = score;
const tried = killed + timeout + survived + uncovered;
console.log(
  `seed ${options.seed}: ${tried} of ${all.length} mutants tried; ${killed} killed, ${timeout} timed out, ` +
    `${survived} survived, ${uncovered} on lines that no test runs: ${((100 * (killed + timeout)) / tried).toFixed(1)} %`,
);
