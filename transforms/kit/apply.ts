/**
 * The pipeline: an ordered list of transforms over one charm, on an in-memory overlay, verified.
 *
 * Steps are the outer loop, files the inner one. A group of edits that cannot stand (it breaks the syntax, is not
 * idempotent, needs a file that was not selected, was rejected by a person) is vetoed and the run starts again without
 * it: one mechanism, and never half a change. The pipeline is a generator that yields after each file, so that the
 * runner can give the event loop the chance to free syntax trees; {@link drain} runs it in one go.
 */
import picomatch from 'picomatch';
import { Charm } from './charm.js';
import {
  applyEdits,
  type Edit,
  mapRangeBack,
  mapRangeForward,
  normalizeEdits,
  OverlapError,
  type Range,
} from './edits.js';
import { fixMatches } from './fix.js';
import { layoutOf, lineLengthFor } from './layout.js';
import { must } from './must.js';
import { protection } from './protected.js';
import { type PythonFile, rangeOf } from './python/file.js';
import { parseToml } from './toml.js';
import {
  type Action,
  type CharmContext,
  DOCS,
  type FileContext,
  type Finding,
  type Layout,
  optionValues,
  type PythonNode,
  type Report,
  type Transform,
} from './transform.js';
import { MemoryTree, Overlay } from './tree.js';
import { parseYaml } from './yaml.js';

/** A transform with its option values. */
export interface ConfiguredTransform {
  readonly transform: Transform;
  readonly options: Readonly<Record<string, unknown>>;
}

/** One version of one file: what a step made of it. */
export interface StepRecord {
  readonly transform: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Sorted, not overlapping; offsets are those of `before`. */
  readonly edits: readonly Edit[];
}

/** A finding with its place in the file as it was before the run and as it is after it. */
export interface LocatedFinding extends Finding {
  readonly rangeBefore: Range | null;
  readonly rangeAfter: Range | null;
}

/** A transform that threw on a file: its edits there are dropped, the rest of the run goes on. */
export interface TransformFailure {
  readonly transform: string;
  readonly path: string | null;
  readonly message: string;
}

/** An action with the transform that asked for it. */
export type OwnedAction = Action & { readonly transform: string };

export interface PipelineResult {
  /** In the order in which they were made. `tree.changes` of the charm has the sum. */
  readonly steps: readonly StepRecord[];
  readonly findings: readonly LocatedFinding[];
  readonly failures: readonly TransformFailure[];
  /** What `conclude` asked for, in order. Writes and deletions are in the overlay already. */
  readonly actions: readonly OwnedAction[];
  /** Groups that were not applied, with the reason. */
  readonly vetoed: ReadonlyMap<string, Finding | undefined>;
}

/** Checks the final state; made by a preset. Its findings have the id `verify/…` and no transform. */
export type Verify = (charm: Charm, earlier: readonly LocatedFinding[]) => readonly Finding[];

export interface PipelineOptions {
  /** Files that may be edited; default: every file of the root. */
  readonly selected?: (path: string) => boolean;
  /** The whole root was selected, so `conclude` may delete and create files. Default true. */
  readonly wholeRoot?: boolean;
  /** Groups that a person rejected. */
  readonly rejected?: ReadonlySet<string>;
  readonly verify?: readonly Verify[];
  /** Told which named rules matched, for tests that must not leave a rule unused. */
  readonly onMatch?: (transform: string, rule: string) => void;
  /** Told before a transform looks at a file, or (null) at the charm as a whole: what hangs can be named. */
  readonly onVisit?: (transform: string, path: string | null) => void;
  /** Line length where no formatter configuration says one; default 88. */
  readonly lineLength?: number;
  /** false: transforms get no charm facts (library use on one string). */
  readonly facts?: boolean;
}

const MAX_ROUNDS = 8;
const MAX_RESTARTS = 50;

/** Runs transforms over a charm. Yields after each file; the charm's overlay holds the result. */
export function* pipeline(
  charm: Charm,
  transforms: readonly ConfiguredTransform[],
  options: PipelineOptions = {},
): Generator<void, PipelineResult> {
  const vetoed = new Map<string, Finding | undefined>();
  for (const group of options.rejected ?? []) vetoed.set(group, undefined);
  for (let restart = 0; restart <= MAX_RESTARTS; restart += 1) {
    charm.tree.reset();
    const attempt = new Attempt(charm, transforms, options, vetoed);
    const result = yield* attempt.run();
    if (attempt.vetoes.size === 0) return result;
    for (const [group, finding] of attempt.vetoes) vetoed.set(group, finding);
  }
  throw new Error(`charm '${charm.root || '.'}': no stable set of edits found`);
}

