/**
 * The harness for transform authors: fixture folders in the spirit of jscodeshift's `defineTest`, compared exactly.
 *
 * It takes `describe`, `it` and `expect` from the globals of whatever runner is there (jest, vitest, …), else those of
 * Node's own, so it imports none.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createTwoFilesPatch } from 'diff';
import {
  drain,
  type LocatedFinding,
  type PipelineResult,
  pipeline,
  type Verify,
} from '../transforms/kit/apply.js';
import { Charm } from '../transforms/kit/charm.js';
import { position } from '../transforms/kit/edits.js';
import type { Preset } from '../transforms/kit/preset.js';
import { PythonFile } from '../transforms/kit/python/file.js';
import { optionValues, type Transform } from '../transforms/kit/transform.js';
import { MemoryTree, Overlay } from '../transforms/kit/tree.js';
import { parent } from './paths.js';

interface TestGlobals {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => void): void;
  expect(actual: unknown): { toEqual(expected: unknown): void };
}

function testGlobals(): TestGlobals {
  const found = globalThis as unknown as Partial<TestGlobals>;
  if (found.describe && found.it && found.expect) return found as TestGlobals;
  const { describe, it } = process.getBuiltinModule('node:test');
  return { describe, it, expect };
}

/** For runners without `expect`: files that differ are shown as a diff. */
function expect(actual: unknown): ReturnType<TestGlobals['expect']> {
  return {
    toEqual(expected) {
      if (isDeepStrictEqual(actual, expected)) return;
      const text = (value: unknown) =>
        isFiles(value) ? shown(value) : `${JSON.stringify(value, null, 2)}\n`;
      const diff = createTwoFilesPatch('expected', 'found', text(expected), text(actual), '', '', {
        context: 3,
      });
      throw new Error(`not as expected:\n${diff.split('\n').slice(1).join('\n')}`);
    },
  };
}

function isFiles(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((one) => typeof one === 'string')
  );
}

function shown(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => `--- ${path} ---\n${text}`)
    .join('\n');
}

/** A finding as fixtures write it down. Lines count from 1, in the input. */
export interface ExpectedFinding {
  readonly id: string;
  readonly severity: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly message: string;
}

export interface CharmResult {
  /** All files after the run, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly findings: readonly ExpectedFinding[];
  readonly result: PipelineResult;
}

export interface ApplyToCharmOptions {
  readonly options?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly verify?: readonly Verify[];
  readonly onMatch?: (transform: string, rule: string) => void;
  /** Charm root relative to the top of `files`; default ''. */
  readonly root?: string;
}

/**
 * Runs transforms on a charm that is given as files in memory.
 *
 * @param files text by path, `/` as separator
 * @throws Error when a transform throws; a harness must not hide that
 */
export function applyToCharm(
  files: Readonly<Record<string, string>>,
  transforms: readonly Transform[],
  options: ApplyToCharmOptions = {},
): CharmResult {
  const tree = new Overlay(new MemoryTree(files));
  const root = options.root ?? '';
  const roots = Object.keys(files)
    .filter((path) => /(^|\/)(charmcraft|metadata)\.yaml$/.test(path))
    .map((path) => parent(path));
  const charm = new Charm(tree, root, [...new Set([...roots, root])]);
  const result = drain(
    pipeline(
      charm,
      transforms.map((transform) => ({
        transform,
        options: optionValues(transform, options.options?.[transform.id]),
      })),
      {
        ...(options.verify ? { verify: options.verify } : {}),
        ...(options.onMatch ? { onMatch: options.onMatch } : {}),
      },
    ),
  );
  const failure = result.failures[0];
  if (failure)
    throw new Error(`${failure.transform} threw on ${failure.path ?? 'the charm'}: ${failure.message}`);
  const out: Record<string, string> = {};
  for (const path of tree.paths()) out[path] = tree.read(path) ?? '';
  return { files: out, findings: result.findings.map((finding) => expected(finding, files)), result };
}

