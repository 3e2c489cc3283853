/**
 * Takes out of the tests what kept the old library quiet: `charm_tracing_disabled` and patches of its names.
 *
 * Why: the library is gone, and ops does not export traces in unit tests (DOMAIN 5.3).
 *
 *     -@pytest.fixture(autouse=True)
 *     -def no_tracing():
 *     -    with charm_tracing_disabled():
 *     -        yield
 *
 * Handles: fixtures that do nothing else (a fixture that others ask for by name keeps a bare `yield`), items of `with`
 * (the body moves out when none is left; text in multi-line strings stays as it is), `stack.enter_context(…)`,
 * decorators, `monkeypatch.setattr(…)`; imports that nothing uses any more; a conftest.py that has nothing left.
 *
 * Refuses: tests of the library itself (`CHARM_TRACING_ENABLED`, `_autoinstrument`, paths of the file), mocks that a test
 * gets passed, comments that would get lost. The charm's code is left as it is then.
 * Reports `Context(…, meta={…})` without a name, which Scenario needs once the charm makes a `Tracing`.
 *
 * Safety: safe.
 */

import type { Charm } from '../kit/charm.js';
import type { PythonNode } from '../kit/languages.js';
import { argument, callsOf } from '../kit/python/calls.js';
import { type PythonFile, rangeOf } from '../kit/python/file.js';
import { field } from '../kit/python/nodes.js';
import { removeOrphans } from '../kit/python/orphans.js';
import {
  commentsIn,
  leadingComments,
  lineStart,
  nextLine,
  removeStatements,
  siblings,
  statementOf,
} from '../kit/python/statements.js';
import { stringValue } from '../kit/python/strings.js';
import { removeWithItems, withItems } from '../kit/python/unwrapWith.js';
import { defineTransform, type FileContext } from '../kit/transform.js';
import { ownFiles } from '../tracing/requirers.js';
import { type LibraryUse, libraryImports, libraryUses, localsOf } from './libraryUses.js';
import { GROUP, isTest, LITERALS, planOf, problemsOf } from './plan.js';

const findings = {
  'library-use': { severity: 'warning', title: 'A test needs the old library' },
  'metadata-name': { severity: 'warning', title: 'Inline metadata without a name' },
} as const;

type Context = FileContext<keyof typeof findings>;

export default defineTransform({
  id: 'ops-tracing-tests',
  title: 'Take the old tracing library out of the tests',
  safety: 'safe',
  language: 'python',
  literals: LITERALS,
  findings,
  plan({ charm, report }) {
    for (const { file, at, message, help } of problemsOf(charm, 'ops-tracing-tests'))
      report('library-use', { message, help, file, at });
    const { state } = planOf(charm);
    return { state, contexts: state === 'converted' ? charm.pythonFiles('Context(') : [] };
  },
  also: (plan) => plan.contexts,
  apply(file, plan) {
    if (!file.charm || plan?.state !== 'converted') return;
    reportMetadata(file);
    const uses = libraryUses(file.charm).filter((use) => use.file === file.python);
    const removed = [...removeItems(file, file.charm, uses), ...removeWhole(file, uses)];
    const imports = libraryImports(file.python);
    removeOrphans(file, file.charm, removed, {
      group: GROUP,
      imports: new Map(imports.map((statement) => [statement, new Set(localsOf(statement))])),
    });
  },
  conclude({ charm, act }) {
    if (planOf(charm).state !== 'converted') return;
    for (const [path, text] of charm.tree.changes) {
      const before = charm.tree.base.read(path);
      if (text !== null && before !== undefined && isTest(charm, path) && isEmpty(text) && !isEmpty(before))
        act({ kind: 'delete', path });
    }
  },
});