/** Runs a generator to its end. */
export function drain<T>(generator: Generator<void, T>): T {
  for (;;) {
    const next = generator.next();
    if (next.done) return next.value;
  }
}

type PendingFinding = Finding & { readonly step: number };

class Attempt {
  readonly vetoes = new Map<string, Finding>();
  readonly #steps: StepRecord[] = [];
  readonly #findings: PendingFinding[] = [];
  readonly #failures: TransformFailure[] = [];
  readonly #actions: OwnedAction[] = [];
  /** Groups by where their edits lie, over all steps: in a selected file, and in one that is not (with the file). */
  readonly #inside = new Set<string>();
  readonly #outside = new Map<string, string>();

  constructor(
    readonly charm: Charm,
    readonly transforms: readonly ConfiguredTransform[],
    readonly options: PipelineOptions,
    readonly vetoed: ReadonlyMap<string, Finding | undefined>,
  ) {}

  *run(): Generator<void, PipelineResult> {
    for (const configured of this.transforms) {
      yield* this.#step(configured);
      if (this.vetoes.size > 0) return this.#result();
    }
    yield* this.#checkIdempotence();
    if (this.vetoes.size > 0) return this.#result();
    this.#conclude();
    for (const verify of this.options.verify ?? []) {
      this.#findings.push(
        ...verify(this.charm, this.#located()).map((finding) => ({ ...finding, step: this.#steps.length })),
      );
    }
    return this.#result();
  }

  /** Applies one transform to a fixed point: an edit may uncover the next one (`old(old(1))`). */
  *#step(configured: ConfiguredTransform): Generator<void, void> {
    const { transform } = configured;
    const state = new Map<string | null, PendingFinding[]>();
    const done: PendingFinding[] = [];
    let only: ReadonlySet<string> | undefined;
    for (let round = 0; ; round += 1) {
      const visit = new Visit(this, configured, this.#steps.length);
      yield* visit.run(only);
      for (const [path, found] of visit.findings) {
        state.set(
          path,
          found.filter((finding) => finding.group === undefined),
        );
        done.push(...found.filter((finding) => finding.group !== undefined));
      }
      this.#failures.push(...visit.failures);
      const written = this.#commit(transform, visit);
      if (written.length === 0) break;
      if (round === MAX_ROUNDS) {
        for (const { path, edits } of written) {
          for (const { group } of edits) {
            this.#veto(group, 'idempotence', null, `'${transform.id}' never comes to rest`, path);
          }
        }
        break;
      }
      only = new Set(written.map(({ path }) => path));
    }
    const applied = new Set(this.#steps.flatMap((step) => step.edits.map((edit) => edit.group)));
    this.#findings.push(
      ...[...state.values()].flat(),
      ...this.#unique(done).filter(({ group }) => group !== undefined && applied.has(group)),
    );
  }

  /** A later round reports again what an earlier one did, at its place of then. */
  #unique(findings: readonly PendingFinding[]): PendingFinding[] {
    const key = ({ id, file, message, range, step }: PendingFinding) =>
      JSON.stringify([id, file, message, range && this.#back(file, range, step).start]);
    return [...new Map(findings.map((finding) => [key(finding), finding])).values()];
  }

  /** A range as it stood before the run. */
  #back(path: string | null, range: Range, step: number): Range {
    return this.#steps
      .slice(0, step)
      .filter((one) => one.path === path)
      .reduceRight((at, one) => mapRangeBack(one.edits, at), range);
  }

