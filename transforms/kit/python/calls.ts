/** Calls: their arguments by position and keyword, and edits of the argument list. */
import type { Range } from '../edits.js';
import { kindNumber, type PythonNode } from '../languages.js';
import type { FileContext } from '../transform.js';
import { rangeOf } from './file.js';
import { itemTarget, leftmost, withoutLibPrefix } from './names.js';
import { field, indentOf } from './nodes.js';
import { lineEnd, lineStart, marginOf, nextLine } from './statements.js';
import { width, wrapBrackets } from './wrap.js';

type Target = Pick<FileContext, 'text' | 'layout' | 'edit'>;

export interface Argument {
  /** The whole argument, keyword included. */
  readonly node: PythonNode;
  readonly keyword: string | undefined;
  readonly value: PythonNode;
}

export interface Arguments {
  readonly list: PythonNode;
  readonly all: readonly Argument[];
  readonly positional: readonly Argument[];
  /** `*args` or `**kwargs` is passed: what it holds is unknown. */
  readonly splat: boolean;
}

/** The arguments of a call; undefined for a generator argument (`f(x for x in y)`), and for what is no call. */
export function callArguments(call: PythonNode): Arguments | undefined {
  const list = call.field('arguments');
  if (list?.kind() !== 'argument_list') return undefined;
  const nodes = list.namedChildren().filter((node) => node.kind() !== 'comment');
  const splat = nodes.some((node) => /splat/.test(node.kind()));
  const all = nodes
    .filter((node) => !/splat/.test(node.kind()))
    .map((node): Argument => {
      const keyword = node.kind() === 'keyword_argument';
      return {
        node,
        keyword: keyword ? field(node, 'name').text() : undefined,
        value: keyword ? field(node, 'value') : node,
      };
    });
  return { list, all, positional: all.filter((one) => one.keyword === undefined), splat };
}

/** The argument with this keyword, or at this position (from 0). */
export function argument(call: PythonNode, keyword: string, position?: number): Argument | undefined {
  const args = callArguments(call);
  return (
    args?.all.find((one) => one.keyword === keyword) ??
    (position === undefined ? undefined : args?.positional[position])
  );
}

/** Calls of a function given by its full dotted name (through the file's imports), outermost first. */
export function callsOf(file: FileContext['python'], ...targets: readonly string[]): PythonNode[] {
  const heads = new Set<string>();
  for (const statement of file.imports) {
    for (const item of statement.names) {
      const made = withoutLibPrefix(itemTarget(statement, item));
      if (targets.some((target) => `${target}.`.startsWith(`${made}.`))) heads.add(item.local);
      // `import lib.charms.x` binds `lib`.
      if (made === 'lib') heads.add(item.local);
    }
  }
  if (heads.size === 0) return [];
  return file.findWith([...heads], kindNumber('call')).filter((call) => {
    const callee = field(call, 'function');
    if (!heads.has(leftmost(callee).text())) return false;
    const qualified = file.names.qualify(callee);
    return qualified !== undefined && targets.includes(qualified);
  });
}

/**
 * Adds an argument at the end of a call, in the call's own style: on its line, on the arguments' line, or on a line
 * of its own; wrapped as black does when it becomes too long. Comments stay behind what they stand behind.
 */
export function addArgument(file: Target, call: PythonNode, argumentText: string, group?: string): void {
  const args = callArguments(call);
  if (!args) throw new Error('the call has no argument list');
  const { text, layout } = file;
  const nodes = args.list.namedChildren();
  const values = nodes.filter((node) => node.kind() !== 'comment');
  const last = values.at(-1);
  const { start: open, end: close } = rangeOf(args.list);
  const lines = new Set(values.map((node) => node.range().start.line));
  const spread = args.list.range().start.line !== args.list.range().end.line;
  const anchor = last ?? nodes.at(-1);
  if (anchor && (values.length < nodes.length || (spread && isExploded(args.list, values)))) {
    addLine(file, args.list, anchor, argumentText, group);
    return;
  }
  if (spread && (lines.size > 1 || values.some((node) => node.text().includes('\n')))) {
    explode(file, call, args.list, values, argumentText, group);
    return;
  }
  const place = last ? rangeOf(last).end : open + 1;
  const line = text.slice(lineStart(text, place), lineEnd(text, place));
  const addition = last ? `, ${argumentText}` : argumentText;
  if (width(line) + width(addition) <= layout.lineLength) {
    if (last) file.edit.insert(place, addition, group);
    else file.edit.replace({ start: open + 1, end: close - 1 }, addition, group);
    return;
  }
  rewrap(file, call, args.list, [...values.map((node) => node.text()), argumentText], group);
}

