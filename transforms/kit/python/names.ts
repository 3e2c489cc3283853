/**
 * Name resolution, by name and on demand: which import, if any, does this identifier mean here?
 *
 * Walking whole scopes in JavaScript costs more than the parse, so we ask the parser for the occurrences of one name
 * and classify only those. The answer is conservative: a name that is bound in any other way than by imports of one
 * and the same thing is unknown.
 */

import type { PythonNode } from '../languages.js';
import type { PythonFile } from './file.js';
import type { ImportStatement } from './imports.js';

/** An identifier that stands for a variable (not an attribute, not a keyword argument). */
export interface Occurrence {
  readonly node: PythonNode;
  /** `bind`: the identifier gets a value here; `read`: it is used; `declare`: `global`/`nonlocal`. */
  readonly role: 'bind' | 'read' | 'declare';
  /** Id of the node whose scope holds it: a function, lambda, class, comprehension, or the module. */
  readonly scope: number;
  /** Set when an import statement makes the binding. */
  readonly importStatement: PythonNode | undefined;
}

const SCOPES = new Set<string>([
  'module',
  'function_definition',
  'lambda',
  'class_definition',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

export class Names {
  readonly #file: PythonFile;
  readonly #cache = new Map<string, Occurrence[]>();

  constructor(file: PythonFile) {
    this.#file = file;
  }

  /** Every occurrence of a variable of this name, in source order. */
  occurrences(name: string): readonly Occurrence[] {
    let found = this.#cache.get(name);
    if (!found) {
      found = this.#file.text.includes(name)
        ? this.#file
            .find({ rule: { kind: 'identifier', regex: `^${name.replace(/[^\p{L}\p{N}_]/gu, '\\$&')}$` } })
            .map(classify)
            .filter((occurrence) => occurrence !== undefined)
        : [];
      this.#cache.set(name, found);
    }
    return found;
  }

  /** Reads of the variable that resolve to the module's own scope (not shadowed by a parameter or local). */
  moduleReads(name: string): PythonNode[] {
    const moduleId = this.#file.root.id();
    return this.occurrences(name)
      .filter(({ role, node }) => role === 'read' && this.#bindingScope(name, node) === moduleId)
      .map(({ node }) => node);
  }

  /** The bindings that a use of `name` at `node` can see: those of the innermost scope that binds it. */
  bindings(name: string, node: PythonNode): readonly Occurrence[] {
    const scope = this.#bindingScope(name, node);
    return this.occurrences(name).filter((o) => o.role === 'bind' && o.scope === scope);
  }

  /**
   * The full dotted name that an identifier or attribute chain stands for, through the file's imports.
   *
   * A leading `lib.` of the module path is dropped: `lib.charms.x` and `charms.x` are the same library.
   * @returns undefined when the name is not an import, or is also bound in another way (except as the no-op
   *   fallback in `except ImportError` of the same `try`)
   */
  qualify(node: PythonNode): string | undefined {
    const chain = attributeChain(node);
    const head = chain?.at(0);
    if (chain === undefined || head === undefined) return undefined;
    const first = leftmost(node);
    const targets = this.importTargets(head, first);
    if (targets === undefined) return undefined;
    // `import a.b` and `import a.c` both bind `a`; the chain itself says which module is meant.
    const names = new Set(targets.map((target) => target.target));
    if (names.size !== 1) return undefined;
    const [base = ''] = names;
    return withoutLibPrefix([base, ...chain.slice(1)].join('.'));
  }

  /** The imports that a use of `name` at `node` can mean, or undefined when it is (also) something else. */
  importTargets(
    name: string,
    node: PythonNode,
  ): readonly { target: string; statement: PythonNode }[] | undefined {
    const bindings = this.bindings(name, node);
    const imports = bindings.filter((binding) => binding.importStatement);
    if (imports.length === 0) return undefined;
    const others = bindings.filter((binding) => !binding.importStatement);
    if (!others.every((other) => imports.some((made) => isImportFallback(made, other)))) return undefined;
    return imports.flatMap((binding) => {
      const statement = this.#file.imports.find((one) => one.node.id() === binding.importStatement?.id());
      const target = statement && importTarget(statement, name);
      return target === undefined || statement === undefined ? [] : [{ target, statement: statement.node }];
    });
  }

  #bindingScope(name: string, node: PythonNode): number {
    const bound = new Set(
      this.occurrences(name)
        .filter((o) => o.role === 'bind')
        .map((o) => o.scope),
    );
    const moduleId = this.#file.root.id();
    const scopes = scopesOf(node);
    const global = this.occurrences(name).some((o) => o.role === 'declare' && o.scope === scopes[0]?.id());
    if (global) return moduleId;
    for (const [index, scope] of scopes.entries()) {
      // A class body is not seen from the functions inside it.
      if (index > 0 && scope.kind() === 'class_definition') continue;
      if (bound.has(scope.id())) return scope.id();
    }
    return moduleId;
  }
}

/** The dotted target of an import: `from a.b import c` gives `a.b.c`, `import a.b` gives `a`, `import a.b as t` gives `a.b`. */
export function importTarget(statement: ImportStatement, local: string): string | undefined {
  const item = statement.names.find((one) => one.local === local);
  if (!item) return undefined;
  if (statement.kind === 'from') return `${statement.module}.${item.name}`;
  return item.alias === undefined ? item.local : item.name;
}

/** `lib.charms.x` names the library `charms.x`. */
export function withoutLibPrefix(module: string): string {
  return module.startsWith('lib.charms.') ? module.slice('lib.'.length) : module;
}

/** `a.b.c` as ['a', 'b', 'c']; undefined when the expression is anything but names joined by dots. */
export function attributeChain(node: PythonNode): string[] | undefined {
  if (node.kind() === 'identifier') return [node.text()];
  if (node.kind() !== 'attribute') return undefined;
  const object = node.field('object');
  const attribute = node.field('attribute');
  const rest = object ? attributeChain(object) : undefined;
  return rest && attribute ? [...rest, attribute.text()] : undefined;
}

/** The leftmost identifier of an attribute chain. */
export function leftmost(node: PythonNode): PythonNode {
  const object = node.kind() === 'attribute' ? node.field('object') : null;
  return object ? leftmost(object) : node;
}

/** The scopes around a node, innermost first. A decorator, a default or a base class belongs to the outer scope. */
export function scopesOf(node: PythonNode): PythonNode[] {
  const scopes: PythonNode[] = [];
  let child = node;
  for (const ancestor of node.ancestors()) {
    if (SCOPES.has(ancestor.kind()) && insideScope(ancestor, child)) scopes.push(ancestor);
    child = ancestor;
  }
  return scopes;
}

function insideScope(scope: PythonNode, child: PythonNode): boolean {
  switch (scope.kind()) {
    case 'function_definition':
    case 'class_definition':
      return child.kind() === 'block';
    case 'lambda':
      return scope.field('body')?.id() === child.id();
    default:
      return true;
  }
}

function classify(node: PythonNode): Occurrence | undefined {
  const parent = node.parent();
  if (!parent) return undefined;
  const id = node.id();
  const is = (field: string) => parent.field(field)?.id() === id;
  const scopes = scopesOf(node);
  const here = scopes[0]?.id() ?? -1;
  const bind = (scope = here, importStatement?: PythonNode): Occurrence => ({
    node,
    role: 'bind',
    scope,
    importStatement,
  });
  switch (parent.kind()) {
    case 'attribute':
      if (is('attribute')) return undefined;
      break;
    case 'keyword_argument':
      if (is('name')) return undefined;
      break;
    case 'keyword_pattern':
      return undefined;
    case 'function_definition':
    case 'class_definition':
      if (is('name')) return bind();
      break;
    case 'dotted_name':
      return classifyDotted(node, parent, bind);
    case 'aliased_import': {
      const statement = parent.parent();
      return statement ? bind(here, statement) : undefined;
    }
    case 'global_statement':
    case 'nonlocal_statement':
      return { node, role: 'declare', scope: here, importStatement: undefined };
    case 'named_expression':
      if (is('name')) return bind(outsideComprehension(scopes));
      break;
    case 'delete_statement':
    case 'as_pattern_target':
      return bind();
    case 'as_pattern':
      // `case X as name` puts the name straight below the pattern; the value side of `with`/`except` is a read.
      if (parent.child(0)?.id() !== id) return bind();
      break;
  }
  const parameter = parameterScope(node);
  if (parameter !== undefined) return bind(parameter);
  return isTarget(node) ? bind() : { node, role: 'read', scope: here, importStatement: undefined };
}

function classifyDotted(
  node: PythonNode,
  dotted: PythonNode,
  bind: (scope?: number, importStatement?: PythonNode) => Occurrence,
): Occurrence | undefined {
  const holder = dotted.parent();
  const first = dotted.child(0)?.id() === node.id();
  switch (holder?.kind()) {
    case 'import_statement':
      return first ? bind(undefined, holder) : undefined;
    case 'import_from_statement':
      return holder.fieldChildren('name').some((item: PythonNode) => item.id() === dotted.id())
        ? bind(undefined, holder)
        : undefined;
    case 'case_pattern':
    case 'keyword_pattern':
    case 'list_splat_pattern':
    case 'splat_pattern':
      // A bare name in a pattern captures; a dotted one is a value.
      return dotted.children().length === 1 ? bind() : first ? readOf(node) : undefined;
    case 'class_pattern':
      return first ? readOf(node) : undefined;
    default:
      return undefined;
  }
}

function readOf(node: PythonNode): Occurrence {
  return { node, role: 'read', scope: scopesOf(node)[0]?.id() ?? -1, importStatement: undefined };
}

function outsideComprehension(scopes: readonly PythonNode[]): number {
  const scope = scopes.find((one) => !/comprehension|generator/.test(one.kind()));
  return scope?.id() ?? -1;
}

const PATTERN_PARTS = new Set<string>([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'tuple',
  'list',
  'parenthesized_expression',
  'expression_list',
]);

/** Whether the identifier is (part of) the left side of an assignment, `for`, or comprehension. */
function isTarget(node: PythonNode): boolean {
  let child = node;
  for (const parent of node.ancestors()) {
    switch (parent.kind()) {
      case 'assignment':
      case 'augmented_assignment':
      case 'for_statement':
      case 'for_in_clause':
      case 'type_alias_statement':
        return parent.field('left')?.id() === child.id();
    }
    if (parent.kind() === 'as_pattern_target' || parent.kind() === 'delete_statement') return true;
    if (!PATTERN_PARTS.has(parent.kind())) return false;
    child = parent;
  }
  return false;
}

const PARAMETER_PARTS = new Set<string>([
  'typed_parameter',
  'list_splat_pattern',
  'dictionary_splat_pattern',
  'tuple_pattern',
]);

/** The function or lambda whose parameter this identifier is. */
function parameterScope(node: PythonNode): number | undefined {
  let child = node;
  for (const parent of node.ancestors()) {
    const kind = parent.kind();
    if (kind === 'parameters' || kind === 'lambda_parameters') return parent.parent()?.id();
    if (kind === 'default_parameter' || kind === 'typed_default_parameter') {
      if (parent.field('name')?.id() !== child.id()) return undefined;
    } else if (kind === 'typed_parameter') {
      if (parent.field('type')?.id() === child.id()) return undefined;
    } else if (!PARAMETER_PARTS.has(kind)) {
      return undefined;
    }
    child = parent;
  }
  return undefined;
}

/** `other` is bound in an `except` clause (or the `else`-less body) of the `try` whose body has the import. */
function isImportFallback(made: Occurrence, other: Occurrence): boolean {
  const guard = made.importStatement?.ancestors().find((node) => node.kind() === 'try_statement');
  if (!guard) return false;
  const clause = other.node.ancestors().find((node) => node.kind() === 'except_clause');
  return clause?.parent()?.id() === guard.id();
}
