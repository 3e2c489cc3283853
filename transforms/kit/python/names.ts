/**
 * Name resolution, by name and on demand: which import, if any, does this identifier mean here?
 *
 * Walking whole scopes in JavaScript costs more than the parse, so we ask the parser for the occurrences of one name
 * and classify only those. The answer is conservative: a name that is bound in any other way than by imports of one
 * and the same thing is unknown.
 */

import type { PythonNode } from '../languages.js';
import { must } from '../must.js';
import type { PythonFile } from './file.js';
import type { ImportedName, ImportStatement } from './imports.js';
import { field, hasKind, identifiersIn, parentOf } from './nodes.js';
import { around, climb, parents } from './parents.js';

/** An identifier that stands for a variable (not an attribute, not a keyword argument). */
export interface Occurrence {
  readonly node: PythonNode;
  /**
   * `bind`: the identifier gets a value here (or loses it: `del`); `read`: it is used; `declare`: `global`/`nonlocal`.
   * `x += 1` and `del x` do both, so they occur twice.
   */
  readonly role: 'bind' | 'read' | 'declare';
  /**
   * Id of the node whose scope the identifier stands in: a function, lambda, class, comprehension, type parameter
   * list, or the module. For a binding under `global` or `nonlocal`: the scope that it binds in.
   */
  readonly scope: number;
  /** Set when an import statement makes the binding. */
  readonly importStatement: PythonNode | undefined;
}

/** What is known of one name in a file. */
interface Resolution {
  readonly occurrences: readonly Occurrence[];
  /** Bindings by the id of their scope. */
  readonly bindings: ReadonlyMap<number, readonly Occurrence[]>;
  /** Scopes that declare the name `global`, and those that declare it `nonlocal`. */
  readonly globals: ReadonlySet<number>;
  readonly nonlocals: ReadonlySet<number>;
}

export class Names {
  readonly #file: PythonFile;
  /** By name; in one function: by its id and the name. */
  readonly #cache = new Map<string, Resolution>();
  readonly #scopes = new Scopes();
  /** The names that imports bind, in any scope. */
  #imported: ReadonlySet<string> | undefined;
  #imports: ReadonlyMap<number, ImportStatement> | undefined;

  constructor(file: PythonFile) {
    this.#file = file;
  }

  /** Every occurrence of a variable of this name, in source order. */
  occurrences(name: string): readonly Occurrence[] {
    return this.#resolution(name).occurrences;
  }

