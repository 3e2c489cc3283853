/**
 * Turns the hand-written endpoint and certificate getters of a `@trace_charm` class into one call of the tracing
 * library's helper, in `__init__`, right behind the requirer and whatever the path needs.
 *
 * Why: today's library raises ValueError in `__init__` when the certificate's path does not exist, so most hand-written
 * pairs crash on every hook until it does (guide, "Using the charm_tracing_config helper"; DOMAIN 0.1, 2.4-2.6).
 *
 *     -    @property
 *     -    def tracing_endpoint(self) -> Optional[str]:
 *     -        return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
 *     +        self.tracing_endpoint, self.server_cert = charm_tracing_config(self.tracing, CA_PATH)
 *
 * Handles: decorator arguments by keyword or position; getters as property or method; guard with `return None`, `else`,
 * falling through, conditional expression, local variable, walrus; protocol as literal, constant or keyword;
 * certificate getter absent, unconditional, "if it exists", "if TLS is on"; a requirer of its own or of the
 * coordinated-workers library; a getter that is read elsewhere stays, and the helper gets attributes of its own.
 * Comments of the getters move above the call; names that nothing uses any more go.
 *
 * Refuses: everything that cannot be proved equal or intended, each with its own reason (see the findings).
 *
 * Safety: review. Differences on purpose: https with a missing file buffers instead of crashing; a certificate path is
 * not passed over plain http; the attributes are set when the line runs.
 */
import type { Charm } from '../kit/charm.js';
import { callArguments } from '../kit/python/calls.js';
import { rangeOf } from '../kit/python/file.js';
import { addFromImport } from '../kit/python/importEdits.js';
import { removeOrphans } from '../kit/python/orphans.js';
import {
  commentsIn,
  insertAfter,
  leadingComments,
  marginOf,
  removeStatements,
} from '../kit/python/statements.js';
import { width, wrapBrackets } from '../kit/python/wrap.js';
import { defineTransform, type FileContext, type PythonNode } from '../kit/transform.js';
import { looksLikeCa } from '../tracing/certificatePath.js';
import { type Conversion, isHelper, planConversion } from '../tracing/conversion.js';
import { type TracedClass, tracedClasses } from '../tracing/model.js';
import { type Requirer, requirerOf } from '../tracing/requirers.js';
import { isWritten } from '../tracing/writtenPath.js';

const findings = {
  'facts-unknown': { severity: 'info', title: 'The rest of the charm is unknown, so nothing is converted' },
  'attribute-name-unknown': {
    severity: 'info',
    title: 'The decorator does not name its attributes as plain strings',
  },
  'already-assigned': { severity: 'info', title: 'The endpoint or certificate is an attribute already' },
  inherited: { severity: 'info', title: 'A getter is defined in another class' },
  decorated: {
    severity: 'info',
    title: 'A getter has a setter, another decorator, parameters, two definitions, or is below an if',
  },
  overridden: { severity: 'info', title: 'A base class or subclass defines the name too' },
  'endpoint-form': { severity: 'info', title: 'The endpoint getter does more than ask one requirer' },
  'requirer-foreign': { severity: 'info', title: "The requirer or helper is not the tracing library's" },
  'requirer-elsewhere': {
    severity: 'info',
    title: 'The requirer is assigned in another class, method or module',
  },
  'requirer-conditional': { severity: 'info', title: 'The requirer is assigned under a condition' },
  'requirer-reassigned': { severity: 'info', title: 'The requirer is assigned more than once' },
  'protocol-unproved': { severity: 'info', title: 'It cannot be proved that otlp_http is asked for' },
  'certificate-form': { severity: 'info', title: 'The certificate getter does not simply return a path' },
  'path-attribute': {
    severity: 'info',
    title: "The path reads an attribute that is not assigned once in '__init__'",
  },
  'early-return': {
    severity: 'info',
    title: "A return in '__init__' can be reached before the helper's line",
  },
  'name-taken': { severity: 'info', title: 'A name that the conversion needs is taken' },
  'import-fallback': {
    severity: 'info',
    title: 'The library is imported with a fallback that has no helper',
  },
  kept: { severity: 'info', title: 'A getter stays, because other code reads it' },
  'no-limit': { severity: 'warning', title: "The tracing endpoint has no 'limit: 1' in the metadata" },
  'server-certificate': {
    severity: 'warning',
    title: "The path looks like the unit's own certificate, not the CA's",
  },
  'path-not-written': {
    severity: 'warning',
    title: "Nothing writes the certificate file in the charm's own container",
  },
  'condition-dropped': { severity: 'warning', title: "The getter's condition is not what the helper tests" },
} as const;

