/**
 * Turns a class under `@trace_charm` into one that makes an `ops.tracing.Tracing` object: the decorator, the helper or
 * the getters, and the requirer go, with every name that nothing uses any more.
 *
 * Why: the coordinator's charm_tracing library is deprecated, ops traces charms itself (DOMAIN 2.5, 5.2). `Tracing` does
 * not complain about a shared relation, a missing limit or a missing CA, it sends nothing: so these are checked here.
 *
 *     -@trace_charm(tracing_endpoint="endpoint", extra_types=(Database,))
 *      class MyCharm(ops.CharmBase):
 *          def __init__(self, framework):
 *     -        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
 *     -        self.endpoint, _ = charm_tracing_config(self.tracing, None)
 *     +        self.tracing = ops_tracing.Tracing(self, tracing_relation_name="tracing")
 *
 * Writes `ops_tracing`, which type checkers understand and which fails at import when the extra is missing; in a charm
 * without a type checker that has `import ops`, `ops.tracing` (declared Optional, and None without the extra).
 *
 * Handles: the helper, or hand-written getters; decorator anywhere among others; relation by default, literal or
 * constant; a CA path by the charm's one certificate_transfer endpoint, or through the system's certificates when the
 * charm adds it there; `@trace_type`, `@trace_method`, `@trace_function`. Comments of removed getters move to Tracing.
 *
 * Refuses: a requirer that the workload uses, that another class or module makes, or with other protocols;
 * a relation with two requirers; the COS agent; getters in base classes; a CA path without an endpoint to take its
 * place; uses of the library that are more than decoration; anything that the other steps of the preset cannot do.
 *
 * Safety: review. Spans of the charm's own methods and of extra_types end; service.name loses its suffix `-charm`.
 */

import type { Charm } from '../kit/charm.js';
import type { PythonNode } from '../kit/languages.js';
import { must } from '../kit/must.js';
import { argument } from '../kit/python/calls.js';
import { rangeOf } from '../kit/python/file.js';
import { addImport } from '../kit/python/importEdits.js';
import { parentOf } from '../kit/python/nodes.js';
import { removeOrphans } from '../kit/python/orphans.js';
import {
  commentsIn,
  insertBefore,
  leadingComments,
  lineStart,
  marginOf,
  nextLine,
  removeStatements,
} from '../kit/python/statements.js';
import { preferredQuote } from '../kit/python/strings.js';
import { wrapBrackets } from '../kit/python/wrap.js';
import { defineTransform, type FileContext } from '../kit/transform.js';
import { type ClassPlan, PRAGMA } from './classPlan.js';
import { libraryUses } from './libraryUses.js';
import { GROUP, LITERALS, type Plan, planOf, problemsOf } from './plan.js';

const findings = {
  'facts-unknown': { severity: 'info', title: 'The rest of the charm is unknown, so nothing is converted' },
  owner: { severity: 'info', title: 'The repository owns the tracing libraries' },
  'old-library': { severity: 'warning', title: 'The charm still imports the tempo_k8s libraries' },
  'decorator-form': {
    severity: 'warning',
    title: 'The decorator does not name its attributes as plain strings',
  },
  inherited: { severity: 'warning', title: 'A getter is defined in another class' },
  'getter-form': { severity: 'warning', title: 'The endpoint is neither the helper nor a plain getter' },
  'requirer-elsewhere': { severity: 'warning', title: 'The requirer is not made by the class itself' },
  'cos-agent': { severity: 'warning', title: 'The endpoint comes from the COS agent' },
  'requirer-shared': { severity: 'warning', title: 'The requirer is used for more than charm tracing' },
  'relation-shared': { severity: 'warning', title: 'Another object requests protocols on the relation' },
  protocols: { severity: 'warning', title: 'The requirer requests more than otlp_http' },
  certificate: { severity: 'warning', title: 'Nothing can take the place of the CA certificate path' },
  'read-elsewhere': { severity: 'warning', title: 'The endpoint or certificate is read elsewhere too' },
  comment: { severity: 'warning', title: 'A comment stands in code that would go' },
  endpoint: { severity: 'warning', title: 'The metadata has no such tracing endpoint' },
  'library-use': { severity: 'warning', title: 'The library is used for more than decoration' },
  left: { severity: 'info', title: 'The class stays on trace_charm' },
  'spans-lost': { severity: 'warning', title: 'Spans that ops does not make' },
  'arguments-dropped': { severity: 'warning', title: 'Arguments that ops.tracing has no equivalent for' },
  'ca-relation': { severity: 'warning', title: 'The CA certificate comes from another relation now' },
  'system-certificates': { severity: 'warning', title: "The system's certificates decide about https now" },
} as const;

