/**
 * Makes a certificate getter return None until its file exists, where the helper could not take its place.
 *
 * Why: today's `trace_charm` evaluates `server_cert` on every hook, with or without a tracing relation, and raises
 * ValueError when the path does not exist (DOMAIN 0.1, 2.5).
 *
 *     -        return CERT_PATH
 *     +        return CERT_PATH if Path(CERT_PATH).exists() else None
 *
 * Handles: every form of getter that `charm-tracing-config` reads: unconditional, behind a condition, through a local.
 * Refuses: a getter that is read elsewhere (its readers would get None too), content instead of a path, an attribute,
 * a getter of another class: reported as `crash` when the charm will crash, as `unproved` when that cannot be told.
 *
 * Safety: review.
 */

import { NEW_CHARM_TRACING } from '../facts/libraries.js';
import type { Charm, Origin } from '../kit/charm.js';
import { must } from '../kit/must.js';
import { argument, callsOf } from '../kit/python/calls.js';
import type { Class, Method } from '../kit/python/classes.js';
import { constantString } from '../kit/python/constants.js';
import type { PythonFile } from '../kit/python/file.js';
import { addFromImport } from '../kit/python/importEdits.js';
import { field, textOf } from '../kit/python/nodes.js';
import { isEmptyString, type Outcome, outcomesOf, statementsOf, unwrap } from '../kit/python/outcomes.js';
import { marginOf } from '../kit/python/statements.js';
import { wrapConditional } from '../kit/python/wrap.js';
import { defineTransform, type FileContext, type PythonNode } from '../kit/transform.js';
import { allTested, certificatePath, isGiven, isLiteralPath, isTested } from '../tracing/certificatePath.js';
import { memberOf, relatives, type TracedClass, tracedClasses } from '../tracing/model.js';
import { readElsewhere } from '../tracing/readElsewhere.js';
import { originOf } from '../tracing/requirers.js';

const findings = {
  crash: { severity: 'error', title: 'The charm will crash on every hook until the certificate file exists' },
  unproved: {
    severity: 'warning',
    title: 'Whether the certificate exists whenever its path is returned is unknown',
  },
} as const;

type Context = FileContext<keyof typeof findings>;

export default defineTransform({
  id: 'server-cert-guard',
  title: 'Return no certificate path until the file exists',
  safety: 'review',
  language: 'python',
  literals: ['trace_charm'],
  findings,
  apply(file) {
    const { charm } = file;
    for (const traced of tracedClasses(file.python, charm)) {
      if (!traced.cert) continue;
      const risk = charm
        ? riskOf(charm, traced, traced.cert.name)
        : unproved('who else reads the certificate is unknown without the rest of the charm');
      const obstacle = charm && risk?.guard && obstacleTo(file, charm, traced, risk.guard.method);
      if (risk?.guard && obstacle === undefined) edit(file, risk.guard);
      else if (risk) report(file, traced.owner.name, traced.call, risk, obstacle);
    }
    if (charm) reportOtherCalls(file, charm);
  },
});

/** A decorator of its own that calls `trace_charm(…)(charm)`: which classes it is for, nobody says. */
function reportOtherCalls(file: Context, charm: Charm): void {
  for (const call of callsOf(file.python, `${NEW_CHARM_TRACING}.trace_charm`)) {
    const cert = argument(call, 'server_cert', 1);
    const name = cert && constantString(file.python, cert.value, charm);
    if (name === undefined || call.parent()?.kind() === 'decorator') continue;
    for (const source of charm.parsed(name, 'class')) {
      for (const owner of source.classes) {
        const risk = riskIn(charm, source, owner, name);
        if (risk)
          report(
            file,
            `If this trace_charm is for it, ${owner.name} (${source.path})`,
            call,
            { ...risk, at: call },
            undefined,
          );
      }
    }
  }
}

/** Why trace_charm may be given a path that does not exist. */
interface Risk {
  readonly reason: keyof typeof findings;
  /** In another file: undefined. */
  readonly at: PythonNode | undefined;
  readonly why: string;
  readonly help: string;
  /** The getter that can be guarded in this file. */
  readonly guard: Guard | undefined;
}

interface Guard {
  readonly method: Method;
  readonly outcomes: readonly Outcome[];
  readonly path: PythonNode;
  /** It is a literal, or made of literals: Path() takes it. */
  readonly neverNone: boolean;
}

const NONE_OR_FILE =
  'Make sure that server_cert is None or the absolute path of a file that exists: anything else raises ValueError on every hook.';

const WRITE_IT = 'Write the certificate to a file, and return its path once the file exists.';

function report(
  file: Context,
  charmName: string,
  call: PythonNode,
  risk: Risk,
  obstacle: string | undefined,
): void {
  const { reason, at, help } = risk;
  const why = obstacle === undefined ? risk.why : `${risk.why}; ${obstacle}`;
  const message =
    reason === 'crash'
      ? `${charmName} will crash with ValueError on every hook, with or without a tracing relation: ${why}`
      : `${charmName}: ${why}, so it is unknown whether the file exists whenever trace_charm reads its path`;
  file.report(reason, { at: at ?? call, message, help });
}

function unproved(why: string, at?: PythonNode): Risk {
  return { reason: 'unproved', at, why, help: NONE_OR_FILE, guard: undefined };
}