/** Nothing but comments. */
function isEmpty(text: string): boolean {
  return text.split(/[\n\r\u2028\u2029]/).every((line) => /^\s*(?:#|$)/.test(line));
}

/** Statements and decorators. */
function removeWhole(file: Context, uses: readonly LibraryUse[]): PythonNode[] {
  const statements = uses.filter((use) => use.kind === 'statement').map((use) => use.node);
  for (const statement of statements) removeStatements(file, [statement], GROUP);
  const decorators = uses.filter((use) => use.kind === 'decorator').map((use) => use.node);
  for (const node of decorators) {
    const { start, end } = rangeOf(node);
    file.edit.remove({ start: lineStart(file.text, start), end: nextLine(file.text, end) }, GROUP);
  }
  return [...statements, ...decorators];
}

/** Items of `with`, with the whole fixture where nothing else is in it. */
function removeItems(file: Context, charm: Charm, uses: readonly LibraryUse[]): PythonNode[] {
  const items = new Map(uses.filter((use) => use.kind === 'item').map((use) => [use.node.id(), use.node]));
  const statements = new Map([...items.values()].map(statementOf).map((one) => [one.id(), one]));
  const removed: PythonNode[] = [];
  const fixtures: PythonNode[] = [];
  for (const statement of statements.values()) {
    if (fixtures.some((fixture) => statement.ancestors().some((one) => one.id() === fixture.id()))) continue;
    const gone = withItems(statement).filter((item) => items.has(item.id()));
    const fixture =
      gone.length === withItems(statement).length ? idleFixture(file.python, statement, items) : undefined;
    if (fixture && !isRequested(charm, fixture)) {
      fixtures.push(fixture);
      removed.push(fixture);
    } else {
      removeWithItems(file, statement, gone, GROUP);
      removed.push(...gone);
    }
  }
  removeStatements(file, fixtures, GROUP);
  return removed;
}

/** The fixture that does nothing but `yield` inside items that go; with a comment in or above it, it stays. */
function idleFixture(
  file: PythonFile,
  outermost: PythonNode,
  items: ReadonlyMap<number, PythonNode>,
): PythonNode | undefined {
  const holder = outermost.parent()?.parent();
  const fixture = holder?.parent();
  if (holder?.kind() !== 'function_definition' || fixture?.kind() !== 'decorated_definition')
    return undefined;
  const [decorator, ...more] = fixture.children().filter((child) => child.kind() === 'decorator');
  if (!decorator || more.length > 0 || !/^@(pytest\.)?fixture\b/.test(decorator.text())) return undefined;
  const others = siblings(outermost).filter((one) => one.id() !== outermost.id() && !isString(one));
  if (others.length > 0 || commentsIn(file.root, file.text, rangeOf(fixture)).length > 0) return undefined;
  return leadingComments(fixture).length === 0 && onlyYields(outermost, items) ? fixture : undefined;
}

function isString(statement: PythonNode): boolean {
  return statement.child(0)?.kind() === 'string';
}

function onlyYields(statement: PythonNode, items: ReadonlyMap<number, PythonNode>): boolean {
  const [only, ...more] = field(statement, 'body').namedChildren();
  if (!only || more.length > 0) return false;
  if (only.kind() === 'with_statement')
    return withItems(only).every((item) => items.has(item.id())) && onlyYields(only, items);
  return only.text() === 'yield';
}

/** A test or another fixture asks for the fixture by its name. */
function isRequested(charm: Charm, fixture: PythonNode): boolean {
  const name = field(field(fixture, 'definition'), 'name').text();
  return ownFiles(charm, name).some((file) =>
    file
      .find({
        rule: {
          any: [
            { kind: 'identifier', regex: `^${name}$`, inside: { kind: 'parameters', stopBy: 'neighbor' } },
            {
              kind: 'identifier',
              regex: `^${name}$`,
              inside: { kind: 'typed_parameter', stopBy: 'neighbor' },
            },
            { kind: 'string_content', regex: `^${name}$` },
          ],
        },
      })
      .some(() => true),
  );
}

function reportMetadata(file: Context): void {
  for (const call of callsOf(file.python, 'scenario.Context', 'ops.testing.Context')) {
    const meta = argument(call, 'meta', 1)?.value;
    if (meta?.kind() !== 'dictionary') continue;
    const pairs = meta.namedChildren().filter((child) => child.kind() !== 'comment');
    const keys = pairs.map((pair) => (pair.kind() === 'pair' ? stringValue(pair.field('key')) : 'name'));
    if (keys.includes('name')) continue;
    file.report('metadata-name', {
      at: meta,
      message:
        "meta has no 'name': the context raises KeyError: 'name' as soon as the charm makes a Tracing object",
      help: `Add "name": "<the charm's name>" to the dictionary.`,
    });
  }
}