function expected(finding: LocatedFinding, files: Readonly<Record<string, string>>): ExpectedFinding {
  const text = finding.file === null ? undefined : files[finding.file];
  return {
    id: finding.id,
    severity: finding.severity,
    file: finding.file,
    line:
      text === undefined || finding.rangeBefore === null
        ? null
        : position(text, finding.rangeBefore.start).line,
    message: finding.message,
  };
}

const KNOWN = new Set([
  'input.py',
  'output.py',
  'findings.json',
  'options.json',
  'actions.json',
  'input',
  'output',
]);

/**
 * Defines a test for each case folder of `<fixtures>/<transform.id>`.
 *
 * A case has `input.py` (seen as `src/charm.py`) or a folder `input/` (a charm), and `output.py` or `output/` with what
 * changes: a case without one must stay as it is. `findings.json`, `actions.json` and `options.json` are optional;
 * absent means none. Each case is run twice (the second run must change nothing), its output must parse no worse than
 * its input, a file that the harness does not know fails, and so does a rule of the transform that no case matched.
 * `UPDATE_FIXTURES=1` writes what came out instead of comparing.
 */
export function defineTransformTest(
  transform: Transform,
  fixtures: string,
  options: { readonly with?: readonly Transform[] } = {},
): void {
  const matched = new Set<string>();
  testGlobals().describe(transform.id, () => {
    defineCases(join(fixtures, transform.id), [...(options.with ?? []), transform], {
      onMatch: (id, rule) => id === transform.id && matched.add(rule),
    });
    defineRuleTest(transform, matched);
  });
}

/** The same for a whole preset with its verification: a test for each case folder of `<fixtures>/<preset.id>`. */
export function definePresetTest(preset: Preset, fixtures: string): void {
  const transforms = preset.steps.map(({ transform }) => transform);
  testGlobals().describe(preset.id, () => {
    defineCases(join(fixtures, preset.id), transforms, { verify: preset.verify });
  });
}

function defineCases(
  folder: string,
  transforms: readonly Transform[],
  options: Pick<ApplyToCharmOptions, 'verify' | 'onMatch'>,
): void {
  const { it, expect } = testGlobals();
  for (const name of readdirSync(folder).sort()) {
    it(name.replaceAll('-', ' '), () => {
      const at = join(folder, name);
      const input = readCase(at, 'input');
      const caseOptions = readJson(join(at, 'options.json')) as ApplyToCharmOptions['options'];
      const run = (files: Readonly<Record<string, string>>) =>
        applyToCharm(files, transforms, { ...(caseOptions ? { options: caseOptions } : {}), ...options });
      const { files, findings, result } = run(input);
      const actions = result.actions.map((action) =>
        action.kind === 'write' ? { ...action, text: '…' } : action,
      );
      if (process.env.UPDATE_FIXTURES) update(at, input, files, findings, actions);
      const changed = readCase(at, 'output');
      expect({ unused: unusedFiles(at, input, changed) }).toEqual({ unused: [] });
      const output = { ...input, ...changed };
      for (const action of result.actions) if (action.kind === 'delete') delete output[action.path];
      expect(files).toEqual(output);
      expect(findings).toEqual(readJson(join(at, 'findings.json')) ?? []);
      expect(actions).toEqual(readJson(join(at, 'actions.json')) ?? []);
      expect({ worse: worseFiles(input, files) }).toEqual({ worse: [] });
      expect(run(files).files).toEqual(files);
    });
  }
}

/** Stands for the output of a row that must stay as it is. */
export const unchanged = Symbol('unchanged');

type Source = string | Readonly<Record<string, string>>;

/**
 * One case: title, input, output, ids of the findings in order (with `:line` when the line matters). A source is the
 * text of `src/charm.py`, or the files of a charm by path; an output then names the files that change.
 */
export type TransformRow = readonly [
  title: string,
  input: Source,
  output: Source | typeof unchanged,
  findings?: readonly string[],
];

/**
 * Defines a test for each row, with the checks of {@link defineTransformTest}: compared exactly, run twice, parsed, and
 * no rule without a match (`everyRule: false` where fixtures or another table have the rest).
 */
