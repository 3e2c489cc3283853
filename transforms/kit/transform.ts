/**
 * The contract of a transform: one migration step, as data plus two pure functions.
 *
 * A transform never touches the world. It gets strings and facts, and gives edits, findings and actions.
 */
import type { Charm } from './charm.js';
import type { Range } from './edits.js';
import type { PythonNode, PythonRule } from './languages.js';
import type { PythonFile } from './python/file.js';

/** `error`: the charm breaks unless someone acts. `warning`: behaviour may differ, or a reference is left. `info`: a next step. */
export type Severity = 'error' | 'warning' | 'info';

/** `safe`: behaviour is kept. `review`: behaviour changes on purpose, look at the hunk. */
export type Safety = 'safe' | 'review';

export type Language = 'python' | 'yaml' | 'toml' | 'text';

/** Something a person should know. */
export interface Finding {
  /** `<transform-id>/<reason>`; the runner's own are `read/…`, `verify/…`, `write/…`. */
  readonly id: string;
  readonly severity: Severity;
  /** The transform that found it, null for the runner's own. */
  readonly transform: string | null;
  /** Path relative to the repository's top, `/` as separator; null when it is about the charm as a whole. */
  readonly file: string | null;
  /** UTF-16 offsets in the text that the transform saw; null for the whole file. */
  readonly range: Range | null;
  /** What and where, in the charm's own names. */
  readonly message: string;
  /** What to do, with the exact code or command. */
  readonly help: string;
  /** Where it is explained. */
  readonly docs: string;
  /** The edit group that it goes with: when the group is not applied, the finding is dropped. */
  readonly group?: string;
}

/**
 * What a step asks the runner to do with whole files. A step that asks for `fetch` tells the commands in a finding with
 * the reason `fetch`, which the runner leaves out once it has fetched everything itself.
 */
export type Action =
  | { readonly kind: 'delete'; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'fetch'; readonly library: string; readonly root: string };

/** A rule, optionally with a `fix` template. Without code, rules with a `fix` are a whole transform. */
export type Rule = PythonRule & { readonly fix?: string };

/** What a transform may report: the reason (second half of the finding's id), how bad, and what it means. */
export interface FindingKind {
  readonly severity: Severity;
  /** One line for the docs. */
  readonly title: string;
}

export type OptionSpec =
  | { readonly type: 'boolean'; readonly default: boolean; readonly description: string }
  | { readonly type: 'number'; readonly default: number; readonly description: string }
  | { readonly type: 'string'; readonly default: string; readonly description: string };
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;
export type OptionValues<S extends OptionSpecs> = {
  readonly [K in keyof S]: S[K]['type'] extends 'boolean'
    ? boolean
    : S[K]['type'] extends 'number'
      ? number
      : string;
};

export interface Report {
  readonly message: string;
  readonly help: string;
  /** The node or UTF-16 range it is about; left out: the whole file. */
  readonly at?: PythonNode | Range | undefined;
  /** Overrides the severity that the reason declares. */
  readonly severity?: Severity;
  /** Ties the finding to an edit group: no edit, no finding. */
  readonly group?: string;
}

export interface Edits {
  /**
   * Replaces a node or range. `group` defaults to the file; one whose name begins with `/` is shared by all transforms
   * of the run: their edits are applied or taken back together.
   */
  replace(at: PythonNode | Range, text: string, group?: string): void;
  insert(offset: number, text: string, group?: string): void;
  remove(at: PythonNode | Range, group?: string): void;
}

/** One file, as the earlier steps left it. */
export interface FileContext<
  Reason extends string = string,
  RuleName extends string = string,
  Options = unknown,
> {
  /** Relative to the repository's top. */
  readonly path: string;
  readonly text: string;
  /** The parsed file; only for transforms with language `python`. */
  readonly python: PythonFile;
  /** Facts about the rest of the charm; undefined in library use on one string: then do not convert, report why. */
  readonly charm: Charm | undefined;
  readonly options: Options;
  /** How the file is written: line ending, indentation, line length. */
  readonly layout: Layout;
  /** Matches of one of the transform's own rules by name. */
  find(rule: RuleName): PythonNode[];
  readonly edit: Edits;
  report(reason: Reason, report: Report): void;
}

export interface Layout {
  readonly eol: '\n' | '\r\n';
  /** One level of indentation. */
  readonly indent: string;
  /** The formatter's limit, in characters. */
  readonly lineLength: number;
}

/** The charm as a whole: for `plan` (before the step's edits) and `conclude` (after all presets of the run). */
export interface CharmContext<Reason extends string = string, Options = unknown> {
  readonly charm: Charm;
  readonly options: Options;
  report(reason: Reason, report: Report & { readonly file?: string | undefined }): void;
}

export interface ConcludeContext<Reason extends string = string, Options = unknown>
  extends CharmContext<Reason, Options> {
  /** Asks the runner for something. Only in `conclude`. */
  act(action: Action): void;
}