  #selected(path: string): boolean {
    return this.options.selected?.(path) ?? true;
  }

  /** Puts a round's edits into the overlay and says which; none when a group that cannot stand was vetoed. */
  #commit(transform: Transform, visit: Visit): readonly StepRecord[] {
    const { charm } = this;
    const byPath = visit.edits;
    for (const [path, edits] of byPath) {
      for (const { group } of edits) {
        if (this.#selected(path)) this.#inside.add(group);
        else this.#outside.set(group, path);
      }
    }
    for (const [group, path] of this.#outside) {
      if (!this.#inside.has(group)) continue;
      this.#veto(group, 'not-selected', null, `the change also needs ${path}, which was not selected`, path);
    }
    for (const [path, edits] of visit.dropped) this.#vetoShared(visit, path, edits);
    const writes: StepRecord[] = [];
    for (const [path, all] of byPath) {
      if (!this.#selected(path)) continue;
      const before = charm.textOf(path);
      let edits: Edit[];
      try {
        edits = normalizeEdits(before, all);
      } catch (error) {
        if (!(error instanceof OverlapError)) {
          this.#failures.push({ transform: transform.id, path, message: messageOf(error) });
          this.#vetoShared(visit, path, all);
          continue;
        }
        for (const { group } of [error.first, error.second]) {
          this.#veto(group, 'overlap', null, `${error.message} (step '${transform.id}')`, path);
        }
        continue;
      }
      if (transform.language === 'python') this.#guardBrokenStatements(path, edits);
      const after = applyEdits(before, edits);
      if (after === before) continue;
      this.#guardSyntax(path, before, edits, after);
      writes.push({ transform: transform.id, path, before, after, edits });
    }
    if (this.vetoes.size > 0) return [];
    for (const step of writes) charm.tree.write(step.path, step.after);
    this.#steps.push(...writes);
    return writes;
  }

  /** The edits of one file are lost, so their groups must not stay elsewhere. */
  #vetoShared(visit: Visit, path: string, lost: readonly Edit[]): void {
    for (const { group } of lost) {
      const elsewhere = [...visit.edits].map(([other, edits]) => ({ path: other, edits }));
      const shared = [...elsewhere, ...this.#steps].some(
        (one) => one.path !== path && one.edits.some((edit) => edit.group === group),
      );
      if (shared)
        this.#veto(group, 'failed', null, `the step failed on ${path}, which the change needs`, path);
    }
  }

  /** A step never edits a statement that touches an ERROR node: the tree there is the parser's guess. */
  #guardBrokenStatements(path: string, edits: readonly Edit[]): void {
    const file = this.charm.python(path);
    if (!file || file.syntaxErrors.length === 0) return;
    for (const edit of edits) {
      const statement = smallestStatement(file, edit);
      const touched = file.syntaxErrors.find(
        (error) => error.start <= statement.end && error.end >= statement.start,
      );
      if (!touched) continue;
      this.#veto(
        edit.group,
        'syntax',
        touched,
        'the statement has a syntax error, so it is not edited',
        path,
      );
    }
  }

  /** An output that parses worse than its input takes its groups with it. */
  #guardSyntax(path: string, before: string, edits: readonly Edit[], after: string): void {
    if (!worse(path, before, after, this.charm)) return;
    const groups = [...new Set(edits.map((edit) => edit.group))];
    const guilty = groups.filter((group) =>
      worse(
        path,
        before,
        applyEdits(
          before,
          edits.filter((edit) => edit.group === group),
        ),
        this.charm,
      ),
    );
    for (const group of guilty.length > 0 ? guilty : groups) {
      this.#veto(
        group,
        'syntax',
        null,
        'the change would break the syntax of the file, so it was taken back',
        path,
      );
    }
  }

  #veto(group: string, reason: VetoReason, range: Range | null, message: string, path: string | null): void {
    if (this.vetoes.has(group)) return;
    const transform = group.startsWith(SHARED) ? group.slice(1) : group.slice(0, group.indexOf(':'));
    this.vetoes.set(group, {
      ...vetoFinding(transform, reason, message, path),
      // Another attempt takes other steps, so the place is that of the untouched file.
      range: range && this.#back(path, range, this.#steps.length),
    });
  }

  /** The list, applied to its own output, must change nothing. */
  *#checkIdempotence(): Generator<void, void> {
    if (this.#steps.length === 0) return;
    for (const configured of this.transforms) {
      const visit = new Visit(this, configured, this.#steps.length);
      yield* visit.run(undefined);
      for (const [path, edits] of visit.edits) {
        const text = this.charm.textOf(path);
        if (!this.#selected(path)) continue;
        if (edits.every((edit) => text.slice(edit.start, edit.end) === edit.text)) continue;
        const makers = this.#steps.filter((step) => step.path === path);
        const maker = makers.findLast((step) => step.transform !== configured.transform.id) ?? makers.at(-1);
        const { id } = configured.transform;
        const message = `a second run of '${id}' would change what '${maker?.transform}' made`;
        for (const { group } of maker?.edits ?? []) this.#veto(group, 'idempotence', null, message, path);
        if (!maker) this.#reportUnstable(id, path);
      }
    }
  }

  /** Nothing of this run stands in the file, so there is nothing to take back: only to say. */
  #reportUnstable(transform: string, path: string): void {
    this.#findings.push({
      ...vetoFinding(
        transform,
        'idempotence',
        `a second run would change ${path}, which this one left`,
        path,
      ),
      range: null,
      step: this.#steps.length,
    });
  }

  #conclude(): void {
    if (this.options.facts === false) return;
    for (const { transform, options } of this.transforms) {
      if (!transform.conclude) continue;
      const context: CharmContext = {
        charm: this.charm,
        options,
        report: (reason, report) =>
          this.#findings.push(makeFinding(transform, reason, report, this.#steps.length)),
      };
      const actions: Action[] = [];
      const base = this.charm.tree;
      try {
        transform.conclude({ ...context, act: (action) => actions.push(action) });
      } catch (error) {
        this.#failures.push({ transform: transform.id, path: null, message: messageOf(error) });
        continue;
      }
      if (this.options.wholeRoot === false) continue;
      const wanted = actions.filter(
        (action) => action.kind === 'fetch' || !this.vetoed.has(groupIdOf(transform, action.path)),
      );
      for (const action of wanted) {
        if (action.kind === 'write') {
          const before = this.charm.textOf(action.path);
          this.#steps.push({
            transform: transform.id,
            path: action.path,
            before,
            after: action.text,
            edits: [
              { start: 0, end: before.length, text: action.text, group: `${transform.id}:${action.path}` },
            ],
          });
          base.write(action.path, action.text);
        } else if (action.kind === 'delete') {
          base.write(action.path, null);
        }
      }
      this.#actions.push(...wanted.map((action) => ({ ...action, transform: transform.id })));
    }
  }

  #located(): LocatedFinding[] {
    const vetoes = [...this.vetoed.values()]
      .filter((finding) => finding !== undefined)
      .map((finding) => ({ ...finding, step: 0 }));
    return [...this.#findings, ...vetoes].map(({ step, ...finding }) => {
      if (finding.file === null || finding.range === null)
        return { ...finding, rangeBefore: null, rangeAfter: null };
      const rangeAfter = this.#steps
        .slice(step)
        .filter((one) => one.path === finding.file)
        .reduce((at, one) => mapRangeForward(one.edits, at), finding.range);
      return { ...finding, rangeBefore: this.#back(finding.file, finding.range, step), rangeAfter };
    });
  }

  #result(): PipelineResult {
    return {
      steps: this.#steps,
      findings: this.#located(),
      failures: this.#failures,
      actions: this.#actions,
      vetoed: this.vetoed,
    };
  }
}