  /** Reads of the variable that resolve to the module's own scope (not shadowed by a parameter or local). */
  moduleReads(name: string): PythonNode[] {
    const moduleId = this.#file.root.id();
    return this.occurrences(name)
      .filter(({ role, node }) => role === 'read' && this.#bindingScope(name, node) === moduleId)
      .map(({ node }) => node);
  }

  /**
   * The bindings that a use of `name` at `node` can see: those of the innermost scope that binds it. A star import
   * behind the first binding may bind it again, so it is listed as one.
   */
  bindings(name: string, node: PythonNode): readonly Occurrence[] {
    return this.#localBindings(name, node) ?? this.bindingsIn(name, this.#bindingScope(name, node));
  }

  /** Those in the function around, if it has any: for them (`self`) the rest of the file need not be looked at. */
  #localBindings(name: string, node: PythonNode): readonly Occurrence[] | undefined {
    const [scope] = this.#scopes.around(node);
    if (scope?.kind() !== 'function_definition') return undefined;
    const id = scope.id();
    const key = `${id} ${name}`;
    let found = this.#cache.get(key);
    if (!found) {
      found = resolve(identifiersIn(scope, name), this.#file.root.id(), this.#scopes);
      this.#cache.set(key, found);
    }
    return found.globals.has(id) ? undefined : found.bindings.get(id);
  }

  /** The bindings of a name in the module's own scope; star imports as in {@link bindings}. */
  moduleBindings(name: string): readonly Occurrence[] {
    return this.bindingsIn(name, this.#file.root.id());
  }

  /** The bindings of a name in the scope with this id; star imports as in {@link bindings}. */
  bindingsIn(name: string, scope: number): readonly Occurrence[] {
    const found = this.#resolution(name).bindings.get(scope) ?? [];
    const first = found[0];
    if (!first || scope !== this.#file.root.id()) return found;
    const all = this.#file.imports.filter((one) => one.names[0]?.name === '*');
    if (all.length === 0) return found;
    const start = first.node.range().start.index;
    const module = first.importStatement && this.#statement(first.importStatement)?.module;
    const stars = all
      .filter((one) => one.range.start > start && one.module !== module)
      .map(
        ({ node }): Occurrence => ({
          node,
          role: 'bind',
          scope,
          importStatement: node,
        }),
      );
    return [...found, ...stars];
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
    const targets = this.importTargets(head, leftmost(node));
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
    this.#imported ??= new Set(this.#file.imports.flatMap((one) => one.names.map(({ local }) => local)));
    if (!this.#imported.has(name)) return undefined;
    const bindings = this.bindings(name, node);
    const imports = bindings.flatMap(({ importStatement }) => importStatement ?? []);
    if (imports.length === 0) return undefined;
    const others = bindings.filter((binding) => !binding.importStatement);
    if (!others.every((other) => imports.some((made) => isImportFallback(made, other)))) return undefined;
    const targets = [];
    for (const made of imports) {
      const statement = this.#statement(made);
      const target = statement && importTarget(statement, name);
      // A star import: who knows.
      if (statement === undefined || target === undefined) return undefined;
      targets.push({ target, statement: statement.node });
    }
    return targets;
  }

  #statement(made: PythonNode): ImportStatement | undefined {
    this.#imports ??= new Map(this.#file.imports.map((one) => [one.node.id(), one]));
    return this.#imports.get(made.id());
  }

  #resolution(name: string): Resolution {
    let found = this.#cache.get(name);
    if (!found) {
      found = resolve(this.#file.identifiers(name), this.#file.root.id(), this.#scopes);
      this.#cache.set(name, found);
    }
    return found;
  }

  #bindingScope(name: string, node: PythonNode): number {
    const resolution = this.#resolution(name);
    const module = this.#file.root.id();
    const onlyInModule = resolution.bindings.size === (resolution.bindings.has(module) ? 1 : 0);
    return onlyInModule ? module : bindingScope(resolution, this.#scopes.around(node));
  }
}

/** What the identifiers of one name are. */
function resolve(identifiers: readonly PythonNode[], module: number, table: Scopes): Resolution {
  const raw = identifiers.flatMap((node) => classify(node, table));
  const hereOf = (one: RawOccurrence) => innermost(one.scopes());
  const declared = (keyword: string) => new Set(raw.filter((one) => one.declares === keyword).map(hereOf));
  const globals = declared('global_statement');
  const nonlocals = declared('nonlocal_statement');
  const bindings = new Map<number, Occurrence[]>();
  const resolution = { occurrences: [] as Occurrence[], bindings, globals, nonlocals };
  const add = ({ node, role, importStatement }: RawOccurrence, scope: number) => {
    const occurrence: Occurrence = { node, role, scope, importStatement };
    resolution.occurrences.push(occurrence);
    const list = bindings.get(scope);
    if (list) list.push(occurrence);
    else bindings.set(scope, [occurrence]);
  };
  // Bindings under `nonlocal` land in a scope that another binding makes, so they come last.
  const late: RawOccurrence[] = [];
  for (const one of raw) {
    if (one.role !== 'bind') {
      resolution.occurrences.push(new Mention(one));
      continue;
    }
    const here = hereOf(one);
    if (nonlocals.has(here)) late.push(one);
    else add(one, globals.has(here) ? module : here);
  }
  for (const one of late) add(one, bindingScope(resolution, one.scopes()));
  const start = (one: Occurrence) => one.node.range().start.index;
  if (late.length > 0) resolution.occurrences.sort((a, b) => start(a) - start(b));
  return resolution;
}

function bindingScope({ bindings, globals }: Resolution, scopes: readonly PythonNode[]): number {
  let inFunction = false;
  for (const scope of scopes) {
    const id = scope.id();
    // A class body is not seen from the functions inside it.
    if (inFunction && scope.kind() === 'class_definition') continue;
    if (globals.has(id)) break;
    if (bindings.has(id)) return id;
    if (scope.kind() !== 'type_parameter') inFunction = true;
  }
  return must(scopes.at(-1), 'scope of a name').id();
}

function innermost(scopes: readonly PythonNode[]): number {
  return must(scopes[0], 'scope of a name').id();
}

/** The dotted target of an import: `from a.b import c` gives `a.b.c`, `import a.b` gives `a`, `import a.b as t` gives `a.b`. */
export function importTarget(statement: ImportStatement, local: string): string | undefined {
  const item = statement.names.findLast((one) => one.local === local);
  return item && itemTarget(statement, item);
}

/** The same of one item of the statement. */
export function itemTarget(
  statement: Pick<ImportStatement, 'kind' | 'module'>,
  { name, alias, local }: ImportedName,
): string {
  if (statement.kind === 'from') return `${statement.module}.${name}`;
  return alias === undefined ? local : name;
}

/** `lib.charms.x` names the library `charms.x`. */
export function withoutLibPrefix(module: string): string {
  return module.startsWith('lib.charms.') ? module.slice('lib.'.length) : module;
}

/** `a.b.c` as ['a', 'b', 'c']; undefined when the expression is anything but names joined by dots. */
export function attributeChain(node: PythonNode): string[] | undefined {
  if (node.kind() === 'identifier') return [node.text()];
  if (node.kind() !== 'attribute') return undefined;
  const rest = attributeChain(field(node, 'object'));
  return rest && [...rest, field(node, 'attribute').text()];
}

/** The leftmost identifier of an attribute chain. */
export function leftmost(node: PythonNode): PythonNode {
  return node.kind() === 'attribute' ? leftmost(field(node, 'object')) : node;
}

/** An occurrence that binds nothing: few ask for its scope, and finding it costs the way up to the root. */
class Mention implements Occurrence {
  readonly node: PythonNode;
  readonly role: Occurrence['role'];
  readonly importStatement = undefined;
  readonly #scopes: () => readonly PythonNode[];

  constructor({ node, role, scopes }: RawOccurrence) {
    this.node = node;
    this.role = role;
    this.#scopes = scopes;
  }

  get scope(): number {
    return innermost(this.#scopes());
  }
}

/**
 * The scopes around nodes. A decorator, a default, a base class and the first iterable of a comprehension belong to the
 * outer scope; a type parameter list is a scope of its own around what it belongs to.
 */
class Scopes {
  /** Those around a block, by its id: many nodes share them. */
  readonly #blocks = new Map<number, readonly PythonNode[]>();

  /** Innermost first; the root is the last, also where the parser makes it one big error. */
  around(node: PythonNode): readonly PythonNode[] {
    const scopes: PythonNode[] = [];
    let grandchild = node;
    let child = node;
    for (const parent of parents(node)) {
      scopes.push(...scopesAt(parent, child, grandchild));
      if (parent.kind() === 'block') return [...scopes, ...this.#aroundBlock(parent)];
      grandchild = child;
      child = parent;
    }
    return [...scopes, child];
  }

  #aroundBlock(block: PythonNode): readonly PythonNode[] {
    const known = this.#blocks.get(block.id());
    if (known) return known;
    const scopes = this.around(block);
    this.#blocks.set(block.id(), scopes);
    return scopes;
  }
}

function scopesAt(node: PythonNode, child: PythonNode, grandchild: PythonNode): PythonNode[] {
  switch (node.kind()) {
    case 'function_definition':
    case 'class_definition': {
      const parameters = node.children().find((one) => one.kind() === 'type_parameter');
      const generic = parameters && child.id() !== node.field('name')?.id() ? [parameters] : [];
      return child.kind() === 'block' ? [node, ...generic] : generic;
    }
    case 'lambda':
      return node.field('body')?.id() === child.id() ? [node] : [];
    case 'list_comprehension':
    case 'set_comprehension':
    case 'dictionary_comprehension':
    case 'generator_expression': {
      const first = node.children().find((one) => one.kind() === 'for_in_clause');
      return first?.id() === child.id() && child.field('right')?.id() === grandchild.id() ? [] : [node];
    }
    default:
      return [];
  }
}

/** An occurrence before `global` and `nonlocal` are looked at. */
interface RawOccurrence {
  readonly node: PythonNode;
  readonly role: Occurrence['role'];
  /** Scopes around it, the one that it stands in (or binds in) first. */
  readonly scopes: () => readonly PythonNode[];
  readonly importStatement: PythonNode | undefined;
  readonly declares?: string;
}

function classify(node: PythonNode, table: Scopes): RawOccurrence[] {
  const parent = parentOf(node);
  const id = node.id();
  const is = (field: string) => parent.field(field)?.id() === id;
  const scopes = () => table.around(node);
  const read: RawOccurrence = { node, role: 'read', scopes, importStatement: undefined };
  const bind: RawOccurrence = { ...read, role: 'bind' };
  switch (parent.kind()) {
    case 'attribute':
      return is('attribute') ? [] : [read];
    case 'keyword_argument':
      return is('name') ? [] : [read];
    case 'keyword_pattern':
      return [];
    case 'function_definition':
    case 'class_definition':
      return [bind];
    case 'dotted_name':
      return classifyDotted(node, parent, read);
    case 'aliased_import':
      return [{ ...bind, importStatement: parentOf(parent) }];
    case 'global_statement':
    case 'nonlocal_statement':
      return [{ ...read, role: 'declare', declares: parent.kind() }];
    case 'named_expression':
      return is('name') ? [{ ...bind, scopes: () => outsideComprehension(scopes()) }] : [read];
    case 'as_pattern':
      // `case X as name` puts the name straight below the pattern; the value side of `with`/`except` is a read.
      return parent.child(0)?.id() === id ? [read] : [bind];
    case 'splat_pattern':
      return [bind];
    // Most names stand in one of these: no need to look further up.
    case 'call':
    case 'argument_list':
    case 'subscript':
    case 'return_statement':
    case 'comparison_operator':
      return [read];
  }
  const owner = parameterScope(node) ?? typeParameterScope(node);
  if (owner) {
    const outer = () => scopes().filter((scope) => scope.id() !== owner.id());
    return [{ ...bind, scopes: () => [owner, ...outer()] }];
  }
  switch (targetOf(node)) {
    case 'assignment':
      return [bind];
    case 'update':
      return [read, bind];
    case undefined:
      return [read];
  }
}

function classifyDotted(node: PythonNode, dotted: PythonNode, read: RawOccurrence): RawOccurrence[] {
  const holder = parentOf(dotted);
  if (dotted.child(0)?.id() !== node.id()) return [];
  switch (holder.kind()) {
    case 'import_statement':
      return [{ ...read, role: 'bind', importStatement: holder }];
    case 'import_from_statement':
      return holder.fieldChildren('name').some((item: PythonNode) => item.id() === dotted.id())
        ? [{ ...read, role: 'bind', importStatement: holder }]
        : [];
    case 'aliased_import':
    case 'relative_import':
    case 'future_import_statement':
      return [];
    case 'class_pattern':
      return [read];
    default:
      // A bare name in a pattern captures; a dotted one is a value.
      return [{ ...read, role: dotted.children().length === 1 ? 'bind' : 'read' }];
  }
}

/** A walrus binds in the function around the comprehension. */
function outsideComprehension(scopes: readonly PythonNode[]): readonly PythonNode[] {
  const outer = scopes.findIndex((one) => !/comprehension|generator/.test(one.kind()));
  return scopes.slice(outer);
}

const PATTERN_PARTS = new Set<string>([
  'type',
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'tuple',
  'list',
  'parenthesized_expression',
  'expression_list',
]);

/** How the identifier is (part of) a target, if it is: of an assignment, `for`, `with` …, or of `+=` and `del`. */
function targetOf(node: PythonNode): 'assignment' | 'update' | undefined {
  const { top, below } = climb(node, PATTERN_PARTS);
  const isLeft = () => field(top, 'left').id() === below.id();
  switch (top.kind()) {
    case 'assignment':
    case 'for_statement':
    case 'for_in_clause':
    case 'type_alias_statement':
      return isLeft() ? 'assignment' : undefined;
    case 'augmented_assignment':
      return isLeft() ? 'update' : undefined;
    case 'as_pattern_target':
      return 'assignment';
    case 'delete_statement':
      return 'update';
    default:
      return undefined;
  }
}

const PARAMETER_PARTS = new Set<string>([
  'typed_parameter',
  'list_splat_pattern',
  'dictionary_splat_pattern',
  'tuple_pattern',
]);

/** The function or lambda whose parameter this identifier is. */
function parameterScope(node: PythonNode): PythonNode | undefined {
  const { top, below } = climb(node, PARAMETER_PARTS);
  if (hasKind(top, /^(lambda_)?parameters$/)) return parentOf(top);
  const named = hasKind(top, /^(typed_)?default_parameter$/) && field(top, 'name').id() === below.id();
  return named ? parameterScope(top) : undefined;
}

/** The type parameter list that declares this identifier: the first name of one of its items. */
function typeParameterScope(node: PythonNode): PythonNode | undefined {
  const parent = parentOf(node);
  // `list[T]` in an annotation has the same shape; only a definition declares.
  if (parent.kind() === 'type_parameter') {
    return hasKind(parentOf(parent), /_definition$/) ? parent : undefined;
  }
  const first =
    hasKind(parent, /^(type|constrained_type|splat_type)$/) && parent.namedChildren()[0]?.id() === node.id();
  return first ? typeParameterScope(parent) : undefined;
}

/** `other` is bound in an `except` clause of the `try` whose body has the import. */
function isImportFallback(made: PythonNode, other: Occurrence): boolean {
  const ancestors = made.ancestors();
  const at = ancestors.findIndex((node) => node.kind() === 'try_statement');
  const guard = ancestors[at];
  if (!guard || ancestors[at - 1]?.kind() !== 'block') return false;
  return around(other.node, 'except_clause')?.parent()?.id() === guard.id();
}
