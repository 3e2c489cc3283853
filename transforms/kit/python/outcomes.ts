/**
 * What a small function can return, and under which conditions: its body executed symbolically.
 *
 * Getters are written in many ways (guard and fall through, else, ternary, local variable, walrus), which all mean the
 * same. Instead of a pattern for each we follow `if`, `return`, imports, assignments to plain locals and conditional
 * expressions; a body with anything else in it (calls for their effect, loops, `try`, `with`, `raise`) has no outcomes.
 */
import type { PythonNode } from '../languages.js';
import { must } from '../must.js';
import { field } from './nodes.js';

export interface Condition {
  /** The tested expression, `not` and `:=` taken off; one entry for each side of an `and`. */
  readonly node: PythonNode;
  readonly negated: boolean;
}

export interface Outcome {
  readonly conditions: readonly Condition[];
  /** The returned expression with locals followed; undefined for None (also by falling off the end). */
  readonly value: PythonNode | undefined;
  /** The `return` statement; undefined when the body falls through. */
  readonly statement: PythonNode | undefined;
  /** Locals at that point. */
  readonly locals: ReadonlyMap<string, PythonNode>;
}

interface State {
  readonly conditions: readonly Condition[];
  readonly locals: ReadonlyMap<string, PythonNode>;
}

/** What the execution finds. */
interface Run {
  readonly outcomes: Outcome[];
  /** Set when the body does more than choose a value. */
  unknown: boolean;
}

const MAX_STATES = 32;

/** The outcomes of a function, in source order; undefined when its body does more than choose a value. */
export function outcomesOf(definition: PythonNode): Outcome[] | undefined {
  if (definition.child(0)?.kind() === 'async') return undefined;
  const run: Run = { outcomes: [], unknown: false };
  const rest = block(field(definition, 'body'), [{ conditions: [], locals: new Map() }], run);
  for (const state of rest) run.outcomes.push({ ...state, value: undefined, statement: undefined });
  return run.unknown ? undefined : run.outcomes;
}

/** Follows a name through the locals. */
export function followLocal(node: PythonNode, locals: ReadonlyMap<string, PythonNode>): PythonNode {
  const plain = unwrap(node);
  if (plain.kind() === 'named_expression') return followLocal(field(plain, 'value'), locals);
  const local = plain.kind() === 'identifier' ? locals.get(plain.text()) : undefined;
  return local ?? plain;
}

function block(body: PythonNode, states: readonly State[], run: Run): readonly State[] {
  let live = states;
  for (const [index, statement] of statementsOf(body).entries()) {
    if (live.length > MAX_STATES) return unknown(run);
    live = live.flatMap((state) => step(statement, state, run, index === 0));
  }
  return live;
}

function unknown(run: Run): readonly State[] {
  run.unknown = true;
  return [];
}

function step(statement: PythonNode, state: State, run: Run, first: boolean): readonly State[] {
  switch (statement.kind()) {
    case 'pass_statement':
    // What an import brings is a name of the function like any local that is not assigned here.
    case 'import_statement':
    case 'import_from_statement':
      return [state];
    case 'return_statement':
      returned(statement.namedChildren().find(notComment), state, statement, run);
      return [];
    case 'if_statement':
      return branches(statement, state, run);
    case 'expression_statement': {
      const inner = statement.namedChildren().find(notComment);
      if (first && inner?.kind() === 'string') return [state];
      return inner?.kind() === 'assignment' ? assigned(inner, state, run) : unknown(run);
    }
    default:
      return unknown(run);
  }
}

function assigned(assignment: PythonNode, state: State, run: Run): readonly State[] {
  const left = field(assignment, 'left');
  const right = assignment.field('right');
  if (left.kind() !== 'identifier' || !right) return unknown(run);
  return [withLocal(state, left, right)];
}

function withLocal(state: State, name: PythonNode, value: PythonNode): State {
  return { ...state, locals: new Map([...state.locals, [name.text(), followLocal(value, state.locals)]]) };
}

