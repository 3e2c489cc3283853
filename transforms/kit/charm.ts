/**
 * Facts about a charm repository that steps may ask for. Computed from a {@link Tree} on demand and kept until the
 * tree changes.
 *
 * Paths are relative to the repository's top. Facts look at every Python file of the repository outside vendored
 * libraries, wherever the charm root lies and whatever paths were selected.
 */

import { escapeRegex, exactly, type PythonNode, type PythonRule, parsePython } from './languages.js';
import { PythonFile } from './python/file.js';
import { IMPORTS, type ImportedName, type ImportStatement, readImport } from './python/imports.js';
import { itemTarget, withoutLibPrefix } from './python/names.js';
import { field, firstParameter, lastPart } from './python/nodes.js';
import { parents } from './python/parents.js';
import type { Overlay } from './tree.js';
import { isMap, parseYaml } from './yaml.js';

/** A relation endpoint as the metadata declares it. */
export interface Endpoint {
  readonly name: string;
  readonly role: 'requires' | 'provides' | 'peers';
  readonly interface: string | undefined;
  readonly limit: number | undefined;
  readonly optional: boolean | undefined;
}

export interface Metadata {
  readonly path: string;
  readonly name: string | undefined;
  readonly endpoints: readonly Endpoint[];
}

/** A vendored charm library: `…/lib/charms/<charm>/v<api>/<lib>.py`. */
export interface VendoredLibrary {
  readonly path: string;
  /** `charms.tempo_k8s.v2.tracing` */
  readonly module: string;
  readonly charm: string;
  readonly api: number;
  /** undefined when the file does not say. */
  readonly patch: number | undefined;
  readonly libid: string | undefined;
  /** It does nothing but raise at import: the last release of a deprecated library. */
  readonly tombstone: boolean;
}

/** What a name came from before the first step of the run. */
export interface Origin {
  /** `charms.tempo_k8s.v2.tracing` */
  readonly module: string;
  readonly symbol: string;
  readonly api: number;
  /** LIBPATCH of the vendored copy, undefined when nothing is vendored or it does not say. */
  readonly patch: number | undefined;
}

/** A place that may mean an attribute: `x.name`, or a string equal to `name` or ending in `.name`. */
export interface AttributeUse {
  readonly path: string;
  readonly kind: 'attribute' | 'string';
  /** UTF-16 offset. */
  readonly offset: number;
  /** For an attribute: the text before the dot; for a string: its content. */
  readonly text: string;
  /** Name of the class whose method holds it, when the object is the method's first parameter. */
  readonly selfOf: string | undefined;
}

const LIBRARY = /^(?:.*\/)?lib\/charms\/([^/]+)\/v(\d+)\/([^/]+)\.py$/;
const METADATA = ['charmcraft.yaml', 'metadata.yaml'];

export class Charm {
  /** The charm root relative to the repository's top; '' is the top. */
  readonly root: string;
  readonly tree: Overlay;
  readonly #roots: readonly string[];
  readonly #parsed = new Map<string, PythonFile>();
  readonly #next = new Map<string, PythonFile>();
  readonly #origins: ReadonlyMap<string, ReadonlyMap<string, Origin>>;
  #facts = new Map<string, unknown>();
  #revision: number;

  /**
   * @param tree the repository's files; steps write to this overlay
   * @param root the charm root
   * @param roots all charm roots of the repository
   */
  constructor(tree: Overlay, root = '', roots: readonly string[] = [root]) {
    this.tree = tree;
    this.root = root;
    this.#roots = [...roots].sort((a, b) => b.length - a.length);
    this.#revision = tree.revision;
    this.#origins = this.#recordOrigins();
  }