/** Looks at what the decorator's `server_cert` names, in the class or the base class that defines it. */
function riskOf(charm: Charm, traced: TracedClass, name: string | undefined): Risk | undefined {
  if (name === undefined) return unproved('the decorator does not name its server_cert as a plain string');
  const version = originOf(charm, traced.file, field(traced.call, 'function'));
  if (memberOf(traced.owner, name).kind !== 'absent')
    return riskIn(charm, traced.file, traced.owner, name, version);
  const base = relatives(charm, traced.owner).find((one) => memberOf(one.owner, name).kind !== 'absent');
  const source = base && charm.python(base.path);
  if (!base || !source) return unproved(`${name} is defined nowhere in the charm`);
  const risk = riskIn(charm, source, base.owner, name, version);
  return (
    risk && {
      ...risk,
      at: undefined,
      guard: undefined,
      why: `in ${base.owner.name} (${base.path}), ${risk.why}`,
    }
  );
}

function riskIn(
  charm: Charm,
  source: PythonFile,
  owner: Class,
  name: string,
  version?: Origin,
): Risk | undefined {
  const member = memberOf(owner, name);
  const crash = (at: PythonNode, why: string, help: string, guard?: Guard): Risk => ({
    reason: 'crash',
    at,
    why,
    help,
    guard,
  });
  const useGuarded = (path: string) => `Use ${path} if Path(${path}).exists() else None.`;
  if (member.kind === 'absent') return undefined;
  if (member.kind === 'assigned') {
    const value = member.value;
    // Without one value it is a tuple: the helper's result, which is None or exists.
    if (value === undefined || /exists\(|is_?file\(|^None$/.test(value.text())) return undefined;
    return crash(value, `self.${name} is set whether the file exists or not`, useGuarded(value.text()));
  }
  const { method } = member;
  const outcomes = outcomesOf(method.node);
  const old = version?.module.startsWith('charms.tempo_k8s.v0.');
  if (!outcomes && old) {
    const why = `${name} was the content of the certificate for the old library, and is a path for the new one`;
    return crash(method.node, why, WRITE_IT);
  }
  if (!outcomes) return unproved(`${name} does more than return a path`, method.node);
  if (allTested(outcomes)) return undefined;
  if (outcomes.some(({ value }) => value && isEmptyString(value)))
    return crash(method.node, `${name} may return "", which is no absolute path`, 'Return None instead.');
  const path = certificatePath(source, outcomes, charm);
  if (typeof path !== 'object') {
    const values = outcomes.flatMap(({ value }) => value ?? []);
    const several = values.some((value) => value.text() !== values[0]?.text());
    if (several) return unproved(`${name} returns one of several values`, method.node);
    // A call may give a path; a name that is no path's is most likely content.
    if (!old && values.some((value) => value.kind() === 'call'))
      return unproved(`${name} returns what other code makes`, method.node);
    return crash(method.node, `${name} does not return the path of a file`, WRITE_IT);
  }
  const text = path.node.text();
  const why = `${name} returns ${text} although the file may not exist`;
  const neverNone = isLiteralPath(source, path.node, charm);
  return crash(method.node, why, useGuarded(text), { method, outcomes, path: path.node, neverNone });
}

/** Why the getter cannot be guarded in place. */
function obstacleTo(file: Context, charm: Charm, traced: TracedClass, method: Method): string | undefined {
  const reader = readElsewhere(charm, traced, method.name, [method]);
  if (reader !== undefined) return `${reader} reads it too, so it is left alone`;
  const other = file.python.names
    .occurrences('Path')
    .some((one) => one.role === 'bind' && !/^from pathlib import\b/.test(textOf(one.importStatement)));
  return other ? 'Path is something else in this file, so it is left alone' : undefined;
}

function edit(file: Context, { method, outcomes, path, neverNone }: Guard): void {
  const group = `${file.path}:${method.node.range().start.index}`;
  const Path = addFromImport(file, 'pathlib', 'Path', { group });
  const exists = `${Path}(${path.text()}).exists()`;
  const untested = outcomes
    .filter((outcome) => outcome.value && !isTested(outcome, path))
    .map(({ statement }) => must(statement, 'return statement'));
  for (const statement of new Map(untested.map((one) => [one.id(), one])).values()) {
    const returned = must(statementsOf(statement)[0], 'returned value');
    const given = outcomes.some((one) => one.statement?.id() === statement.id() && isGiven(one, path));
    const test = neverNone || given ? exists : `${path.text()} and ${exists}`;
    file.edit.replace(
      statement,
      wrapConditional('return ', guarded(returned, test), {
        margin: marginOf(file.text, statement),
        layout: file.layout,
      }),
      group,
    );
  }
  const annotation = method.node.field('return_type');
  if (annotation?.text() === 'str') {
    file.edit.replace(annotation, `${addFromImport(file, 'typing', 'Optional', { group })}[str]`, group);
  }
}

/** `value if condition else None` with the test added. */
function guarded(returned: PythonNode, test: string): [value: string, condition: string, otherwise: string] {
  const plain = unwrap(returned);
  const [value, condition, otherwise] = plain.kind() === 'conditional_expression' ? statementsOf(plain) : [];
  if (value && condition && otherwise?.kind() === 'none') {
    const compound = /^(boolean_operator|conditional_expression|lambda)$/.test(condition.kind());
    return [value.text(), `${compound ? `(${condition.text()})` : condition.text()} and ${test}`, 'None'];
  }
  return [value ? `(${plain.text()})` : plain.text(), test, 'None'];
}
