/** Calls: their arguments by position and keyword, and edits of the argument list. */
import type { PythonNode } from '../languages.js';
import type { FileContext } from '../transform.js';
import { rangeOf } from './file.js';
import { lineEnd, lineStart } from './statements.js';
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

/** The arguments of a call; undefined for a generator argument (`f(x for x in y)`). */
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
        keyword: keyword ? node.field('name')?.text() : undefined,
        value: (keyword ? node.field('value') : node) ?? node,
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
  const names = new Set(targets.map((target) => target.split('.').at(-1) ?? ''));
  if (![...names].some((name) => file.text.includes(name))) return [];
  return file.find({ rule: { kind: 'call' } }).filter((call) => {
    const callee = call.field('function');
    const qualified = callee ? file.names.qualify(callee) : undefined;
    return qualified !== undefined && targets.includes(qualified);
  });
}

/**
 * Adds an argument at the end of a call, in the call's own style: on its line, on the arguments' line, or on a line
 * of its own; wrapped as black does when it becomes too long.
 */
export function addArgument(file: Target, call: PythonNode, argumentText: string, group?: string): void {
  const args = callArguments(call);
  if (!args) throw new Error('the call has no argument list');
  const { text } = file;
  const nodes = args.list.namedChildren();
  const last = nodes.filter((node) => node.kind() !== 'comment').at(-1);
  const open = rangeOf(args.list).start + 1;
  const close = rangeOf(args.list).end - 1;
  if (!last) {
    file.edit.replace({ start: open, end: close }, argumentText, group);
    return;
  }
  const end = rangeOf(last).end;
  const trailing = /^\s*,/.exec(text.slice(end, close));
  const commented = nodes.some((node) => node.kind() === 'comment');
  const rows = new Set(nodes.map((node) => node.range().start.line));
  const explodedAlready =
    rows.size === nodes.length && call.range().start.line !== last.range().start.line && trailing;
  if (explodedAlready || commented) {
    const margin = text.slice(lineStart(text, rangeOf(last).start), rangeOf(last).start);
    const indent = /^\s*$/.test(margin) ? margin : '';
    const added = indent === '' ? `, ${argumentText}` : `,${file.layout.eol}${indent}${argumentText}`;
    file.edit.insert(end, added, group);
    return;
  }
  const line = text.slice(lineStart(text, end), lineEnd(text, end));
  if (width(line) + width(argumentText) + 2 <= file.layout.lineLength) {
    file.edit.insert(end, `, ${argumentText}`, group);
    return;
  }
  rewrap(file, call, args.list, [...nodes.map((node) => node.text()), argumentText], group);
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
  const margin = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
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

/** Removes one argument with its comma. */
export function removeArgument(file: Target, call: PythonNode, removed: Argument, group?: string): void {
  const nodes = callArguments(call)?.list.children() ?? [];
  const index = nodes.findIndex((node) => node.id() === removed.node.id());
  const next = nodes[index + 1];
  const previous = nodes[index - 1];
  const { start, end } = rangeOf(removed.node);
  if (next?.kind() === ',') {
    const follower = nodes[index + 2];
    const until =
      follower && follower.kind() !== ')' && follower.kind() !== 'comment'
        ? rangeOf(follower).start
        : rangeOf(next).end;
    if (previous?.kind() === ',' && follower?.kind() === ')') {
      file.edit.remove({ start: rangeOf(previous).start, end: rangeOf(removed.node).end }, group);
    } else {
      file.edit.remove({ start, end: until }, group);
    }
  } else if (previous?.kind() === ',') {
    file.edit.remove({ start: rangeOf(previous).start, end }, group);
  } else {
    file.edit.remove(removed.node, group);
  }
}