/** One pass of one transform over the files that concern it. Collects; changes nothing. */
class Visit {
  readonly edits = new Map<string, Edit[]>();
  readonly findings = new Map<string | null, PendingFinding[]>();
  readonly failures: TransformFailure[] = [];
  /** Edits of files on which the transform threw. */
  readonly dropped = new Map<string, readonly Edit[]>();

  constructor(
    readonly attempt: Attempt,
    readonly configured: ConfiguredTransform,
    readonly step: number,
  ) {}

  *run(only: ReadonlySet<string> | undefined): Generator<void, void> {
    const { charm, options } = this.attempt;
    const { transform } = this.configured;
    const facts = options.facts !== false;
    let plan: unknown;
    const also = new Set<string>();
    // What `plan` reports is kept apart from what `apply` reports on a file: each visit states all of it anew.
    this.findings.set(null, []);
    if (facts) {
      options.onVisit?.(transform.id, null);
      try {
        plan = transform.plan({
          charm,
          options: this.configured.options,
          report: (reason, report) => this.#report(makeFinding(transform, reason, report, this.step), null),
        });
        for (const path of transform.also(plan)) also.add(path);
      } catch (error) {
        this.failures.push({ transform: transform.id, path: null, message: messageOf(error) });
        return;
      }
    }
    if (!transform.apply && Object.keys(transform.rules).length === 0) return;
    const wanted = matcher(transform.files);
    for (const path of charm.files()) {
      if (only !== undefined && !only.has(path)) continue;
      // Globs last: each compiles when it is first tried, and hardly a file has a literal.
      if (!also.has(path) && !transform.literals.some((literal) => charm.tree.contains(path, literal)))
        continue;
      const relative = charm.relative(path);
      if (relative === undefined || !wanted(relative)) continue;
      if (protection(path, charm) !== undefined) continue;
      options.onVisit?.(transform.id, path);
      this.#visit(path, plan, facts);
      yield;
    }
  }