type Context = FileContext<keyof typeof findings>;

export default defineTransform({
  id: 'ops-tracing-charm',
  title: 'Trace the charm with ops.tracing instead of trace_charm',
  safety: 'review',
  language: 'python',
  literals: LITERALS,
  findings,
  plan({ charm, report }) {
    for (const { reason, file, at, message, help } of problemsOf(charm, 'ops-tracing-charm')) {
      report(reason as keyof typeof findings, { message, help, file, at });
    }
    return planOf(charm);
  },
  apply(file, plan) {
    if (!file.charm || !plan) {
      for (const { at } of file.python.find(DECORATOR).map((node) => ({ at: node }))) {
        file.report('facts-unknown', {
          at,
          message:
            'who else uses the requirer, and what the metadata says, is unknown without the rest of the charm',
          help: 'Run on the whole charm, or pass the charm to applyTransforms().',
        });
      }
      return;
    }
    importTracing(file);
    if (plan.state === 'refused') reportLeft(file, plan);
    if (plan.state !== 'convert') return;
    const removed: PythonNode[] = [];
    const inserted: string[] = [];
    for (const one of plan.classes) {
      if (one.traced.file === file.python) removed.push(...convert(file, file.charm, one, inserted));
    }
    removed.push(...removeDecorators(file, file.charm));
    removeOrphans(file, file.charm, removed, { group: GROUP, inserted: inserted.join(' ') });
  },
});

const DECORATOR = { rule: { kind: 'decorator', regex: 'trace_charm\\(' } } as const;

/** The code has `ops_tracing.Tracing` but no import yet: the round behind the one that wrote it. */
function importTracing(file: Context): void {
  const [use] = file.python.names.occurrences('ops_tracing');
  if (use && file.python.names.importTargets('ops_tracing', use.node) === undefined)
    addImport(file, 'ops_tracing', GROUP);
}

function reportLeft(file: Context, plan: Extract<Plan, { state: 'refused' }>): void {
  const others = new Set(
    plan.problems.filter((one) => one.step !== 'ops-tracing-charm').map((one) => `${one.step}/${one.reason}`),
  );
  if (others.size === 0) return;
  for (const at of file.python.find(DECORATOR)) {
    file.report('left', {
      at,
      message:
        'the class stays on trace_charm: code, requirements, tests and metadata change together or not at all',
      help: `See ${[...others].join(', ')}, and run again.`,
    });
  }
}

/** Returns what it removes, and lists what it writes instead. */
function convert(file: Context, charm: Charm, plan: ClassPlan, inserted: string[]): PythonNode[] {
  const { traced, requirer, relation, helper, getters, authority } = plan;
  const { text, layout } = file;
  const { statement, target, method } = requirer.assignment;
  const assignment = parentOf(target);
  const quote = preferredQuote(text);
  const given = argument(requirer.call, 'relation_name', 1)?.value.text();
  const name = given ?? `${quote}${relation}${quote}`;
  const args = [
    must(method.self, 'self'),
    `tracing_relation_name=${name}`,
    ...(authority.kind === 'relation' ? [`ca_relation_name=${quote}${authority.name}${quote}`] : []),
  ];
  const margin = marginOf(text, statement);
  const made = wrapBrackets(`${target.text()} = ${className(file, charm)}(`, args, ')', { margin, layout });
  file.edit.replace(assignment, made, GROUP);
  inserted.push(made);
  const outers = getters.map((method) => method.outer);
  const above = [...outers, ...(helper ? [helper] : [])].flatMap(leadingComments);
  const comments = [
    ...above,
    ...outers.flatMap((outer) => commentsIn(file.python.root, text, rangeOf(outer))),
  ].sort((a, b) => rangeOf(a).start - rangeOf(b).start);
  const moved = comments.map((comment) => comment.text()).filter((comment) => !PRAGMA.test(comment));
  if (moved.length > 0) insertBefore(file, statement, moved, GROUP);
  removeStatements(file, [...outers.flatMap(leadingComments), ...outers], GROUP);
  if (helper) removeStatements(file, [...leadingComments(helper), helper], GROUP);
  report(file, charm, plan, statement);
  return [traced.call, assignment, ...outers, ...(helper ? [helper] : [])];
}