export function defineTransformTable(
  transform: Transform,
  rows: readonly TransformRow[],
  options: {
    readonly with?: readonly Transform[];
    readonly options?: Readonly<Record<string, unknown>>;
    readonly everyRule?: boolean;
  } = {},
): void {
  const { describe, it, expect } = testGlobals();
  const transforms = [...(options.with ?? []), transform];
  const matched = new Set<string>();
  const run = (files: Readonly<Record<string, string>>) =>
    applyToCharm(files, transforms, {
      options: { [transform.id]: options.options ?? {} },
      onMatch: (id, rule) => id === transform.id && matched.add(rule),
    });
  const filesOf = (source: Source) => (typeof source === 'string' ? { 'src/charm.py': source } : source);
  describe(transform.id, () => {
    for (const [title, source, output, wanted = []] of rows) {
      it(title, () => {
        const input = filesOf(source);
        const { files, findings } = run(input);
        expect(files).toEqual({ ...input, ...(typeof output === 'symbol' ? {} : filesOf(output)) });
        const lines = new Set(wanted.filter((one) => /:\d+$/.test(one)));
        const found = findings.map(({ id, line }) => (lines.has(`${id}:${line}`) ? `${id}:${line}` : id));
        expect({ findings: found }).toEqual({ findings: wanted });
        expect({ worse: worseFiles(input, files) }).toEqual({ worse: [] });
        expect(run(files).files).toEqual(files);
      });
    }
    if (options.everyRule !== false) defineRuleTest(transform, matched);
  });
}

function defineRuleTest(transform: Transform, matched: ReadonlySet<string>): void {
  const { it, expect } = testGlobals();
  it('has no rule that no case matches', () => {
    expect({ unmatched: Object.keys(transform.rules).filter((rule) => !matched.has(rule)) }).toEqual({
      unmatched: [],
    });
  });
}

/** Python files that parse worse than before. */
function worseFiles(
  input: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): string[] {
  const errors = (path: string, source: string) => new PythonFile(path, source).syntaxErrors.length;
  return Object.entries(files)
    .filter(([path, text]) => path.endsWith('.py') && errors(path, text) > errors(path, input[path] ?? ''))
    .map(([path]) => path);
}

/** What the harness would not look at: unknown files, a second form of the same thing, an output equal to its input. */
function unusedFiles(
  at: string,
  input: Readonly<Record<string, string>>,
  output: Readonly<Record<string, string>>,
): string[] {
  const files = readdirSync(at);
  const doubled = ['input', 'output'].filter((name) => files.includes(name) && files.includes(`${name}.py`));
  const same = Object.keys(output).filter((path) => output[path] === input[path]);
  const missing = Object.keys(input).length === 0 ? ['the case: it has no input'] : [];
  return [...files.filter((file) => !KNOWN.has(file)), ...doubled, ...same, ...missing];
}

/** One side of a fixture: files by path. */
export function readCase(at: string, which: 'input' | 'output'): Record<string, string> {
  const single = join(at, `${which}.py`);
  if (existsSync(single)) return { 'src/charm.py': readFileSync(single, 'utf8') };
  const folder = join(at, which);
  return existsSync(folder) ? readFolder(folder) : {};
}

/** All files of a folder by path, `/` as separator. */
export function readFolder(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (statSync(path).isFile())
      files[relative(folder, path).split(sep).join('/')] = readFileSync(path, 'utf8');
  }
  return files;
}

function readJson(path: string): unknown {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as unknown) : undefined;
}

function update(
  at: string,
  input: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
  findings: readonly unknown[],
  actions: readonly unknown[],
): void {
  const changed = Object.entries(files).filter(([path, text]) => input[path] !== text);
  const single = existsSync(join(at, 'input.py'));
  rmSync(join(at, 'output'), { recursive: true, force: true });
  rmSync(join(at, 'output.py'), { force: true });
  for (const [path, text] of changed) {
    const target = single ? join(at, 'output.py') : join(at, 'output', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  const json = (name: string, list: readonly unknown[]) => {
    rmSync(join(at, name), { force: true });
    if (list.length > 0) writeFileSync(join(at, name), `${JSON.stringify(list, null, 2)}\n`);
  };
  json('findings.json', findings);
  json('actions.json', actions);
}