type Context = FileContext<keyof typeof findings>;

export default defineTransform({
  id: 'charm-tracing-config',
  title: 'Configure charm tracing with the charm_tracing_config helper',
  safety: 'review',
  language: 'python',
  literals: ['trace_charm'],
  findings,
  apply(file) {
    const { charm } = file;
    const classes = tracedClasses(file.python, charm);
    if (!charm) {
      for (const { call, owner } of classes) {
        file.report('facts-unknown', {
          at: call,
          message: `${owner.name}: who else reads its getters is unknown without the rest of the charm`,
          help: 'Run on the whole charm, or pass the charm to applyTransforms().',
        });
      }
      return;
    }
    const removed = classes.flatMap((traced) => convert(file, charm, traced));
    const nodes = removed.flatMap((one) => one.nodes);
    removeOrphans(file, charm, nodes, {
      group: GROUP,
      inserted: removed.map((one) => one.inserted).join(' '),
      keep: new Set(removed.flatMap((one) => one.keep)),
    });
  },
});

/** All conversions of a file are one: they share its import statements. */
const GROUP = 'conversion';

/** What an edit takes out and puts in, for the names that it orphans. */
interface Removed {
  readonly nodes: readonly PythonNode[];
  readonly inserted: string;
  /** Ids of import statements that the edit rewrites. */
  readonly keep: readonly number[];
}

function convert(file: Context, charm: Charm, traced: TracedClass): Removed[] {
  const planned = planConversion(charm, traced);
  if (planned === undefined) {
    for (const requirer of helperRequirers(file, charm, traced)) warnLimit(file, charm, requirer);
    return [];
  }
  if ('reason' in planned) {
    file.report(planned.reason, {
      at: planned.at,
      severity: planned.severity,
      message: `${traced.owner.name} is not converted to charm_tracing_config: ${planned.why}`,
      help: planned.help,
    });
    return [];
  }
  if (planned.requirerObject) warnLimit(file, charm, planned.requirerObject);
  warnPath(file, charm, traced, planned);
  return [edit(file, traced, planned)];
}

function edit(file: Context, traced: TracedClass, conversion: Conversion): Removed {
  const { endpoint, cert, after, helper } = conversion;
  const nodes = [endpoint, cert].flatMap((getter) =>
    getter && getter.reader === undefined ? [getter.method.outer] : [],
  );
  const comments = nodes.flatMap((outer) => [
    ...leadingComments(outer),
    ...commentsIn(file.python.root, file.text, rangeOf(outer)),
  ]);
  const { self } = endpoint.method;
  const call = helper.module
    ? `${helper.module}.charm_tracing_config`
    : addFromImport(file, helper.source, 'charm_tracing_config', { group: GROUP });
  const targets = `${self}.${endpoint.attribute}, ${cert ? `${self}.${cert.attribute}` : '_'}`;
  const line = assignment(file, after, targets, `${call}(`, [conversion.requirer, conversion.path]);
  const kept = comments.map((comment) => comment.text()).filter((text) => !PRAGMA.test(text));
  insertAfter(file, after, [...kept, line], GROUP);
  removeStatements(file, [...nodes.flatMap(leadingComments), ...nodes], GROUP);
  for (const [named, getter] of [
    [traced.endpoint, endpoint],
    [traced.cert, cert],
  ] as const) {
    if (!named?.argument || getter?.reader === undefined) continue;
    file.edit.replace(named.argument.value, `"${getter.attribute}"`, GROUP);
    file.report('kept', {
      at: getter.method.node,
      group: GROUP,
      message: `${traced.owner.name}: ${getter.method.name} stays, for ${getter.reader} reads it too; charm tracing has ${getter.attribute} instead`,
      help: `When only tests read it: delete it, and let them read ${getter.attribute}.`,
    });
  }
  return {
    nodes,
    inserted: `${conversion.requirer} ${conversion.path}`,
    keep: helper.statement ? [helper.statement.node.id()] : [],
  };
}