  /** Remembers a fact until the tree changes. */
  fact<T>(key: string, compute: () => T): T {
    if (this.#revision !== this.tree.revision) {
      this.#facts = new Map();
      this.#revision = this.tree.revision;
    }
    if (!this.#facts.has(key)) this.#facts.set(key, compute());
    return this.#facts.get(key) as T;
  }

  /** A path below this root, relative to the repository's top. */
  at(path: string): string {
    return this.root === '' ? path : `${this.root}/${path}`;
  }

  /** The path relative to the charm root; undefined when it belongs to another root of the repository. */
  relative(path: string): string | undefined {
    if (this.rootOf(path) !== this.root) return undefined;
    return this.root === '' ? path : path.slice(this.root.length + 1);
  }

  /** The charm root that a path belongs to. */
  rootOf(path: string): string {
    return this.#roots.find((root) => root === '' || path.startsWith(`${root}/`)) ?? '';
  }

  /** The files of this root (not those of charms nested in it), sorted. */
  files(): readonly string[] {
    return this.fact('files', () =>
      this.#roots.length === 1 && this.root === ''
        ? this.tree.paths()
        : this.tree.paths().filter((path) => this.rootOf(path) === this.root),
    );
  }

  read(path: string): string | undefined {
    return this.tree.read(path);
  }

  /** The text of a file that may be looked into; '' when it cannot be read. */
  textOf(path: string): string {
    return this.tree.read(path) ?? '';
  }

  /** The parsed file; the same version is parsed once in a run. undefined when it cannot be read. */
  python(path: string): PythonFile | undefined {
    const text = this.tree.read(path);
    if (text === undefined) return undefined;
    let file = this.#parsed.get(path);
    if (file?.text !== text) {
      const next = this.#next.get(path);
      file = next?.text === text ? next : new PythonFile(path, text);
      this.#parsed.set(path, file);
    }
    return file;
  }

  /** Parses a text that a file may get next, so that the step which gets it need not parse again. */
  preparse(path: string, text: string): PythonFile {
    const known = this.#parsed.get(path);
    const next = this.#next.get(path);
    if (known?.text === text) return known;
    if (next?.text === text) return next;
    const file = new PythonFile(path, text);
    this.#next.set(path, file);
    return file;
  }

  /** Lets go of all syntax trees; they come back when asked for. */
  release(): void {
    this.#parsed.clear();
    this.#next.clear();
    this.#facts = new Map();
  }

  /** `charmcraft.yaml` or `metadata.yaml`, whichever has the endpoints; undefined when neither can be read. */
  get metadata(): Metadata | undefined {
    return this.fact('metadata', () => {
      const found = METADATA.map((name) => this.at(name))
        .map((path) => readMetadata(path, this.tree.read(path)))
        .filter((metadata) => metadata !== undefined);
      return found.find((metadata) => metadata.endpoints.length > 0) ?? found[0];
    });
  }

  /**
   * Whether this root, or one that it lies in, owns the libraries of a charm (`tempo_k8s`): their files are sources, not
   * copies. A tester charm below the owner's root counts as the owner's.
   */
  owns(charm: string): boolean {
    return this.#owned(this.root).has(charm.replaceAll('-', '_'));
  }

  /** The charms whose roots hold `root`, with `_` for `-`. */
  #owned(root: string): ReadonlySet<string> {
    return this.fact(`owned ${root}`, () => {
      const around = this.#roots.filter((one) => one === '' || one === root || root.startsWith(`${one}/`));
      const paths = around.flatMap((one) => METADATA.map((name) => (one === '' ? name : `${one}/${name}`)));
      const names = paths.map((path) => readMetadata(path, this.tree.read(path))?.name);
      return new Set(names.filter((name) => name !== undefined).map((name) => name.replaceAll('-', '_')));
    });
  }

  /** A vendored library of another owner: never edited, no source of facts. */
  isVendored(path: string): boolean {
    const owner = /(?:^|\/)lib\/charms\/([^/]+)\//.exec(path)?.[1];
    return owner !== undefined && !this.#owned(this.rootOf(path)).has(owner);
  }

  /** All vendored libraries of the repository, of any root. */
  get libraries(): readonly VendoredLibrary[] {
    return this.fact('libraries', () =>
      this.tree.paths().flatMap((path) => {
        const library = readLibrary(path, this.textOf(path));
        return library ? [library] : [];
      }),
    );
  }

  /** The vendored copies of a module that this root sees: in its own `lib`, else anywhere in the repository. */
  vendored(module: string): readonly VendoredLibrary[] {
    const all = this.libraries.filter((library) => library.module === withoutLibPrefix(module));
    const own = all.filter((library) => this.rootOf(library.path) === this.root);
    return own.length > 0 ? own : all.filter((library) => this.rootOf(library.path) === '');
  }

  /** The {@link pythonFiles} with these literals, parsed; those that cannot be read are left out. */
  parsed(...literals: readonly string[]): readonly PythonFile[] {
    return this.pythonFiles(...literals).flatMap((path) => this.python(path) ?? []);
  }

  /** Python files of the repository outside vendored libraries that contain all of the literals. */
  pythonFiles(...literals: readonly string[]): readonly string[] {
    return this.fact(`python ${literals.join(' ')}`, () =>
      this.tree
        .paths()
        .filter(
          (path) =>
            /\.pyi?$/.test(path) &&
            !this.isVendored(path) &&
            literals.every((literal) => this.tree.contains(path, literal)),
        ),
    );
  }

