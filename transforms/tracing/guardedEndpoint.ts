/** Puts `get_endpoint(…)` in the place of an old getter, behind `is_ready()` where that is asked for. */
import type { PythonNode } from '../kit/languages.js';
import { type Argument, callArguments, rewriteArguments } from '../kit/python/calls.js';
import { rangeOf } from '../kit/python/file.js';
import { parentOf } from '../kit/python/nodes.js';
import { replaceReflowed } from '../kit/python/reflow.js';
import { lineEnd, lineStart, marginOf } from '../kit/python/statements.js';
import { width } from '../kit/python/wrap.js';
import type { FileContext } from '../kit/transform.js';

type Target = Pick<FileContext, 'text' | 'layout' | 'python'>;

/** Places where a ternary needs no parentheses. */
const BARE: Readonly<Record<string, string | undefined>> = {
  return_statement: '',
  expression_statement: '',
  argument_list: '',
  list: '',
  tuple: '',
  interpolation: 'expression',
  parenthesized_expression: '',
  expression_list: '',
  assignment: 'right',
  keyword_argument: 'value',
  pair: 'value',
};

/** Formatters do not count these comments. */
const PRAGMA = /(?<!\s)\s*#\s*(type:|noqa|pyright:|pylint:|pragma:).*/;

/** An old getter, and what takes its place. */
export interface Replacement {
  /** The old call or property. */
  readonly node: PythonNode;
  /** `self.tracing.get_endpoint(` */
  readonly head: string;
  readonly args: readonly string[];
  /** The `is_ready()` call of a guard, if one is needed. */
  readonly ready: string | undefined;
}

/** Puts the replacements in place; those that are arguments of one call on one line are wrapped with it. */
export function replaceGetters(file: FileContext, all: readonly Replacement[], group: string): void {
  const calls = new Map<number, { call: PythonNode; texts: Map<Argument, string> }>();
  for (const one of all) {
    const around = callAround(one.node);
    const call = around && holdsAllDirectly(around, all) ? around : undefined;
    const holder = call && callArguments(call)?.all.find((argument) => argument.value.id() === one.node.id());
    if (!holder) {
      replaceGetter(file, one, all, group);
      continue;
    }
    const texts = calls.get(call.id())?.texts ?? new Map<Argument, string>();
    const keyword = holder.keyword === undefined ? '' : `${holder.keyword}=`;
    texts.set(holder, keyword + flat(one));
    calls.set(call.id(), { call, texts });
  }
  for (const { call, texts } of calls.values()) rewriteArguments(file, call, texts, group);
}

/** The call that a node is an argument of, when it is a statement's whole value and its arguments stand on one line. */
function callAround(node: PythonNode): PythonNode | undefined {
  const list = node.ancestors().find((one) => one.kind() !== 'keyword_argument');
  const call = list?.kind() === 'argument_list' ? list.parent() : undefined;
  const { start, end } = call?.range() ?? node.range();
  const whole = /^(expression_statement|return_statement|assignment)$/.test(call?.parent()?.kind() ?? '');
  const lines = new Set(
    list?.namedChildren().flatMap((one) => [one.range().start.line, one.range().end.line]),
  );
  const joined = lines.size === 1 && list?.children().at(-2)?.kind() !== ',';
  return call && whole && (start.line === end.line || joined) ? call : undefined;
}

/** No replacement stands deeper in the call than its arguments: the list could not be written anew around it. */
function holdsAllDirectly(call: PythonNode, all: readonly Replacement[]): boolean {
  const direct = new Set(callArguments(call)?.all.map((argument) => argument.value.id()));
  return all.every(
    ({ node }) => direct.has(node.id()) || !node.ancestors().some((one) => one.id() === call.id()),
  );
}

function replaceGetter(
  file: FileContext,
  one: Replacement,
  all: readonly Replacement[],
  group: string,
): void {
  const { line } = one.node.range().start;
  const alone = all.every((other) => other === one || other.node.range().start.line !== line);
  const text = replacement(file, one);
  if (!alone || text.includes('\n') || fits(file, one.node, text)) file.edit.replace(one.node, text, group);
  else replaceReflowed(file, one.node, text, group);
}

function flat({ head, args, ready }: Replacement): string {
  const getter = `${head}${args.join(', ')})`;
  return ready === undefined ? getter : `${getter} if ${ready} else None`;
}

function replacement(file: Target, { node, head, args, ready }: Replacement): string {
  const getter = `${head}${args.join(', ')})`;
  const parent = parentOf(node);
  const kind = parent.kind();
  if (ready === undefined) {
    const ends = /^(return_statement|assignment)$/.test(kind);
    return !ends || fits(file, node, getter) ? getter : broken(file, node, head, [args.join(', ')], ')');
  }
  if (isCondition(file, node)) return placed(file, node, [ready, `and ${getter}`], false);
  const field = BARE[kind];
  const free = field === '' || (field !== undefined && parent.field(field)?.id() === node.id());
  return placed(file, node, [getter, `if ${ready}`, 'else None'], !free);
}

/** One line; else in parentheses on a line of its own; else a piece a line, as black does. */
function placed(file: Target, node: PythonNode, pieces: readonly string[], parentheses: boolean): string {
  const line = pieces.join(' ');
  const inline = parentheses ? `(${line})` : line;
  if (fits(file, node, inline) || inBrackets(file, node)) return inline;
  const inner = width(marginOf(file.text, node)) + width(file.layout.indent) + width(line);
  return broken(file, node, '(', inner <= file.layout.lineLength ? [line] : pieces, ')');
}

function broken(
  file: Target,
  node: PythonNode,
  open: string,
  lines: readonly string[],
  close: string,
): string {
  const margin = marginOf(file.text, node);
  const inner = lines.map((line) => margin + file.layout.indent + line);
  return [open, ...inner, margin + close].join(file.layout.eol);
}

/** Behind a bracket or quote that opens on the same line, a wrap would tear the line apart: a formatter's business. */
function inBrackets(file: Target, node: PythonNode): boolean {
  const { line } = node.range().start;
  return node
    .ancestors()
    .some(
      (one) =>
        ENCLOSING.test(one.kind()) &&
        one.range().start.line === line &&
        rangeOf(one).start > lineStart(file.text, rangeOf(node).start),
    );
}

const ENCLOSING = /^(argument_list|list|tuple|set|dictionary|subscript|parenthesized_expression|string)$/;

function fits(file: Target, node: PythonNode, text: string): boolean {
  const { start, end } = rangeOf(node);
  const before = file.text.slice(lineStart(file.text, start), start);
  const after = file.text.slice(end, lineEnd(file.text, end)).replace(PRAGMA, '');
  return width(before + text + after) <= file.layout.lineLength;
}

/**
 * Only the truth of the expression counts: it is the condition of an `if`, or a walrus there whose name is read nowhere
 * but in that branch.
 */
function isCondition(file: Target, node: PythonNode): boolean {
  const parent = node.parent();
  const walrus = parent?.kind() === 'named_expression' ? parent : undefined;
  const branch = walrus ? walrus.parent() : parent;
  if (!branch || !/^(if_statement|elif_clause)$/.test(branch.kind())) return false;
  const name = walrus?.field('name');
  const body = branch.field('consequence');
  if (!name || !body) return true;
  const inside = rangeOf(body);
  const scope = file.python.names.occurrences(name.text()).find((one) => one.node.id() === name.id())?.scope;
  return file.python.names
    .occurrences(name.text())
    .filter((one) => one.role === 'read' && one.scope === scope)
    .every((one) => rangeOf(one.node).start >= inside.start && rangeOf(one.node).end <= inside.end);
}
