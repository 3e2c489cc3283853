/**
 * Every mention of the charm_tracing library in a root's own Python code, and whether it can simply be taken away.
 *
 * Removable: decorators (`@trace_charm(…)`, `@trace_type`, `@trace_method`, a patch with its replacement), items of
 * `with`, `stack.enter_context(…)`, `monkeypatch.setattr(…)`. Source: DOMAIN 5.3, 5.4.
 */

import { NEW_CHARM_TRACING, NEW_PACKAGE } from '../facts/libraries.js';
import type { Charm } from '../kit/charm.js';
import type { PythonNode } from '../kit/languages.js';
import { argument, callArguments } from '../kit/python/calls.js';
import { type PythonFile, rangeOf } from '../kit/python/file.js';
import type { ImportStatement } from '../kit/python/imports.js';
import { withoutLibPrefix } from '../kit/python/names.js';
import { field } from '../kit/python/nodes.js';
import { commentsIn, ownsItsLines, statementOf } from '../kit/python/statements.js';
import { canRemoveItems } from '../kit/python/unwrapWith.js';
import { ownFiles } from '../tracing/requirers.js';

export interface LibraryUse {
  readonly file: PythonFile;
  /**
   * `class`: `@trace_charm(…)` on a class. `span`: a decorator that only makes spans. `item` (of a `with`),
   * `statement`, `decorator`: it keeps the library quiet in a test. `other`: anything else; it cannot be taken away.
   */
  readonly kind: 'class' | 'span' | 'item' | 'statement' | 'decorator' | 'other';
  /** What to take away: the decorator, the item, the statement. */
  readonly node: PythonNode;
  /** The library's name for it; for a string the string. */
  readonly symbol: string;
}

const SPANS = new Set(['trace', 'trace_type', 'trace_method', 'trace_function']);
const MODULE = NEW_CHARM_TRACING.replace(/^charms\./, '');
const PATCHES = /^(unittest\.)?mock\.patch(\.object|\.multiple|\.dict)?$/;

/** All uses in this root, by file and place. */
export function libraryUses(charm: Charm): readonly LibraryUse[] {
  return charm.fact('charm_tracing uses', () => ownFiles(charm, 'charm_tracing').flatMap(usesIn));
}

/** The import statements of a file that bind names of the library, or the library itself. */
export function libraryImports(file: PythonFile): ImportStatement[] {
  return file.imports.filter((statement) => localsOf(statement).length > 0);
}

/** The names that a statement binds to the library or to something of it. */
export function localsOf(statement: ImportStatement): string[] {
  const module = withoutLibPrefix(statement.module);
  return statement.names
    .filter(({ name }) =>
      statement.kind === 'import'
        ? withoutLibPrefix(name) === NEW_CHARM_TRACING
        : module === NEW_CHARM_TRACING || (module === NEW_PACKAGE && name === 'charm_tracing'),
    )
    .map((item) => item.local);
}

function usesIn(file: PythonFile): LibraryUse[] {
  const uses: LibraryUse[] = [];
  for (const statement of libraryImports(file)) {
    // A fallback (`except ImportError`) is code that works either way; a comment would get lost.
    const guarded = statement.node.ancestors().some((one) => one.kind() === 'try_statement');
    if (guarded || statement.commented || localsOf(statement).includes('*'))
      uses.push({
        file,
        kind: 'other',
        node: statement.node,
        symbol: `import of ${localsOf(statement).join(', ')}`,
      });
    for (const local of localsOf(statement)) uses.push(...readsOf(file, local));
  }
  if (file.text.includes(MODULE) || file.text.includes(MODULE.replaceAll('.', '/'))) {
    const mentions = file.find({ rule: { kind: 'string_content', regex: MODULE.replaceAll('.', '[./]') } });
    for (const content of mentions) {
      const string = content.parent();
      if (string && string.parent()?.kind() !== 'expression_statement')
        uses.push(place(file, string, content.text()));
    }
  }
  return uses.sort((a, b) => rangeOf(a.node).start - rangeOf(b.node).start);
}