  /**
   * Files of the repository, outside vendored libraries, with a statement that imports a module: by its name, from it,
   * or through a package above it.
   */
  importers(module: string): readonly string[] {
    return this.fact(`importers ${module}`, () =>
      this.parsed(...module.split('.').slice(1, 2))
        .filter((file) =>
          file.imports.some((statement) =>
            statement.names.some((item) => {
              const from = withoutLibPrefix(statement.module);
              const target = withoutLibPrefix(`${from}.${item.name}`.replace(/^\./, ''));
              return from === module || `${module}.`.startsWith(`${target}.`);
            }),
          ),
        )
        .map((file) => file.path),
    );
  }

  /** Where an attribute of this name is used: `x.name`, and strings equal to `name` or ending in `.name`. */
  attributeUses(name: string): readonly AttributeUse[] {
    return this.fact(`uses ${name}`, () => this.parsed(name).flatMap((file) => attributeUses(file, name)));
  }

  /** Classes of the repository that name `className` (or an alias's last part) among their bases. */
  subclasses(className: string): readonly { path: string; name: string; offset: number }[] {
    return this.fact(`subclasses ${className}`, () =>
      this.parsed(className, 'class').flatMap((file) => {
        const aliased = new RegExp(`\\b${escapeRegex(className)}\\s+as\\s`).test(file.text);
        return file.classes
          .filter(({ node }) => {
            const list = node.field('superclasses');
            if (!list || !(aliased || list.text().includes(className))) return false;
            return list.namedChildren().some((base) => baseName(file, base) === className);
          })
          .map(({ node, name }) => ({ path: file.path, name, offset: node.range().start.index }));
      }),
    );
  }

  /**
   * Where a name in a file came from before the first step: module, API and LIBPATCH of the vendored copy. The rename
   * may run first, and later steps still know.
   */
  origin(path: string, localName: string): Origin | undefined {
    return this.#origins.get(path)?.get(localName);
  }

  #recordOrigins(): Map<string, Map<string, Origin>> {
    const origins = new Map<string, Map<string, Origin>>();
    for (const path of this.pythonFiles('charms.')) {
      if (this.relative(path) === undefined) continue;
      const text = this.textOf(path);
      // A docstring may show another import of the name: then the tree tells the two apart.
      const names =
        this.#originsIn(charmImports(text)) ?? this.#originsIn(new PythonFile(path, text).imports, true);
      if (names && names.size > 0) origins.set(path, names);
    }
    return origins;
  }

  /** The LIBPATCH that all copies in sight agree on. */
  #patchOf(module: string): number | undefined {
    const [patch, ...others] = new Set(this.vendored(module).map((library) => library.patch));
    return others.length === 0 ? patch : undefined;
  }

  /** Origins by local name. Two of one name: undefined, or neither when `leave` is set. */
  #originsIn(statements: readonly ImportStatement[], leave = false): Map<string, Origin> | undefined {
    const names = new Map<string, Origin>();
    const clashes = new Set<string>();
    for (const statement of statements) {
      for (const item of statement.names) {
        const origin = this.#originOf(statement, item);
        if (!origin) continue;
        const known = names.get(item.local);
        if (known && (known.module !== origin.module || known.symbol !== origin.symbol))
          clashes.add(item.local);
        names.set(item.local, origin);
      }
    }
    if (clashes.size > 0 && !leave) return undefined;
    for (const name of clashes) names.delete(name);
    return names;
  }

  #originOf(statement: ImportStatement, item: ImportedName): Origin | undefined {
    const full = withoutLibPrefix(statement.kind === 'import' ? item.name : itemTarget(statement, item));
    const match = /^(charms\.[^.]+\.v(\d+)\.[^.]+)(?:\.([^.]+))?$/.exec(full);
    if (!match?.[1]) return undefined;
    return {
      module: match[1],
      symbol: match[3] ?? '',
      api: Number(match[2]),
      patch: this.#patchOf(match[1]),
    };
  }
}

/**
 * The import statements of charm libraries, parsed line by line: a whole parse of every file of a repository, only to
 * remember where names came from, would cost more than the migration.
 */
