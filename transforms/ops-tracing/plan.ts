/**
 * The one verdict on a charm root that all steps of the preset read: leave it, convert it, or finish it.
 *
 * The old library and `ops[tracing]` exclude each other (DOMAIN 0.8), so code, requirements, tests and metadata change
 * together or not at all: any problem anywhere means that nothing is changed. The steps run one after the other, and
 * each asks again: before the code step the plan says `convert`, behind it `converted`, for the same reasons. Their
 * edits share the group {@link GROUP}, so what one cannot do takes the others back.
 */

import type { Charm } from '../kit/charm.js';
import type { Range } from '../kit/edits.js';
import { must } from '../kit/must.js';
import { argument, callsOf } from '../kit/python/calls.js';
import { constantString } from '../kit/python/constants.js';
import { rangeOf } from '../kit/python/file.js';
import { moduleOf } from '../kit/python/importEdits.js';
import { withoutLibPrefix } from '../kit/python/names.js';
import { type TracedClass, tracedClasses } from '../tracing/model.js';
import { ownFiles } from '../tracing/requirers.js';
import { BY_HAND, type ClassPlan, type CodeReason, planClass, TRACING_CLASSES } from './classPlan.js';
import { type DependencyProblem, planDependencies } from './dependencyPlan.js';
import { type LibraryUse, libraryUses } from './libraryUses.js';

/** What makes a file, and a charm, worth a look. */
export const LITERALS = ['charm_tracing', 'ops_tracing', 'ops.tracing'] as const;

/** Shared by all steps of the preset. */
export const GROUP = '/ops-tracing';

export type StepId =
  | 'ops-tracing-metadata'
  | 'ops-tracing-charm'
  | 'ops-tracing-tests'
  | 'ops-tracing-dependencies';

/** Why a charm is left as it is; the step that it is about reports it. */
export interface Problem {
  readonly step: StepId;
  readonly reason: string;
  readonly file: string | undefined;
  readonly at: Range | undefined;
  readonly message: string;
  readonly help: string;
}

export type Plan =
  /** No charm tracing here, neither old nor new. */
  | { readonly state: 'none' }
  | {
      readonly state: 'refused';
      readonly problems: readonly Problem[];
      readonly relations: readonly string[];
    }
  | {
      readonly state: 'convert';
      readonly classes: readonly ClassPlan[];
      readonly relations: readonly string[];
    }
  /** The code uses `ops.tracing`, and nothing but tests the old library. */
  | { readonly state: 'converted'; readonly relations: readonly string[] };

export function planOf(charm: Charm): Plan {
  return charm.fact('ops-tracing plan', () => decide(charm));
}

/** The problems of one step, for its `plan` to report. */
export function problemsOf(charm: Charm, step: StepId): readonly Problem[] {
  const plan = planOf(charm);
  return plan.state === 'refused' ? plan.problems.filter((problem) => problem.step === step) : [];
}

function decide(charm: Charm): Plan {
  const traced = ownFiles(charm, 'charm_tracing').flatMap((file) => tracedClasses(file, charm));
  const old = oldImport(charm);
  if (old && (old.tracing || traced.length > 0))
    return { state: 'refused', problems: [old.problem], relations: [] };
  const [first] = traced;
  if (first && charm.owns('tempo_coordinator_k8s'))
    return { state: 'refused', problems: [ownerProblem(first)], relations: [] };
  const relations = relationsOf(charm);
  const uses = libraryUses(charm);
  if (traced.length === 0 && relations === undefined) {
    // Without a class of its own the library is somebody's base, or behind a wrapper.
    const inCode = uses.filter((use) => !isTest(charm, use.file.path));
    if (inCode.length === 0) return { state: 'none' };
    return { state: 'refused', problems: useProblems(inCode), relations: [] };
  }
  const plans = traced.map((one) => planClass(charm, one));
  const classes = plans.filter((one) => 'traced' in one);
  const problems: Problem[] = [
    ...plans.filter((one) => 'reason' in one).map(codeProblem),
    ...useProblems(uses.filter((use) => use.kind === 'other')),
    ...classes.flatMap((one) => metadataProblems(charm, one)),
    // Code that uses ops.tracing already gets it from somewhere: a framework of the charm may bring it.
    ...planDependencies(charm)
      .problems.filter((one) => traced.length > 0 || one.reason !== 'ops-missing')
      .map(dependencyProblem),
  ];
  const planned = classes.map((one) => one.relation);
  if (problems.length > 0) return { state: 'refused', problems, relations: planned };
  if (classes.length > 0) return { state: 'convert', classes, relations: planned };
  return { state: 'converted', relations: must(relations, 'Tracing objects') };
}

/** The relations of the `Tracing` objects outside tests; undefined when the code does not use `ops.tracing`. */
function relationsOf(charm: Charm): string[] | undefined {
  const files = [...ownFiles(charm, 'ops_tracing'), ...ownFiles(charm, 'ops.tracing')].filter(
    (file) => !isTest(charm, file.path),
  );
  if (files.length === 0) return undefined;
  return files.flatMap((file) =>
    callsOf(file, ...TRACING_CLASSES).flatMap((call) => {
      const name = argument(call, 'tracing_relation_name', 1);
      return (name && constantString(file, name.value, charm)) ?? [];
    }),
  );
}

