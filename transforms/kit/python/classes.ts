/** Classes: methods, decorators, and what is assigned to `self`. */
import { exactly, type PythonNode } from '../languages.js';
import { field, firstParameter, hasKind, textOf } from './nodes.js';
import { climb } from './parents.js';
import { statementOf } from './statements.js';

export interface Method {
  readonly name: string;
  readonly node: PythonNode;
  /** With its decorators. */
  readonly outer: PythonNode;
  readonly decorators: readonly PythonNode[];
  /** Its only decorator is `@property` (or `@functools.cached_property` and the like are absent). */
  readonly isProperty: boolean;
  /** Name of the first parameter; undefined without one or under `@staticmethod`. */
  readonly self: string | undefined;
}

export interface Class {
  readonly name: string;
  readonly node: PythonNode;
  readonly body: PythonNode;
  readonly decorators: readonly PythonNode[];
  /** Expressions of the base list, keyword arguments left out. */
  readonly bases: readonly PythonNode[];
  /** Every definition in the body, also of the same name twice; those under `if` or `try` are not listed. */
  readonly methods: readonly Method[];
}

/** Each part is read when it is first asked for: of most classes that is the name, or the decorators. */
export function readClass(node: PythonNode): Class {
  const name = once(() => field(node, 'name').text());
  const body = once(() => field(node, 'body'));
  const decorators = once(() => decoratorsOf(node));
  const bases = once(() =>
    (node.field('superclasses')?.namedChildren() ?? []).filter(
      (base) => base.kind() !== 'keyword_argument' && base.kind() !== 'comment',
    ),
  );
  const methods = once(() =>
    body()
      .children()
      .flatMap((child) => readMethod(child) ?? []),
  );
  return {
    node,
    get name() {
      return name();
    },
    get body() {
      return body();
    },
    get decorators() {
      return decorators();
    },
    get bases() {
      return bases();
    },
    get methods() {
      return methods();
    },
  };
}

function once<T>(compute: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: compute() };
    return made.value;
  };
}

function decoratorsOf(definition: PythonNode): PythonNode[] {
  const parent = definition.parent();
  if (parent?.kind() !== 'decorated_definition') return [];
  return parent.children().filter((child) => child.kind() === 'decorator');
}

function readMethod(outer: PythonNode): Method | undefined {
  const node = outer.kind() === 'decorated_definition' ? outer.field('definition') : outer;
  if (node?.kind() !== 'function_definition') return undefined;
  const decorators = decoratorsOf(node);
  const names = decorators.map((decorator) => textOf(decorator.child(1)));
  const self = once(() => {
    if (names.includes('staticmethod')) return undefined;
    return firstParameter(node);
  });
  return {
    name: field(node, 'name').text(),
    node,
    outer,
    decorators,
    isProperty: names.length === 1 && names[0] === 'property',
    get self() {
      return self();
    },
  };
}

/** An assignment to `self.<name>` in a method of the class. */
export interface SelfAssignment {
  readonly method: Method;
  readonly statement: PythonNode;
  /** The `self.<name>` node. */
  readonly target: PythonNode;
  /** The assigned expression; undefined in a tuple assignment, an augmented one, or a bare annotation. */
  readonly value: PythonNode | undefined;
  /** Stands directly in the method's body: runs whenever the lines above it let it. */
  readonly unconditional: boolean;
}

/** Assignments to `self.<name>`, in source order; also in tuple targets, `with … as`, `for` and `del`. */
export function selfAssignments(owner: Class, name: string): SelfAssignment[] {
  return owner.methods.flatMap((method) =>
    selfAttributes(method, name)
      .filter(isStored)
      .map((target): SelfAssignment => {
        const statement = statementOf(target);
        const assignment = target.parent();
        const plain = assignment?.kind() === 'assignment' && assignment.field('left')?.id() === target.id();
        return {
          method,
          statement,
          target,
          value: plain ? (assignment?.field('right') ?? undefined) : undefined,
          unconditional: statement.parent()?.id() === field(method.node, 'body').id(),
        };
      }),
  );
}

/** Uses of `self.<name>` that are not assignments. */
export function selfReads(owner: Class, name: string): { method: Method; node: PythonNode }[] {
  return owner.methods.flatMap((method) =>
    selfAttributes(method, name)
      .filter((node) => !isStored(node))
      .map((node) => ({ method, node })),
  );
}

/** Every `self.<name>` of a method, in source order. */
export function selfAttributes(method: Method, name: string): PythonNode[] {
  if (!method.node.text().includes(name)) return [];
  const { self } = method;
  if (self === undefined) return [];
  return method.node
    .findAll({
      rule: { kind: 'attribute', has: { field: 'attribute', kind: 'identifier', regex: exactly(name) } },
    })
    .filter((node) => node.field('object')?.text() === self);
}

const TARGET_PARTS = new Set([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'tuple',
  'list',
  'expression_list',
]);

function isStored(node: PythonNode): boolean {
  const { top, below } = climb(node, TARGET_PARTS);
  if (hasKind(top, /^(assignment|augmented_assignment|for_statement|for_in_clause)$/)) {
    return field(top, 'left').id() === below.id();
  }
  return hasKind(top, /^(as_pattern_target|delete_statement)$/);
}