function charmImports(text: string): ImportStatement[] {
  const statements: ImportStatement[] = [];
  const pattern =
    /^[ \t]*((?:from|import)[ \t]+(?:lib\.)?charms\b(?:\\\r?\n|[^\n(])*(?:\((?:#[^\n]*\n|[^)#])*\))?[^\n]*)/gm;
  for (const match of text.matchAll(pattern)) {
    const [, source = ''] = match;
    statements.push(...parsePython(source).findAll(IMPORTS).map(readImport));
  }
  return statements;
}

/** What was read of metadata files: in a monorepo every charm asks for those of all others, after every edit. */
const metadataKnown = new Map<string, Metadata | undefined>();
const METADATA_KEPT = 500;

function readMetadata(path: string, text: string | undefined): Metadata | undefined {
  if (text === undefined) return undefined;
  const key = `${path}\n${text}`;
  if (metadataKnown.has(key)) return metadataKnown.get(key);
  if (metadataKnown.size >= METADATA_KEPT) metadataKnown.clear();
  const metadata = parseMetadata(path, text);
  metadataKnown.set(key, metadata);
  return metadata;
}

function parseMetadata(path: string, text: string): Metadata | undefined {
  const document = parseYaml(text);
  if (!document || !isMap(document.contents)) return undefined;
  const data = document.toJS() as Record<string, unknown>;
  const endpoints = (['requires', 'provides', 'peers'] as const).flatMap((role) =>
    Object.entries(record(data[role])).map(([name, value]): Endpoint => {
      const spec = record(value);
      return {
        name,
        role,
        interface: typeof spec.interface === 'string' ? spec.interface : undefined,
        limit: typeof spec.limit === 'number' ? spec.limit : undefined,
        optional: typeof spec.optional === 'boolean' ? spec.optional : undefined,
      };
    }),
  );
  return { path, name: typeof data.name === 'string' ? data.name : undefined, endpoints };
}

/** The last part of a base class's name: `ops.CharmBase`, `Base[T]`, `from charm import MyCharm as Base`. */
function baseName(file: PythonFile, base: PythonNode): string {
  const plain = base.kind() === 'subscript' ? field(base, 'value') : base;
  return lastPart(file.names.qualify(plain) ?? plain.text());
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function readLibrary(path: string, text: string): VendoredLibrary | undefined {
  const match = LIBRARY.exec(path);
  if (!match) return undefined;
  const [, charm = '', api = '', lib = ''] = match;
  const patch = /^LIBPATCH\s*=\s*(\d+)/m.exec(text)?.[1];
  return {
    path,
    module: `charms.${charm}.v${api}.${lib}`,
    charm,
    api: Number(api),
    patch: patch === undefined ? undefined : Number(patch),
    libid: /^LIBID\s*=\s*["']([0-9a-f]{32})["']/m.exec(text)?.[1],
    tombstone: /^raise\s+DeprecationWarning\b/m.test(text),
  };
}

function attributeUses(file: PythonFile, name: string): AttributeUse[] {
  // A look at the text first: most names are the attribute of nothing, and hardly any stands in a string.
  const dotted = new RegExp(`\\.[\\s\\\\]*(?:#|${escapeRegex(name)})`);
  const quoted = new RegExp(`${escapeRegex(name)}["'{]`);
  const find = (test: RegExp, rule: PythonRule) => (test.test(file.text) ? file.findWith([name], rule) : []);
  const attribute = { field: 'attribute', kind: 'identifier', regex: exactly(name) } as const;
  const attributes = find(dotted, { rule: { kind: 'attribute', has: attribute } }).map(
    (node): AttributeUse => {
      const object = field(node, 'object');
      return {
        path: file.path,
        kind: 'attribute',
        offset: node.range().start.index,
        text: object.text(),
        selfOf: object.kind() === 'identifier' ? selfOf(object.text(), node) : undefined,
      };
    },
  );
  const content = `^(.*\\.)?${escapeRegex(name)}$`;
  const strings = find(quoted, { rule: { kind: 'string_content', regex: content } }).map(
    (node): AttributeUse => ({
      path: file.path,
      kind: 'string',
      offset: node.range().start.index,
      text: node.text(),
      selfOf: undefined,
    }),
  );
  return [...attributes, ...strings];
}

/** The class whose method's first parameter is `object`. */
function selfOf(object: string, node: PythonNode): string | undefined {
  for (const ancestor of parents(node)) {
    if (ancestor.kind() !== 'function_definition') continue;
    if (firstParameter(ancestor) !== object) continue;
    const owner = ancestor
      .ancestors()
      .find((one) => one.kind() !== 'block' && one.kind() !== 'decorated_definition');
    return owner?.kind() === 'class_definition' ? owner.field('name')?.text() : undefined;
  }
  return undefined;
}