  #visit(path: string, plan: unknown, facts: boolean): void {
    const { charm, options, vetoed } = this.attempt;
    const { transform } = this.configured;
    const text = charm.read(path);
    if (text === undefined) return;
    const edits: Edit[] = [];
    let layout: Layout | undefined;
    const groupId = (group: string | undefined) => groupIdOf(transform, group ?? path);
    const add = (range: Range, inserted: string, group: string | undefined) => {
      if (!vetoed.has(groupId(group))) edits.push({ ...range, text: inserted, group: groupId(group) });
    };
    const context: FileContext = {
      path,
      text,
      get python() {
        return must(charm.python(path), path);
      },
      charm: facts ? charm : undefined,
      options: this.configured.options,
      get layout() {
        layout ??= layoutOf(text, options.lineLength ?? lineLength(charm, path));
        return layout;
      },
      find: (name) => {
        const rule = transform.rules[name];
        if (!rule) throw new Error(`transform '${transform.id}' has no rule '${name}'`);
        const { fix: _, ...plain } = rule;
        const found = context.python.find(plain);
        if (found.length > 0) options.onMatch?.(transform.id, name);
        return found;
      },
      edit: {
        replace: (at, inserted, group) => add(toRange(at), inserted, group),
        insert: (offset, inserted, group) => add({ start: offset, end: offset }, inserted, group),
        remove: (at, group) => add(toRange(at), '', group),
      },
      report: (reason, report) => {
        const finding = makeFinding(transform, reason, { ...report, file: path }, this.step);
        if (finding.group === undefined || !vetoed.has(finding.group)) this.#report(finding, path);
      },
    };
    this.findings.set(path, []);
    try {
      if (transform.apply) transform.apply(context, plan);
      else fixMatches(context, transform.rules);
      if (edits.length > 0) this.edits.set(path, edits);
    } catch (error) {
      this.failures.push({ transform: transform.id, path, message: messageOf(error) });
      this.findings.delete(path);
      this.dropped.set(path, edits);
    }
  }

  #report(finding: PendingFinding, key: string | null): void {
    const selected = this.attempt.options.selected;
    if (finding.file !== null && selected && !selected(finding.file)) return;
    this.findings.get(key)?.push(finding);
  }
}

type VetoReason = 'syntax' | 'idempotence' | 'overlap' | 'failed' | 'not-selected';

const VETO_HELP: Readonly<Record<VetoReason, string>> = {
  syntax: 'Correct the syntax error and run again, or make the change by hand.',
  idempotence:
    'This is a bug in a transform: please report it with the file. Skip one of the two with --skip.',
  overlap: 'Run the two transforms one after the other with --transform, or make one change by hand.',
  failed: 'This is a bug in a transform: please report it with the file. Skip it with --skip.',
  'not-selected': 'Select the other file too, or run on the whole charm.',
};

/** Files of one folder share the formatter's configuration. */
function lineLength(charm: Charm, path: string): number {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return charm.fact(`line length ${folder}`, () => lineLengthFor(charm.tree, path));
}

function vetoFinding(
  transform: string,
  reason: VetoReason,
  message: string,
  path: string | null,
): Omit<Finding, 'range'> {
  return {
    id: `verify/${reason}`,
    severity: 'error',
    transform: null,
    file: path,
    message: `${transform}: ${message}`,
    help: VETO_HELP[reason],
    docs: `${DOCS}/README.md#verify${reason}`,
  };
}

function makeFinding(
  transform: Transform,
  reason: string,
  report: Report & { readonly file?: string | undefined },
  step: number,
): PendingFinding {
  const kind = transform.findings[reason];
  if (!kind)
    throw new Error(`transform '${transform.id}' reports '${reason}' but does not declare it in 'findings'`);
  return {
    id: `${transform.id}/${reason}`,
    severity: report.severity ?? kind.severity,
    transform: transform.id,
    file: report.file ?? null,
    range: report.at === undefined ? null : toRange(report.at),
    message: report.message,
    help: report.help,
    docs: `${transform.docs ?? `${DOCS}/${transform.id}.md`}#${reason}`,
    ...(report.group === undefined ? {} : { group: groupIdOf(transform, report.group) }),
    step,
  };
}

/** Begins the name of a group that several transforms share. */
const SHARED = '/';