export interface TransformSpec<
  Reason extends string,
  RuleName extends string,
  Specs extends OptionSpecs,
  Plan,
  Id extends string = string,
> {
  /** Kebab-case; equals the file name, the fixture folder, the test name and the prefix of the findings. */
  readonly id: Id;
  readonly title: string;
  readonly safety: Safety;
  readonly language: Language;
  /** For languages other than Python: globs relative to the charm root. */
  readonly files?: readonly string[];
  /** A file that contains none of these is never parsed nor edited. They filter edits, never facts. */
  readonly literals: readonly string[];
  readonly findings?: Readonly<Record<Reason, FindingKind>>;
  readonly options?: Specs;
  /** The page that explains the findings, each under a heading with its reason. Default: this project's own page. */
  readonly docs?: string;
  readonly rules?: Readonly<Record<RuleName, Rule>>;
  /** Looks at the whole charm once, before any file of the step. Not called without a charm. */
  plan?(context: CharmContext<Reason, OptionValues<Specs>>): Plan;
  /** Files to visit although they contain no literal, by the plan. */
  also?(plan: Plan): readonly string[];
  /** Edits one file. Without it, the rules' `fix` templates are applied. */
  apply?(file: FileContext<Reason, RuleName, OptionValues<Specs>>, plan: Plan | undefined): void;
  /** Decides actions and follow-ups once, on the final state of the run. */
  conclude?(context: ConcludeContext<Reason, OptionValues<Specs>>): void;
}

/** A transform as the runner sees it: the type parameters are the author's own business. */
export interface Transform {
  readonly id: string;
  readonly title: string;
  readonly safety: Safety;
  readonly language: Language;
  readonly files: readonly string[];
  readonly literals: readonly string[];
  readonly findings: Readonly<Record<string, FindingKind>>;
  readonly options: OptionSpecs;
  /** undefined: this project's own page. */
  readonly docs: string | undefined;
  readonly rules: Readonly<Record<string, Rule>>;
  plan(context: CharmContext): unknown;
  also(plan: unknown): readonly string[];
  apply: ((file: FileContext, plan: unknown) => void) | undefined;
  conclude: ((context: ConcludeContext) => void) | undefined;
}

/** A transform that still knows the names and types of its options. */
export type DefinedTransform<Id extends string, Specs extends OptionSpecs> = Transform & {
  readonly id: Id;
  readonly options: Specs;
};

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Declares a transform and checks what types cannot.
 *
 * @throws Error when the id is not kebab-case, there is no literal, or a non-Python transform names no files
 */
export function defineTransform<
  const Reason extends string = never,
  const RuleName extends string = never,
  const Specs extends OptionSpecs = Record<never, never>,
  Plan = undefined,
  const Id extends string = string,
>(spec: TransformSpec<Reason, RuleName, Specs, Plan, Id>): DefinedTransform<Id, Specs> {
  const problem = (text: string) => new Error(`transform '${spec.id}': ${text}`);
  if (!ID.test(spec.id)) throw problem("the id must be kebab-case, such as 'rename-lib-modules'");
  if (spec.literals.length === 0 || spec.literals.includes('')) {
    throw problem('literals must name at least one non-empty string; a file without any is never looked at');
  }
  if (spec.language !== 'python' && !spec.files?.length) {
    throw problem(`language '${spec.language}' needs 'files': globs relative to the charm root`);
  }
  const fixes = Object.values<Rule>(spec.rules ?? {}).some((rule) => rule.fix !== undefined);
  if (!spec.apply && !spec.conclude && !fixes) {
    throw problem("nothing to do: give it 'apply', 'conclude', or a rule with a 'fix'");
  }
  return {
    id: spec.id,
    title: spec.title,
    safety: spec.safety,
    language: spec.language,
    files: spec.files ?? ['**/*.py', '**/*.pyi'],
    literals: spec.literals,
    findings: { ...(fixes ? COMMENT : {}), ...spec.findings },
    options: spec.options ?? ({} as Specs),
    docs: spec.docs,
    rules: spec.rules ?? {},
    plan: (context) => spec.plan?.(context as CharmContext<Reason, OptionValues<Specs>>),
    also: (plan) => spec.also?.(plan as Plan) ?? [],
    apply: spec.apply as Transform['apply'],
    conclude: spec.conclude as Transform['conclude'],
  };
}

/** What `fix` templates may report by themselves. */
const COMMENT: Readonly<Record<string, FindingKind>> = {
  comment: { severity: 'warning', title: 'A comment stands inside the code that would be replaced' },
};

/** The defaults of a transform's options with the given values over them. */
export function optionValues(
  transform: Transform,
  given: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    ...Object.fromEntries(Object.entries(transform.options).map(([key, spec]) => [key, spec.default])),
    ...given,
  };
}

/** Where the findings are explained. */
export const DOCS = 'https://github.com/canonical/tempo-codemods/blob/main/docs/transforms';

export type { PythonNode, PythonRule };
