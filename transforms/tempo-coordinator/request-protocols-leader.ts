/**
 * What: puts an explicit `request_protocols(…)` of a charm under `if self.unit.is_leader():`.
 *
 * Why: on a follower the old library ignored the call; since LIBPATCH 8 the coordinator's raises
 * `DataAccessPermissionError`, and the hook fails. DOMAIN 0.6 and 2.4.
 *
 *     self.tracing.request_protocols(["otlp_http"])
 *   →
 *     if self.unit.is_leader():
 *         self.tracing.request_protocols(["otlp_http"])
 *
 * Handles:
 * - a call that is a statement of its own in a method of a charm class, on a requirer that the class or function
 *   makes; over several lines too, where the inside of a multi-line string keeps its indentation
 * - calls that only a leader reaches already: `if`, `elif`, `else` and early returns on `is_leader()`: nothing to do
 *
 * Refuses:
 * - another class, a function, an expression, a statement that shares its line, a requirer that comes from elsewhere:
 *   `unguarded`
 *
 * Safety: review. Followers no longer make the call, which did nothing there.
 */

import { NEW_TRACING } from '../facts/libraries.js';
import { readClass } from '../kit/python/classes.js';
import { definitionOf } from '../kit/python/constants.js';
import { guardStatement } from '../kit/python/guard.js';
import { hasKind } from '../kit/python/nodes.js';
import { ownsItsLines, siblings, statementOf } from '../kit/python/statements.js';
import { defineTransform, type FileContext, type PythonNode } from '../kit/transform.js';

export default defineTransform({
  id: 'request-protocols-leader',
  title: 'Request protocols on the leader only',
  safety: 'review',
  language: 'python',
  literals: ['request_protocols'],
  findings: {
    unguarded: {
      severity: 'warning',
      title: 'request_protocols() can be reached by a follower, where it raises',
    },
  },
  rules: {
    call: {
      rule: {
        kind: 'call',
        has: {
          field: 'function',
          kind: 'attribute',
          has: { field: 'attribute', kind: 'identifier', regex: '^request_protocols$' },
        },
      },
    },
  },
  apply(file) {
    if (!file.python.imports.some(({ node }) => node.text().includes('tempo_coordinator_k8s'))) return;
    for (const call of file.find('call')) {
      const requirer = call.field('function')?.field('object');
      if (!requirer || leaderOnly(call)) continue;
      const definition = definitionOf(file.python, requirer, file.charm);
      const maker = definition?.value.kind() === 'call' ? definition.value.field('function') : undefined;
      const made = maker && definition?.file.names.qualify(maker);
      if (made !== undefined && made !== `${NEW_TRACING}.TracingEndpointRequirer`) continue;
      const statement = statementOf(call);
      const own =
        statement.kind() === 'expression_statement' &&
        statement.child(0)?.id() === call.id() &&
        ownsItsLines(file.text, statement);
      const self = made && own ? charmSelf(file, call) : undefined;
      if (self !== undefined) {
        guardStatement(file, statement, `if ${self}.unit.is_leader():`);
        continue;
      }
      file.report('unguarded', {
        at: call,
        // A test chooses whether its unit is the leader.
        ...(/(?:^|\/)tests\//.test(file.path) ? { severity: 'info' } : {}),
        message: `${call.field('function')?.text()}() raises DataAccessPermissionError on a unit that is not the leader`,
        help: `Call it on the leader only: if self.unit.is_leader(): ${call.text().split('\n')[0]}`,
      });
    }
  },
});

/** How the method that holds the node calls its charm; undefined outside a charm class. */
function charmSelf(file: FileContext, node: PythonNode): string | undefined {
  const ancestors = node.ancestors();
  const owner = ancestors.find((one) => one.kind() === 'class_definition');
  const method =
    owner &&
    readClass(owner).methods.find(({ node: one }) => ancestors.some((other) => other.id() === one.id()));
  if (!owner || method?.self === undefined) return undefined;
  const charm =
    readClass(owner).bases.some((base) => /(^|\.)\w*CharmBase(\[|$)/.test(base.text())) ||
    file.text
      .slice(owner.range().start.index, owner.range().end.index)
      .includes(`${method.self}.unit.is_leader()`);
  return charm ? method.self : undefined;
}

/** Only a leader gets to this node, as far as the code of its function shows. */
function leaderOnly(node: PythonNode): boolean {
  let child = node;
  for (const parent of node.ancestors()) {
    if (/_definition$|^lambda$/.test(parent.kind())) return false;
    if (/^(if_statement|elif_clause)$/.test(parent.kind())) {
      const condition = parent.field('condition');
      const inside = parent.field('consequence')?.id() === child.id();
      if (condition && inside && proves(condition, true)) return true;
      const failed = child.kind() === 'else_clause' || child.kind() === 'elif_clause';
      if (condition && failed && proves(condition, false)) return true;
    }
    if (parent.kind() === 'block') {
      const before = siblings(child).filter((one) => one.range().end.index <= child.range().start.index);
      if (before.some(leavesFollowers)) return true;
    }
    child = parent;
  }
  return false;
}

/** `if not self.unit.is_leader(): return`. */
function leavesFollowers(statement: PythonNode): boolean {
  const condition = statement.kind() === 'if_statement' ? statement.field('condition') : null;
  const last = statement.field('consequence')?.namedChildren().at(-1);
  return (
    condition !== null &&
    proves(condition, false) &&
    hasKind(last, /^(return|raise|continue|break)_statement$/)
  );
}

/** The unit is the leader when the condition comes out as `outcome`. */
function proves(condition: PythonNode, outcome: boolean): boolean {
  switch (condition.kind()) {
    case 'parenthesized_expression':
      return condition.namedChildren().some((inner) => proves(inner, outcome));
    case 'not_operator':
      return condition.namedChildren().some((inner) => proves(inner, !outcome));
    case 'boolean_operator':
      return (
        condition.field('operator')?.text() === (outcome ? 'and' : 'or') &&
        condition.namedChildren().some((inner) => proves(inner, outcome))
      );
    default:
      return outcome && /(^|\.)_?is_leader(\(\))?$/.test(condition.text());
  }
}