/** `targets = call(…)`; the call in parentheses when not even its bracket fits on the targets' line. */
function assignment(
  { text, layout }: Context,
  after: PythonNode,
  targets: string,
  call: string,
  args: readonly string[],
): string {
  const margin = marginOf(text, after);
  const head = `${targets} = `;
  if (width(margin + head + call) <= layout.lineLength)
    return wrapBrackets(head + call, args, ')', { margin, layout });
  const inner = margin + layout.indent;
  return [`${head}(`, inner + wrapBrackets(call, args, ')', { margin: inner, layout }), `${margin})`].join(
    layout.eol,
  );
}

/** Comments that speak to a tool about the line they stand on. */
const PRAGMA = /^#\s*(type:|noqa|pylint:|pyright:|mypy:|pragma:|fmt:|ruff:|nosec)/i;

/** The requirers that the class passes to the helper already. */
function helperRequirers(file: Context, charm: Charm, traced: TracedClass): Requirer[] {
  return traced.owner.node
    .findAll({ rule: { kind: 'call' } })
    .filter((call) => isHelper(file.python, call))
    .flatMap((call) => {
      const first = callArguments(call)?.positional[0];
      const reference = first && requirerOf(charm, file.python, first.value);
      return reference?.kind === 'requirer' ? [reference.requirer] : [];
    });
}

function warnLimit(file: Context, charm: Charm, requirer: Requirer): void {
  const { metadata } = charm;
  const endpoint = metadata?.endpoints.find(
    (one) => one.role === 'requires' && one.name === requirer.relation,
  );
  if (!metadata || !endpoint || endpoint.limit === 1) return;
  file.report('no-limit', {
    at: requirer.call,
    message: `endpoint '${endpoint.name}' has no 'limit: 1' in ${metadata.path}: with a second relation, every hook raises AmbiguousRelationUsageError`,
    help: `Add 'limit: 1' below requires: ${endpoint.name}: in ${metadata.path}.`,
  });
}

function warnPath(file: Context, charm: Charm, traced: TracedClass, conversion: Conversion): void {
  const { pathNode, conditions, after, path } = conversion;
  if (!pathNode) return;
  const group = GROUP;
  const where = traced.owner.name;
  if (conditions.length > 0) {
    const tests = [
      ...new Set(conditions.map(({ node, negated }) => `${negated ? 'not ' : ''}${node.text()}`)),
    ];
    file.report('condition-dropped', {
      at: after,
      group,
      message: `${where}: the certificate was passed only if ${tests.join(' and ')}; charm_tracing_config asks whether ${path} exists`,
      help: `Make sure that the file at ${path} is removed when that is no longer so.`,
    });
  }
  if (!looksLikeCa(file.python, pathNode, charm)) {
    file.report('server-certificate', {
      at: after,
      group,
      message: `${where}: ${path} looks like the unit's own certificate; the helper wants that of the CA which signed Tempo's`,
      help: `Write the CA's certificate to a file and pass its path instead of ${path}.`,
    });
  }
  if (!isWritten(charm, file.python, pathNode)) {
    file.report('path-not-written', {
      at: after,
      group,
      message: `${where}: nothing writes ${path} in the charm's own container, so tracing over https will never start`,
      help: `Write the CA's certificate to ${path} as soon as it is available.`,
    });
  }
}
