/** Import statements that name the old package: what they bind, what the code takes from it, what holds them back. */
import type { Charm } from '../charm.js';
import type { Range } from '../edits.js';
import type { ModuleMoves } from '../moduleMoves.js';
import type { PythonFile } from '../python/file.js';
import type { ImportedName, ImportStatement } from '../python/imports.js';
import { type ModuleUse, moduleUses } from '../python/moduleUses.js';
import { withoutLibPrefix } from '../python/names.js';
import type { FileContext, FindingKind } from '../transform.js';

/** What became of a name that the new module does not have. */
export interface GoneName {
  /** What happens instead, and what to write. */
  readonly help: string;
  /** An exception that nothing raises any more. */
  readonly exception?: boolean;
}

export interface RenameOptions {
  readonly id: string;
  readonly title: string;
  readonly gone?: Readonly<Record<string, GoneName>>;
  /** Why this repository is left alone as a whole. */
  skip?(charm: Charm): string | undefined;
  /** Why an import cannot move although its names exist: they changed their meaning. */
  refuse?(
    charm: Charm | undefined,
    module: string,
    names: readonly string[],
  ): { readonly message: string; readonly help: string } | undefined;
}

export const FINDINGS = {
  'name-gone': { severity: 'error', title: 'A name does not exist in the new module' },
  'no-successor': { severity: 'error', title: 'A module has no successor' },
  'package-import': {
    severity: 'error',
    title: 'A package is imported instead of a module, so its uses are unknown',
  },
  'changed-meaning': { severity: 'error', title: 'The name exists but means something else' },
  'stays-behind': { severity: 'error', title: 'Stays on the old module because of another import' },
  'dead-except': { severity: 'warning', title: 'Nothing raises this exception any more' },
  'text-left': { severity: 'warning', title: 'A mention of the old package that is not rewritten' },
  'left-alone': { severity: 'info', title: 'The repository is left alone' },
} as const satisfies Readonly<Record<string, FindingKind>>;
export type Reason = keyof typeof FINDINGS;
export type RenameFile = FileContext<Reason>;

export interface Problem {
  readonly reason: Reason;
  readonly at: Range;
  /** The name that is gone; '' when it is not about a name. */
  readonly name: string;
  readonly message: string;
  readonly help: string;
}

export interface ReferenceItem {
  readonly item: ImportedName;
  /** The old module. */
  readonly module: string;
  /** The name imported from it; undefined when the item is the module itself. */
  readonly name: string | undefined;
  readonly uses: readonly ModuleUse[];
}

export interface Reference {
  readonly statement: ImportStatement;
  readonly items: readonly ReferenceItem[];
  /** Why the statement cannot move. */
  readonly problems: readonly Problem[];
}

export function readReferences(
  python: PythonFile,
  moves: ModuleMoves,
  options: RenameOptions,
  charm: Charm | undefined,
): Reference[] {
  if (!python.text.includes(moves.key)) return [];
  return python.imports.flatMap((statement) => {
    const items = itemsOf(python, statement, moves);
    return items.length === 0
      ? []
      : [{ statement, items, problems: problemsOf(statement, items, moves, options, charm) }];
  });
}

function itemsOf(python: PythonFile, statement: ImportStatement, moves: ModuleMoves): ReferenceItem[] {
  const from = withoutLibPrefix(statement.module);
  return statement.names.flatMap((item): ReferenceItem[] => {
    if (moves.isModule(from)) return [{ item, module: from, name: item.name, uses: [] }];
    const module = withoutLibPrefix(`${from}.${item.name}`.replace(/^\./, ''));
    if (!moves.covers(module)) return [];
    return [{ item, module, name: undefined, uses: moduleUses(python, statement, item) }];
  });
}

function problemsOf(
  statement: ImportStatement,
  items: readonly ReferenceItem[],
  moves: ModuleMoves,
  options: RenameOptions,
  charm: Charm | undefined,
): Problem[] {
  const modules = [...new Set(items.map(({ module }) => module))];
  const moved = modules.filter((module) => moves.map.moved[module] !== undefined);
  const problems = modules
    .filter((module) => !moved.includes(module))
    .map((module) => unmoved(module, statement, moves));
  for (const module of moved) {
    const names = items.filter((item) => item.module === module).flatMap(namesOf);
    const all = names.map(({ name }) => name);
    const why = options.refuse?.(charm, module, all);
    if (why) problems.push({ reason: 'changed-meaning', at: statement.range, name: '', ...why });
    problems.push(
      ...names
        .filter(({ name }) => moves.symbol(module, name) === undefined)
        .map(({ name, range }) => gone(name, range, module, moves, options)),
    );
  }
  const packages = new Set(moved.map((module) => packageOf(moves.target(module))));
  if (statement.kind === 'from' && packages.size > 1) {
    problems.push({
      reason: 'package-import',
      at: statement.range,
      name: '',
      message: `the modules of this import went to several packages: ${[...packages].sort().join(', ')}`,
      help: 'Write one import statement for each module and run again.',
    });
  }
  return problems;
}

/** What is known of a module or package that did not move. */
function unmoved(module: string, { range }: ImportStatement, moves: ModuleMoves): Problem {
  if (moves.isPackage(module)) {
    return {
      reason: 'package-import',
      at: range,
      name: '',
      message: `${module} is a package: which of its modules are used through it is not known`,
      help: `Import the module itself, such as \`from ${module} import <module>\`, and run again.`,
    };
  }
  return {
    reason: 'no-successor',
    at: range,
    name: '',
    message: `${moves.gone(module)}; the import stays`,
    help: 'Remove what needs it, or keep the old library vendored.',
  };
}

function gone(name: string, at: Range, module: string, moves: ModuleMoves, options: RenameOptions): Problem {
  return {
    reason: 'name-gone',
    at,
    name,
    message:
      name === '*'
        ? `which names \`from ${module} import *\` brings is not known; the import stays`
        : `'${name}' does not exist in ${moves.target(module)}; the import stays on ${module}`,
    help:
      options.gone?.[name]?.help ??
      `Write the code without '${name}', or import it from where it lives now, and run again.`,
  };
}

/** The names that an item takes from its module. */
function namesOf({ item, name, uses }: ReferenceItem): { name: string; range: Range }[] {
  return name === undefined ? uses.flatMap(({ taken }) => taken ?? []) : [{ name, range: item.nameRange }];
}

/** `a.b` of `a.b.c`. */
export function packageOf(module: string): string {
  return module.slice(0, Math.max(0, module.lastIndexOf('.')));
}