function readsOf(file: PythonFile, local: string): LibraryUse[] {
  return file.names
    .occurrences(local)
    .filter((one) => one.role === 'read')
    .flatMap(({ node }) => useOf(file, node) ?? []);
}

/** Follows `module.name` up to the library's own name, not to what is called on it. */
function useOf(file: PythonFile, node: PythonNode): LibraryUse | undefined {
  const qualified = file.names.qualify(node);
  if (qualified?.startsWith(`${NEW_CHARM_TRACING}.`))
    return place(file, node, qualified.slice(NEW_CHARM_TRACING.length + 1));
  const up = node.parent();
  if (up?.kind() === 'attribute') return useOf(file, up);
  return qualified === NEW_CHARM_TRACING ? place(file, node, '') : undefined;
}

function place(file: PythonFile, node: PythonNode, symbol: string): LibraryUse {
  const found = (kind: LibraryUse['kind'], at: PythonNode): LibraryUse => {
    const removable = kind === 'item' || kind === 'other' || isClean(file, at);
    return removable
      ? { file, kind, node: at, symbol }
      : { file, kind: 'other', node: at, symbol: `${symbol} with a comment in or behind it` };
  };
  const parent = node.parent();
  const called =
    parent?.kind() === 'call' && parent.field('function')?.id() === node.id() ? parent : undefined;
  const expression = called ?? node;
  const decorator = expression.parent()?.kind() === 'decorator' ? expression.parent() : undefined;
  if (decorator && symbol === 'trace_charm' && called && decorates(decorator, 'class_definition'))
    return found('class', decorator);
  if (decorator && SPANS.has(symbol)) return found('span', decorator);
  const quiet = called && symbol === 'charm_tracing_disabled' ? called : patchOf(file, node);
  if (!quiet) return found('other', node);
  return quietPlace(found, file, quiet) ?? found('other', node);
}

function decorates(decorator: PythonNode, kind: string): boolean {
  return decorator.parent()?.field('definition')?.kind() === kind;
}

/** A comment in it or behind it would get lost. */
function isClean(file: PythonFile, node: PythonNode): boolean {
  return ownsItsLines(file.text, node) && commentsIn(file.root, file.text, rangeOf(node)).length === 0;
}

/** The patch (or `monkeypatch.setattr`) whose target this is. */
function patchOf(file: PythonFile, target: PythonNode): PythonNode | undefined {
  const call = target.parent()?.kind() === 'argument_list' ? target.parent()?.parent() : undefined;
  if (!call || callArguments(call)?.positional[0]?.node.id() !== target.id()) return undefined;
  const callee = field(call, 'function');
  const name = file.names.qualify(callee) ?? callee.text();
  const patches = name === 'monkeypatch.setattr' || PATCHES.test(name.replace('unittest.mock', 'mock'));
  return patches ? call : undefined;
}

function quietPlace(
  found: (kind: LibraryUse['kind'], at: PythonNode) => LibraryUse,
  file: PythonFile,
  call: PythonNode,
): LibraryUse | undefined {
  const parent = call.parent();
  switch (parent?.kind()) {
    case 'with_item': {
      const statement = statementOf(parent);
      return canRemoveItems(file.text, statement) ? found('item', parent) : undefined;
    }
    case 'decorator':
      // Without a replacement a patch passes its mock to the function.
      return isPatch(call) && !hasReplacement(call) ? undefined : found('decorator', parent);
    case 'expression_statement':
      return call.field('function')?.text() === 'monkeypatch.setattr'
        ? found('statement', parent)
        : undefined;
    case 'argument_list': {
      const outer = parent.parent();
      const enters = outer?.field('function')?.text().endsWith('.enter_context');
      const statement = outer?.parent();
      return enters && statement?.kind() === 'expression_statement'
        ? found('statement', statement)
        : undefined;
    }
    default:
      return undefined;
  }
}

function isPatch(call: PythonNode): boolean {
  return field(call, 'function').text().includes('patch');
}

function hasReplacement(call: PythonNode): boolean {
  const position = field(call, 'function').text().endsWith('.object') ? 2 : 1;
  return argument(call, 'new', position) !== undefined;
}