function returned(value: PythonNode | undefined, state: State, statement: PythonNode, run: Run): void {
  const plain = value && followLocal(value, state.locals);
  if (!plain || plain.kind() === 'none') {
    run.outcomes.push({ ...state, value: undefined, statement });
    return;
  }
  if (plain.kind() === 'conditional_expression') {
    const [yes, test, no] = plain.namedChildren().filter(notComment);
    const { holds, otherwise } = split(must(test, 'condition'), state);
    for (const one of holds) returned(yes, one, statement, run);
    for (const one of otherwise) returned(no, one, statement, run);
    return;
  }
  if (plain.kind() === 'boolean_operator') {
    const right = field(plain, 'right');
    if (field(plain, 'operator').text() === 'and') {
      // `ready and value`: falsy stands for None.
      const { holds, otherwise } = split(field(plain, 'left'), state);
      for (const one of holds) returned(right, one, statement, run);
      for (const one of otherwise) run.outcomes.push({ ...one, value: undefined, statement });
    } else if (right.kind() === 'none') returned(field(plain, 'left'), state, statement, run);
    else run.unknown = true;
    return;
  }
  run.outcomes.push({ ...state, value: plain, statement });
}

function branches(statement: PythonNode, state: State, run: Run): readonly State[] {
  const done: State[] = [];
  let open: readonly State[] = [state];
  const clauses = [statement, ...statement.fieldChildren('alternative')];
  for (const clause of clauses) {
    if (clause.kind() === 'else_clause') {
      done.push(...block(field(clause, 'body'), open, run));
      open = [];
      continue;
    }
    const forks = open.map((one) => split(field(clause, 'condition'), one));
    const holds = forks.flatMap((fork) => fork.holds);
    done.push(...block(field(clause, 'consequence'), holds, run));
    open = forks.flatMap((fork) => fork.otherwise);
  }
  return [...done, ...open];
}

/** The states in which a test holds, and those in which it does not. Walrus targets become locals. */
function split(test: PythonNode, state: State): { holds: State[]; otherwise: State[] } {
  const node = unwrap(test);
  if (node.kind() === 'not_operator') {
    const { holds, otherwise } = split(field(node, 'argument'), state);
    return { holds: otherwise, otherwise: holds };
  }
  if (node.kind() === 'boolean_operator' && field(node, 'operator').text() === 'and') {
    const first = split(field(node, 'left'), state);
    const second = first.holds.map((one) => split(field(node, 'right'), one));
    return {
      holds: second.flatMap((fork) => fork.holds),
      otherwise: [...first.otherwise, ...second.flatMap((fork) => fork.otherwise)],
    };
  }
  // `path := self.cert`, and inside other tests: `(p := Path(X)).exists()`
  const bound = node
    .findAll({ rule: { kind: 'named_expression' } })
    .reduce((one, walrus) => withLocal(one, field(walrus, 'name'), field(walrus, 'value')), state);
  return forks(followLocal(node, state.locals), bound);
}

function forks(node: PythonNode, state: State): { holds: State[]; otherwise: State[] } {
  const add = (negated: boolean): State => ({
    ...state,
    conditions: [...state.conditions, { node, negated }],
  });
  return { holds: [add(false)], otherwise: [add(true)] };
}

/** The outcomes that give something: neither None nor an empty string. */
export function given(outcomes: readonly Outcome[]): Outcome[] {
  return outcomes.filter(({ value }) => value && !isEmptyString(value));
}

/** `""` */
export function isEmptyString(node: PythonNode): boolean {
  return /^(""|'')$/.test(node.text());
}

/** Takes redundant parentheses off. */
export function unwrap(node: PythonNode): PythonNode {
  if (node.kind() !== 'parenthesized_expression') return node;
  return unwrap(must(node.namedChildren().find(notComment), 'expression in parentheses'));
}

/** The statements of a block or module, comments left out. */
export function statementsOf(body: PythonNode): PythonNode[] {
  return body.namedChildren().filter(notComment);
}

function notComment(node: PythonNode): boolean {
  return node.kind() !== 'comment';
}