/** A group belongs to its transform, unless its name begins with `/`: then all transforms of the run share it. */
function groupIdOf(transform: Transform, group: string): string {
  return group.startsWith(SHARED) ? group : `${transform.id}:${group}`;
}

function toRange(at: PythonNode | Range): Range {
  return 'kind' in at ? rangeOf(at) : { start: at.start, end: at.end };
}

function messageOf(error: unknown): string {
  // Native errors are not `instanceof Error` in every realm (jest), but they have a message.
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}

const matchers = new Map<string, (path: string) => boolean>();

function matcher(globs: readonly string[]): (path: string) => boolean {
  const key = globs.join('\n');
  let found = matchers.get(key);
  if (!found) {
    // `s`: a newline is a legal character of a file name.
    const compiled = picomatch([...globs], { dot: true, flags: 's' });
    found = (path) => compiled(path);
    matchers.set(key, found);
  }
  return found;
}

function worse(path: string, before: string, after: string, charm: Charm): boolean {
  if (/\.pyi?$/.test(path)) {
    const [old = 0, fresh = 0] = [before, after].map(
      (text) => charm.preparse(path, text).syntaxErrors.length,
    );
    return fresh > old;
  }
  if (/\.ya?ml$/.test(path)) return parseYaml(before) !== undefined && parseYaml(after) === undefined;
  if (/\.toml$/.test(path)) return parseToml(before) !== undefined && parseToml(after) === undefined;
  return false;
}

const STATEMENT = /_statement$|_definition$/;

/** The smallest statement around an edit; the edit itself, without white space at its ends, when it spans several. */
function smallestStatement({ root, text }: PythonFile, edit: Range): Range {
  const covered = text.slice(edit.start, edit.end);
  const inner = covered.trim();
  const start = edit.start + (inner === '' ? 0 : covered.indexOf(inner));
  let smallest: Range = { start, end: start + inner.length };
  const { end } = smallest;
  let node: PythonNode | undefined = root;
  while (node) {
    if (STATEMENT.test(node.kind())) smallest = rangeOf(node);
    node = node.children().find((child) => {
      const range = rangeOf(child);
      return range.start <= start && range.end >= end;
    });
  }
  return smallest;
}

/** What `applyTransforms` makes of one source text. It never throws for bad source. */
export type ApplyResult =
  | (ApplyDetails & { readonly status: 'changed'; readonly output: string })
  | (ApplyDetails & { readonly status: 'unchanged' })
  | { readonly status: 'skipped'; readonly reason: string }
  | (ApplyDetails & { readonly status: 'failed'; readonly reason: string });

export interface ApplyDetails {
  readonly steps: readonly StepRecord[];
  readonly findings: readonly LocatedFinding[];
}

export interface ApplyOptions {
  /** Names the file in findings and decides which transforms look at it; relative, `/` as separator. */
  readonly path: string;
  /** The other files of the charm by path; without them facts are unknown and transforms that need any only report. */
  readonly charm?: Readonly<Record<string, string>>;
  /** Line length; default: what the charm's formatter configuration says, else 88. */
  readonly lineLength?: number;
}

/**
 * Applies transforms to one source text. Pure and synchronous; reads and writes no file.
 *
 * @param source the text with its own BOM and line endings
 * @param transforms in order, with or without options
 * @returns the changed text with the steps that made it and all findings; or why it was skipped or failed
 * @throws Error only when no Python parser can be had in this process
 */
export function applyTransforms(
  source: string,
  transforms: readonly (Transform | ConfiguredTransform)[],
  options: ApplyOptions,
): ApplyResult {
  if (source.includes('\0')) return { status: 'skipped', reason: 'the source has NUL bytes: it is not text' };
  const configured = transforms.map((one) =>
    'transform' in one ? one : { transform: one, options: optionValues(one) },
  );
  const tree = new Overlay(new MemoryTree({ ...options.charm, [options.path]: source }));
  const charm = new Charm(tree);
  const result = drain(
    pipeline(charm, configured, {
      selected: (path) => path === options.path,
      wholeRoot: false,
      facts: options.charm !== undefined,
      ...(options.lineLength === undefined ? {} : { lineLength: options.lineLength }),
    }),
  );
  const details = { steps: result.steps, findings: result.findings };
  const failure = result.failures[0];
  if (failure) return { ...details, status: 'failed', reason: `${failure.transform}: ${failure.message}` };
  const output = charm.textOf(options.path);
  return output === source ? { ...details, status: 'unchanged' } : { ...details, status: 'changed', output };
}
