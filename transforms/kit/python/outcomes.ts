/**
 * What a small function can return, and under which conditions: its body executed symbolically.
 *
 * Getters are written in many ways (guard and fall through, else, ternary, local variable, walrus), which all mean the
 * same. Instead of a pattern for each we follow `if`, `return`, assignments to plain locals and conditional
 * expressions; a body with anything else in it (calls for their effect, loops, `try`, `with`, `raise`) has no outcomes.
 */
import type { PythonNode } from '../languages.js';

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

class Unknown extends Error {}

const MAX_STATES = 32;

/** The outcomes of a function, in source order; undefined when its body does more than choose a value. */
export function outcomesOf(definition: PythonNode): Outcome[] | undefined {
  const body = definition.field('body');
  if (!body || definition.child(0)?.kind() === 'async') return undefined;
  const outcomes: Outcome[] = [];
  try {
    const rest = block(body, [{ conditions: [], locals: new Map() }], outcomes);
    for (const state of rest) outcomes.push({ ...state, value: undefined, statement: undefined });
    return outcomes;
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

/** Follows a name through the locals. */
export function followLocal(node: PythonNode, locals: ReadonlyMap<string, PythonNode>): PythonNode {
  const plain = unwrap(node);
  const bound = plain.kind() === 'named_expression' ? plain.field('value') : null;
  if (bound) return followLocal(bound, locals);
  const local = plain.kind() === 'identifier' ? locals.get(plain.text()) : undefined;
  return local ?? plain;
}

function block(body: PythonNode, states: readonly State[], outcomes: Outcome[]): readonly State[] {
  let live = states;
  for (const [index, statement] of statementsOf(body).entries()) {
    if (live.length === 0) break;
    if (live.length > MAX_STATES) throw new Unknown();
    live = live.flatMap((state) => step(statement, state, outcomes, index === 0));
  }
  return live;
}

function step(statement: PythonNode, state: State, outcomes: Outcome[], first: boolean): readonly State[] {
  switch (statement.kind()) {
    case 'pass_statement':
      return [state];
    case 'return_statement':
      returned(statement.namedChildren().find(notComment), state, statement, outcomes);
      return [];
    case 'if_statement':
      return branches(statement, state, outcomes);
    case 'expression_statement': {
      const inner = statement.namedChildren().find(notComment);
      if (first && inner?.kind() === 'string') return [state];
      if (inner?.kind() === 'assignment') return [assigned(inner, state)];
      throw new Unknown();
    }
    default:
      throw new Unknown();
  }
}

function assigned(assignment: PythonNode, state: State): State {
  const left = assignment.field('left');
  const right = assignment.field('right');
  if (left?.kind() !== 'identifier' || !right) throw new Unknown();
  return { ...state, locals: new Map([...state.locals, [left.text(), followLocal(right, state.locals)]]) };
}

function returned(
  value: PythonNode | undefined,
  state: State,
  statement: PythonNode,
  outcomes: Outcome[],
): void {
  const plain = value && followLocal(value, state.locals);
  if (!plain || plain.kind() === 'none') {
    outcomes.push({ ...state, value: undefined, statement });
    return;
  }
  if (plain.kind() === 'conditional_expression') {
    const [yes, test, no] = plain.namedChildren().filter(notComment);
    if (!yes || !test || !no) throw new Unknown();
    const { holds, otherwise } = split(test, state);
    for (const one of holds) returned(yes, one, statement, outcomes);
    for (const one of otherwise) returned(no, one, statement, outcomes);
    return;
  }
  if (plain.kind() === 'boolean_operator') {
    const left = plain.field('left');
    const right = plain.field('right');
    if (!left || !right) throw new Unknown();
    if (plain.field('operator')?.text() === 'and') {
      // `ready and value`: falsy stands for None.
      const { holds, otherwise } = split(left, state);
      for (const one of holds) returned(right, one, statement, outcomes);
      for (const one of otherwise) outcomes.push({ ...one, value: undefined, statement });
      return;
    }
    if (right.kind() !== 'none') throw new Unknown();
    returned(left, state, statement, outcomes);
    return;
  }
  outcomes.push({ ...state, value: plain, statement });
}

function branches(statement: PythonNode, state: State, outcomes: Outcome[]): readonly State[] {
  const done: State[] = [];
  let open: readonly State[] = [state];
  const clauses = [statement, ...statement.fieldChildren('alternative')];
  for (const clause of clauses) {
    if (clause.kind() === 'else_clause') {
      const body = clause.field('body');
      if (!body) throw new Unknown();
      done.push(...block(body, open, outcomes));
      open = [];
      continue;
    }
    const test = clause.field('condition');
    const body = clause.field('consequence');
    if (!test || !body) throw new Unknown();
    const forks = open.map((one) => split(test, one));
    done.push(
      ...block(
        body,
        forks.flatMap((fork) => fork.holds),
        outcomes,
      ),
    );
    open = forks.flatMap((fork) => fork.otherwise);
  }
  return [...done, ...open];
}

/** The states in which a test holds, and those in which it does not. Walrus targets become locals. */
function split(test: PythonNode, state: State): { holds: State[]; otherwise: State[] } {
  const node = unwrap(test);
  if (node.kind() === 'not_operator') {
    const inner = node.field('argument');
    if (!inner) throw new Unknown();
    const { holds, otherwise } = split(inner, state);
    return { holds: otherwise, otherwise: holds };
  }
  if (node.kind() === 'boolean_operator' && node.field('operator')?.text() === 'and') {
    const left = node.field('left');
    const right = node.field('right');
    if (!left || !right) throw new Unknown();
    const first = split(left, state);
    const second = first.holds.map((one) => split(right, one));
    return {
      holds: second.flatMap((fork) => fork.holds),
      otherwise: [...first.otherwise, ...second.flatMap((fork) => fork.otherwise)],
    };
  }
  if (node.kind() === 'named_expression') {
    const name = node.field('name');
    const value = node.field('value');
    if (!name || !value) throw new Unknown();
    const locals = new Map([...state.locals, [name.text(), followLocal(value, state.locals)]]);
    return forks(followLocal(value, state.locals), { ...state, locals });
  }
  // `(p := Path(X)).exists()`
  const bound = node.findAll({ rule: { kind: 'named_expression' } }).flatMap((walrus) => {
    const name = walrus.field('name');
    const value = walrus.field('value');
    return name && value ? [[name.text(), followLocal(value, state.locals)] as const] : [];
  });
  return forks(followLocal(node, state.locals), { ...state, locals: new Map([...state.locals, ...bound]) });
}

function forks(node: PythonNode, state: State): { holds: State[]; otherwise: State[] } {
  const add = (negated: boolean): State => ({
    ...state,
    conditions: [...state.conditions, { node, negated }],
  });
  return { holds: [add(false)], otherwise: [add(true)] };
}

/** Takes redundant parentheses off. */
export function unwrap(node: PythonNode): PythonNode {
  if (node.kind() !== 'parenthesized_expression') return node;
  const inner = node.namedChildren().find(notComment);
  return inner ? unwrap(inner) : node;
}

/** The statements of a block or module, comments left out. */
export function statementsOf(body: PythonNode): PythonNode[] {
  return body.namedChildren().filter(notComment);
}

function notComment(node: PythonNode): boolean {
  return node.kind() !== 'comment';
}
