/** Where the modules of a package went: in code as dotted names, in text also as paths. Knows no particular library. */
import type { Range } from './edits.js';

export interface ModuleMap {
  /** The old package: every reference to it or to a module below it is accounted for. */
  readonly package: string;
  /** Old module → new module. */
  readonly moved: Readonly<Record<string, string>>;
  /** Old modules without a successor, with the reason. */
  readonly removed?: Readonly<Record<string, string>>;
  /** Old name → new name, by old module. */
  readonly renamed?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Whether a module (old or new) has a top-level name. */
export type HasSymbol = (module: string, name: string) => boolean;

/** The old package mentioned in a string or a comment. */
export interface TextReference extends Range {
  /** What to write instead; undefined when it must be left. */
  readonly replacement: string | undefined;
  /** Old modules that the text may mean; none when it repairs an earlier, half-done move. */
  readonly modules: readonly string[];
  /** Why it must be left. */
  readonly problem: string | undefined;
}

/** How far in front of a mention an address may begin. */
const MAX_ADDRESS = 2000;

const segments = (dotted: string) => dotted.split('.');

export class ModuleMoves {
  readonly map: Required<ModuleMap>;
  readonly #has: HasSymbol;
  /** Leading segments that old and new names share (`charms`); a path may leave them out. */
  readonly #shared: number;
  /** Package prefixes of known modules. */
  readonly #packages: ReadonlySet<string>;
  readonly #reference: RegExp;
  readonly #damage: RegExp | undefined;