/** One argument a line, with a comma behind the last: black leaves it so. */
function isExploded(list: PythonNode, values: readonly PythonNode[]): boolean {
  const lines = values.map((node) => node.range().start.line);
  return (
    new Set([list.range().start.line, ...lines]).size === lines.length + 1 &&
    list.children().at(-2)?.kind() === ','
  );
}

/** Adds a line behind an argument (and the comment on its line), or behind the last comment of an empty list. */
function addLine(
  file: Target,
  list: PythonNode,
  last: PythonNode,
  argumentText: string,
  group: string | undefined,
): void {
  const { text, layout } = file;
  const { start, end } = rangeOf(last);
  const margin = text.slice(lineStart(text, start), start);
  const rest = text.slice(end, lineEnd(text, end));
  const empty = last.kind() === 'comment';
  if (!empty && (margin.trim() !== '' || !/^[ \t]*(?:,[ \t]*)?(#.*)?$/.test(rest))) {
    file.edit.insert(end, `, ${argumentText}`, group);
    return;
  }
  const indent = margin.trim() === '' ? margin : marginOf(text, list) + layout.indent;
  if (!empty && !/^[ \t]*,/.test(rest)) file.edit.insert(end, ',', group);
  file.edit.insert(lineEnd(text, end), `${layout.eol}${indent}${argumentText},`, group);
}

/** One argument a line, those of several lines moved as a whole; the inside of a multi-line string stays. */
function explode(
  file: Target,
  call: PythonNode,
  list: PythonNode,
  values: readonly PythonNode[],
  argumentText: string,
  group: string | undefined,
): void {
  const { text, layout } = file;
  const margin = marginOf(text, call);
  const inner = margin + layout.indent;
  const moved = values.map((node) => `${inner}${reindented(text, node, inner)},${layout.eol}`);
  const { start, end } = rangeOf(list);
  const fresh = `${layout.eol}${moved.join('')}${inner}${argumentText},${layout.eol}${margin}`;
  file.edit.replace({ start: start + 1, end: end - 1 }, fresh, group);
}

function reindented(text: string, node: PythonNode, margin: string): string {
  const { start, end } = rangeOf(node);
  const old = marginOf(text, node);
  const strings = node.findAll({ rule: { kind: 'string' } }).map(rangeOf);
  let out = '';
  let at = start;
  for (
    let line = text.indexOf('\n', start) + 1;
    line > 0 && line < end;
    line = text.indexOf('\n', line) + 1
  ) {
    out += text.slice(at, line);
    at = line;
    const content = strings.some((range) => range.start < line && line <= range.end);
    if (!content && text.startsWith(old, line)) {
      out += margin;
      at = line + old.length;
    }
  }
  return out + text.slice(at, end);
}

/** Writes the whole argument list anew, wrapped as black does. */
function rewrap(
  file: Target,
  call: PythonNode,
  list: PythonNode,
  texts: readonly string[],
  group: string | undefined,
): void {
  const { text } = file;
  const open = rangeOf(list).start + 1;
  const close = rangeOf(list).end - 1;
  const start = lineStart(text, rangeOf(call).start);
  const margin = indentOf(text.slice(start));
  const tail = text.slice(close, lineEnd(text, close));
  const wrapped = wrapBrackets(text.slice(start + margin.length, open), texts, tail, {
    margin,
    layout: file.layout,
  });
  const head = open - start - margin.length;
  file.edit.replace({ start: open, end: close }, wrapped.slice(head, wrapped.length - tail.length), group);
}

/**
 * Writes some arguments anew, each on its place; the list is wrapped as black does when a line becomes too long.
 *
 * @param texts new source by argument
 */
export function rewriteArguments(
  file: Target,
  call: PythonNode,
  texts: ReadonlyMap<Argument, string>,
  group?: string,
): void {
  const { text, layout } = file;
  const list = callArguments(call)?.list;
  if (!list) return;
  const nodes = list.namedChildren();
  const fresh = new Map([...texts].map(([one, replacement]) => [one.node.id(), replacement]));
  const tooLong = [...texts].some(([{ node }]) => {
    const line = text.slice(lineStart(text, rangeOf(node).start), lineEnd(text, rangeOf(node).end));
    const added = [...texts]
      .filter(([other]) => other.node.range().start.line === node.range().start.line)
      .reduce((sum, [other, replacement]) => sum + width(replacement) - width(other.node.text()), 0);
    return width(line) <= layout.lineLength && width(line) + added > layout.lineLength;
  });
  if (tooLong && !nodes.some((node) => node.kind() === 'comment')) {
    rewrap(
      file,
      call,
      list,
      nodes.map((node) => fresh.get(node.id()) ?? node.text()),
      group,
    );
    return;
  }
  for (const [{ node }, replacement] of texts) file.edit.replace(node, replacement, group);
}

/** Removes one argument with its comma; see {@link removeArguments}. */
export function removeArgument(file: Target, call: PythonNode, removed: Argument, group?: string): void {
  removeArguments(file, call, [removed], group);
}

/**
 * Removes arguments with their commas, and their lines where they stand alone. Comments stay. What fits on one line
 * then is joined, unless a comma behind the last argument keeps it apart.
 */
export function removeArguments(
  file: Target,
  call: PythonNode,
  removed: readonly Argument[],
  group?: string,
): void {
  const { text, layout } = file;
  const list = callArguments(call)?.list;
  if (!list) return;
  const gone = new Set(removed.map((one) => one.node.id()));
  const nodes = list.namedChildren();
  const values = nodes.filter((node) => node.kind() !== 'comment');
  const rest = values.filter((node) => !gone.has(node.id()));
  const { start: open, end: close } = rangeOf(list);
  const commented = values.length < nodes.length;
  if (rest.length === 0 && !commented) {
    file.edit.remove({ start: open + 1, end: close - 1 }, group);
    return;
  }
  const spread = list.range().start.line !== list.range().end.line;
  const joinable = rest.every((node) => !node.text().includes('\n'));
  if (spread && !commented && joinable && list.children().at(-2)?.kind() !== ',') {
    const texts = rest.map((node) => node.text());
    const line = `${text.slice(lineStart(text, open), open + 1)}${texts.join(', ')}${text.slice(close - 1, lineEnd(text, close))}`;
    if (width(line) <= layout.lineLength) {
      file.edit.replace({ start: open + 1, end: close - 1 }, texts.join(', '), group);
      return;
    }
  }
  for (const node of values) {
    if (gone.has(node.id())) file.edit.remove(argumentRange(text, node, rest, spread), group);
  }
}

/** An argument with one comma: the one behind it, or in front of the last. */
function argumentRange(text: string, node: PythonNode, rest: readonly PythonNode[], spread: boolean): Range {
  const { start, end } = rangeOf(node);
  const previous = node.prev();
  const next = node.next();
  const follower = next?.next();
  const isLast = !rest.some((node) => rangeOf(node).start > start);
  const comma = next?.kind() === ',' ? rangeOf(next).end : end;
  const own = text.slice(lineStart(text, start), start).trim() === '';
  const until = lineEnd(text, comma);
  // Alone on its line: the line goes.
  if (spread && own && text.slice(comma, until).trim() === '') {
    return { start: lineStart(text, start), end: nextLine(text, comma) };
  }
  if (isLast && previous?.kind() === ',' && rest.length > 0) {
    return { start: rangeOf(previous).start, end };
  }
  if (follower && follower.kind() !== ')' && next?.kind() === ',')
    return { start, end: rangeOf(follower).start };
  return { start, end: comma };
}