function className(file: Context, charm: Charm): string {
  const [use] = file.python.names.occurrences('ops').filter((one) => one.role === 'read');
  const imported = use && file.python.names.qualify(use.node) === 'ops';
  return imported && !hasTypeChecker(charm) ? 'ops.tracing.Tracing' : 'ops_tracing.Tracing';
}

/** `ops.tracing` is declared Optional: pyright and mypy object to every use of it. */
function hasTypeChecker(charm: Charm): boolean {
  const files = ['pyproject.toml', 'tox.ini', 'setup.cfg', 'pyrightconfig.json', 'mypy.ini'];
  return charm
    .files()
    .filter((path) => files.some((name) => charm.at(name) === path) || /requirements[^/]*\.txt$/.test(path))
    .some((path) => /pyright|mypy/.test(path) || /\b(pyright|mypy)\b/.test(charm.textOf(path)));
}

/** The decorators of the library, on the traced classes and anywhere else in the file. */
function removeDecorators(file: Context, charm: Charm): PythonNode[] {
  const uses = libraryUses(charm).filter(
    (use) => use.file === file.python && (use.kind === 'class' || use.kind === 'span'),
  );
  for (const { node, symbol, kind } of uses) {
    const { start, end } = rangeOf(node);
    file.edit.remove({ start: lineStart(file.text, start), end: nextLine(file.text, end) }, GROUP);
    if (kind === 'span')
      file.report('spans-lost', {
        at: node,
        group: GROUP,
        message: `@${symbol} is gone, and so are its spans`,
        help: OWN_SPANS,
      });
  }
  return uses.map((use) => use.node);
}

const DROPPED = ['service_name', 'buffer_max_events', 'buffer_max_size_mib', 'buffer_path'] as const;

const OWN_SPANS =
  'ops makes spans of ops.main, observers, hook commands and Pebble. For others: tracer = opentelemetry.trace.get_tracer(__name__), and with tracer.start_as_current_span("…").';

function report(file: Context, charm: Charm, plan: ClassPlan, at: PythonNode): void {
  const { traced, authority } = plan;
  const owner = traced.owner.name;
  const types = argument(traced.call, 'extra_types', 3)?.value;
  const names = types?.namedChildren().filter((one) => one.kind() !== 'comment') ?? [];
  const lost = [owner, ...names.map((one) => one.text())];
  const app = charm.metadata?.name ?? '<app>';
  file.report('spans-lost', {
    at,
    group: GROUP,
    message: `methods of ${lost.join(', ')} make no spans any more; service.name is '${app}' instead of '${app}-charm'`,
    help: OWN_SPANS,
  });
  const dropped = DROPPED.filter(
    (keyword, index) => argument(traced.call, keyword, index === 0 ? 2 : undefined) !== undefined,
  );
  if (dropped.length > 0)
    file.report('arguments-dropped', {
      at,
      group: GROUP,
      message: `${owner}: ${dropped.join(', ')} of trace_charm is gone: ops names the service by the application and buffers to .tracing-data.db`,
      help: 'Adapt queries and dashboards that select by the old service name; there is nothing to set instead.',
    });
  if (authority.kind === 'relation')
    file.report('ca-relation', {
      at,
      group: GROUP,
      message: `${owner}: https traces are checked with the CA that comes over ${authority.name}, no longer with ${authority.path}; they are kept back while that relation gives none${authority.limited ? '' : ', and always while it has two relations (the endpoint has no limit: 1)'}`,
      help: `Integrate ${authority.name} with whatever provides the CA of the tracing backend, and say so in the release notes.`,
    });
  if (authority.kind === 'system')
    file.report('system-certificates', {
      at,
      group: GROUP,
      message: `${owner}: ${authority.path} is used through the system's certificates, so update-ca-certificates has to run before the first trace is sent`,
      help: 'Keep the code that writes the file and runs update-ca-certificates.',
    });
}