  constructor(map: ModuleMap, has: HasSymbol) {
    this.map = { removed: {}, renamed: {}, ...map };
    this.#has = has;
    const old = segments(map.package);
    const all = Object.values(map.moved).map(segments);
    let shared = 0;
    while (shared < old.length - 1 && all.every((one) => one[shared] === old[shared])) shared += 1;
    this.#shared = shared;
    this.#packages = new Set(
      this.#modules.flatMap((module) =>
        segments(module).map((_, index, list) => list.slice(0, index).join('.')),
      ),
    );
    const key = this.key;
    // Not '*': each part of a long chain that leads nowhere would be a start.
    this.#reference = new RegExp(`(?<![\\w-])(?:[\\w-]+[./]){0,40}${key}(?:[./]\\w+)*(?![\\w-])`, 'g');
    const damaged = this.#newFolders().map((folder) => folder.join('\\.'));
    this.#damage =
      damaged.length === 0
        ? undefined
        : new RegExp(damaged.map((one) => `(?<![\\w.])${one}(?=/\\w)|(?<=/)${one}(?![\\w.])`).join('|'), 'g');
  }

  /** The last segment of the old package: it occurs in every reference. */
  get key(): string {
    return this.map.package.replace(/.*\./, '');
  }

  /** The old modules. */
  get #modules(): string[] {
    return [...Object.keys(this.map.moved), ...Object.keys(this.map.removed)];
  }

  /** Strings one of which occurs in every text that {@link textReferences} finds something in. */
  get literals(): readonly string[] {
    return [
      this.key,
      ...this.#newFolders().flatMap((folder) => [`${folder.join('.')}/`, `/${folder.join('.')}`]),
    ];
  }

  /** New packages without the shared part, when they have at least two segments: `sed` may have mixed separators. */
  #newFolders(): string[][] {
    const folders = new Set(Object.values(this.map.moved).map((module) => parentOf(module)));
    return [...folders]
      .map((folder) => segments(folder).slice(this.#shared))
      .filter((folder) => folder.length > 1);
  }

  /** Whether a dotted name is the old package or lies below it. */
  covers(dotted: string): boolean {
    return dotted === this.map.package || dotted.startsWith(`${this.map.package}.`);
  }

  /** Whether a file is one of the modules, old or new, wherever it lies. */
  isModuleFile(path: string): boolean {
    const modules = [...this.#modules, ...Object.values(this.map.moved)];
    return modules.some((module) => `/${path}`.endsWith(`/${module.replaceAll('.', '/')}.py`));
  }

  /** Whether a dotted name is a package that holds known modules. */
  isPackage(dotted: string): boolean {
    return this.#packages.has(dotted);
  }

  /** The new module; only for modules that moved. */
  target(module: string): string {
    return `${this.map.moved[module]}`;
  }

  /** What a name is called now, if it still is there. */
  renamed(module: string, name: string): string {
    return this.map.renamed[module]?.[name] ?? name;
  }

  /** The new name of a module's symbol; undefined when the new module has none. */
  symbol(module: string, name: string): string | undefined {
    const fresh = this.renamed(module, name);
    const target = this.map.moved[module];
    return target !== undefined && this.#has(target, fresh) ? fresh : undefined;
  }

  /** `old.module.name` as it is called now; a name that is not old is returned as it is. */
  qualified(dotted: string): string {
    const module = parentOf(dotted);
    const name = dotted.slice(module.length + 1);
    const target = this.map.moved[module];
    return target === undefined ? dotted : `${target}.${this.renamed(module, name)}`;
  }

  /** Known modules below a package, those without a successor included. */
  modulesOf(dotted: string): string[] {
    return this.#modules.filter((module) => module.startsWith(`${dotted}.`));
  }

  /** The new package, when all moved modules below the old one went there. */
  packageTarget(dotted: string): string | undefined {
    const depth = segments(dotted).length;
    const targets = new Set(
      Object.entries(this.map.moved)
        .filter(([module]) => module.startsWith(`${dotted}.`))
        .map(([module, target]) =>
          segments(target)
            .slice(0, depth - segments(module).length)
            .join('.'),
        ),
    );
    const [target = ''] = targets;
    return targets.size === 1 && segments(target).length > this.#shared ? target : undefined;
  }

  /** Mentions of the old package in prose or in a string, as dotted name or as path; and mixed separators to repair. */
  textReferences(text: string): TextReference[] {
    const found = [...text.matchAll(this.#reference)].flatMap((match) => {
      const reference = this.#importedIn(text, this.#textReference(match[0], match.index));
      if (reference?.replacement === undefined) return reference ?? [];
      const before = text.slice(Math.max(0, match.index - MAX_ADDRESS), match.index);
      const url = before.split(/\s/).at(-1)?.includes('://');
      return url ? { ...reference, replacement: undefined, problem: 'it is part of an address' } : reference;
    });
    const repairs = this.#damage === undefined ? [] : [...text.matchAll(this.#damage)];
    return [
      ...found,
      ...repairs.map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
        replacement: match[0].replaceAll('.', '/'),
        modules: [],
        problem: undefined,
      })),
    ];
  }

  /** A doctest line `from old.module import a, b`: the names follow the module, or hold it back. */
  #importedIn(text: string, reference: TextReference | undefined): TextReference | undefined {
    const [module = ''] = reference?.modules ?? [];
    const match = /^( +import +\(?)(\w+(?: as \w+)?(?:, *\w+(?: as \w+)?)*)/.exec(text.slice(reference?.end));
    const target = this.map.moved[module];
    if (!match || reference?.replacement === undefined || target === undefined) return reference;
    const [whole, head, list = ''] = match;
    const names = list.split(/, */).map((item) => item.replace(/ .*/, ''));
    const gone = names.find((name) => this.symbol(module, name) === undefined);
    if (gone !== undefined) {
      return { ...reference, replacement: undefined, problem: `${target} has no ${gone}` };
    }
    const fresh = list.replace(
      /(^|, *)(\w+)/g,
      (_, before: string, name: string) => `${before}${this.symbol(module, name)}`,
    );
    return {
      ...reference,
      end: reference.end + whole.length,
      replacement: `${reference.replacement}${head}${fresh}`,
    };
  }

  /** @param token the words around the key, joined by dots or slashes */
  #textReference(token: string, offset: number): TextReference | undefined {
    const words = token.split(/[./]/);
    const separators = [...token.replace(/[^./]/g, '')];
    const old = segments(this.map.package);
    const first = words.indexOf(this.key) - (old.length - 1 - this.#shared);
    const tail = old.slice(this.#shared);
    const namespaced = old
      .slice(0, this.#shared)
      .every((word, i) => words[first - this.#shared + i] === word);
    if (!tail.every((word, index) => words[first + index] === word) || !(namespaced || first === 0))
      return undefined;
    const start = offset + words.slice(0, first).join('.').length + Math.min(first, 1);
    const range = (count: number): Range => ({
      start,
      end: start + words.slice(first, first + count).join('.').length,
    });
    const dotted = (count: number) =>
      [...old.slice(0, this.#shared), ...words.slice(first, first + count)].join('.');
    const left = (count: number, modules: readonly string[], problem: string): TextReference => ({
      ...range(count),
      replacement: undefined,
      modules,
      problem,
    });
    const total = words.length - first;
    let count = total;
    while (count > tail.length && !this.isModule(dotted(count))) count -= 1;
    const isModule = this.isModule(dotted(count));
    if (!isModule) count = total;
    const used = separators.slice(first, first + count - 1);
    const separator = count > 1 ? used[0] : separators[first - 1];
    // The last word of the package alone says nothing.
    if (separator === undefined) return undefined;
    if (used.some((one) => one !== separator)) return left(count, [], 'it mixes dots and slashes');
    const name = dotted(count);
    const modules = isModule ? [name] : this.modulesOf(name);
    if (modules.length === 0) return left(count, [], this.gone(name));
    const target = isModule ? this.map.moved[name] : this.packageTarget(name);
    if (target === undefined)
      return left(count, modules, isModule ? this.gone(name) : 'its modules went to several packages');
    const fresh = segments(target).slice(this.#shared).join(separator);
    const word = words[first + count];
    const isSymbol = word !== undefined && separator === '.' && !/^pyi?$/.test(word);
    if (!isSymbol) return { ...range(count), replacement: fresh, modules, problem: undefined };
    const symbol = this.symbol(name, word);
    if (symbol === undefined) return left(count + 1, modules, `${target} has no ${word}`);
    return { ...range(count + 1), replacement: `${fresh}.${symbol}`, modules, problem: undefined };
  }

  /** Whether a dotted name is a known module, with or without successor. */
  isModule(dotted: string): boolean {
    return this.map.moved[dotted] !== undefined || this.map.removed[dotted] !== undefined;
  }

  /** Why a module has no successor. */
  gone(module: string): string {
    const why = this.map.removed[module];
    return why === undefined ? `${module} is no module that we know` : `${module} has no successor: ${why}`;
  }
}

function parentOf(dotted: string): string {
  return dotted.slice(0, dotted.lastIndexOf('.'));
}