export function isTest(charm: Charm, path: string): boolean {
  return /(^|\/)(tests?\/|conftest\.py$)/.test(path.slice(charm.root.length));
}

/** An import of the libraries before the coordinator's: the first preset has to come, or come to an end, first. */
function oldImport(charm: Charm): { tracing: boolean; problem: Problem } | undefined {
  const found = ownFiles(charm, 'tempo_k8s').flatMap((file) =>
    file.imports
      .filter((statement) => /^charms\.tempo_k8s(\.|$)/.test(withoutLibPrefix(moduleOf(statement))))
      .map((statement) => ({ file, statement })),
  );
  const [first] = found;
  if (!first) return undefined;
  const tracing = found.some(({ statement }) =>
    /charm_(tracing|instrumentation)/.test(statement.node.text()),
  );
  return {
    tracing,
    problem: {
      step: 'ops-tracing-charm',
      reason: 'old-library',
      file: first.file.path,
      at: first.statement.range,
      message: `the charm still imports ${moduleOf(first.statement)}`,
      help: 'Run both presets, --preset tempo-coordinator --preset ops-tracing, and follow what the first one reports.',
    },
  };
}

function codeProblem(refusal: {
  readonly reason: CodeReason;
  readonly file: { readonly path: string };
  readonly at: Parameters<typeof rangeOf>[0];
  readonly why: string;
  readonly help: string;
}): Problem {
  return {
    step: 'ops-tracing-charm',
    reason: refusal.reason,
    file: refusal.file.path,
    at: rangeOf(refusal.at),
    message: refusal.why,
    help: refusal.help,
  };
}

function ownerProblem({ file, call }: TracedClass): Problem {
  return {
    step: 'ops-tracing-charm',
    reason: 'owner',
    file: file.path,
    at: rangeOf(call),
    message: 'the repository owns the tracing libraries, and its tests test them',
    help: `Make the change by hand: ${BY_HAND}`,
  };
}

/** One for each file: a test of the library names it on every other line. */
function useProblems(uses: readonly LibraryUse[]): Problem[] {
  return [...new Set(uses.map((use) => use.file))].flatMap((file): Problem[] => {
    const here = uses.filter((use) => use.file === file);
    const symbols = [...new Set(here.map((use) => use.symbol))];
    const test = /(^|\/)(tests?\/|conftest\.py$)/.test(file.path);
    const [first] = here.map((use) => rangeOf(use.node));
    return [
      {
        step: test ? 'ops-tracing-tests' : 'ops-tracing-charm',
        reason: 'library-use',
        file: file.path,
        at: first,
        message: `${file.path} uses the charm_tracing library (${symbols.join(', ')}) in a way that cannot simply be taken away`,
        help: test
          ? 'Delete the test, or rewrite it for ops[tracing] (ops.testing.Context has trace_data), and run again.'
          : symbols.includes('get_current_span')
            ? 'Use opentelemetry.trace.get_current_span() instead, and run again.'
            : `Remove it or make own spans with OpenTelemetry (${BY_HAND}), and run again.`,
      },
    ];
  });
}

function metadataProblems(charm: Charm, { requirer, relation }: ClassPlan): Problem[] {
  const { metadata } = charm;
  const endpoint = metadata?.endpoints.find((one) => one.name === relation);
  const wrong =
    endpoint === undefined
      ? 'is not declared'
      : endpoint.role !== 'requires'
        ? `is declared under ${endpoint.role}:`
        : endpoint.interface !== 'tracing'
          ? `has ${endpoint.interface === undefined ? 'no interface' : `interface ${endpoint.interface}`}`
          : undefined;
  const where = metadata?.path ?? 'the metadata';
  if (wrong !== undefined) {
    return [
      {
        step: 'ops-tracing-charm',
        reason: 'endpoint',
        file: requirer.file.path,
        at: rangeOf(requirer.call),
        message: `the relation ${relation} ${wrong} in ${where}: Tracing would raise ValueError`,
        help: `Declare it and run again:\n\nrequires:\n  ${relation}:\n    interface: tracing\n    limit: 1\n    optional: true`,
      },
    ];
  }
  return endpoint?.limit === 1
    ? []
    : [
        {
          step: 'ops-tracing-metadata',
          reason: 'limit',
          file: metadata?.path,
          at: undefined,
          message: `the endpoint ${relation} has no 'limit: 1': ops.tracing.Tracing would never send anything, and not say so`,
          help: `Add it (--option ops-tracing-metadata.write=true does):\n\nrequires:\n  ${relation}:\n    interface: tracing\n    limit: 1`,
        },
      ];
}

function dependencyProblem({ reason, entry, message, help }: DependencyProblem): Problem {
  return {
    step: 'ops-tracing-dependencies',
    reason,
    file: entry?.path,
    at: entry?.range,
    message,
    help,
  };
}
