/**
 * Deletes the vendored tempo_k8s libraries that nothing imports any more, and asks for the coordinator libraries that
 * are imported and missing. Decides on the final state of the run.
 *
 * Why: migration guide, "Charm library migration"; DOMAIN 0.3, 2.7, 3.2. A left copy is "updated" to a tombstone that
 * raises at import, and its PYDEPS are still packed.
 *
 * Before:
 *     lib/charms/tempo_k8s/v1/charm_tracing.py
 * After:
 *     (deleted)     cd charm && charmcraft fetch-lib charms.tempo_coordinator_k8s.v0.charm_tracing
 *
 * Handles:
 * - modules that no statement imports and no string names, with what else lies in their folder
 * - folders of `.gitkeep` only, into which tests copy the libraries: the placeholder moves to the new folder
 * - libraries that several roots share (outside all of them): when no root imports them any more
 *
 * Refuses:
 * - `still-used`: a module that is still imported; `cosl-too-old`: a pinned cosl imports v2.tracing by name
 * - repositories that own the old libraries are left alone
 *
 * Reports besides: `fetch` (the exact commands), `tombstone`, `unpublished`, `outdated` (coordinator copies below LIBPATCH 8),
 * `libpatch` (an own library was edited).
 *
 * Safety: safe.
 */
import { ASSUMED_PATCH, MODULE_MAP, NEW_CHARM_TRACING, NEW_TRACING, OLD_OWNERS } from '../facts/libraries.js';
import { NEWEST_PATCH } from '../facts/symbols.js';
import type { Charm, VendoredLibrary } from '../kit/charm.js';
import type { Range } from '../kit/edits.js';
import { isProse } from '../kit/python/strings.js';
import { type ConcludeContext, defineTransform } from '../kit/transform.js';
import { parseYaml } from '../kit/yaml.js';
import { moves } from './moves.js';

type Reason = 'fetch' | 'still-used' | 'tombstone' | 'unpublished' | 'outdated' | 'cosl-too-old' | 'libpatch';
type Context = ConcludeContext<Reason>;

const FOLDER = /(?:^|\/)lib\/charms\/tempo_k8s\//;
const NEW_FOLDER = 'tempo_coordinator_k8s/v0/';
/** Releases behind the newest with code: those that only raise. */
const TOMBSTONES = 2;
const FIRST_COSL = [0, 0, 41];
/** Packages that import the tracing library of the charm that uses them (DOMAIN 2.7). */
const RUNTIME_USERS = ['paas_charm', 'ops_sunbeam', 'cosl.coordinated_workers'];

export default defineTransform<Reason>({
  id: 'vendored-libs',
  title: 'Delete the old vendored libraries, ask for the new ones',
  safety: 'safe',
  language: 'python',
  literals: ['tempo_k8s', 'tempo_coordinator_k8s'],
  findings: {
    fetch: { severity: 'info', title: 'Coordinator libraries to fetch' },
    'still-used': { severity: 'warning', title: 'An old library stays because something needs it' },
    tombstone: { severity: 'error', title: 'A vendored library only raises at import' },
    unpublished: { severity: 'warning', title: 'A vendored copy that was never published goes' },
    outdated: { severity: 'warning', title: 'A coordinator library older than the conversions assume' },
    'cosl-too-old': { severity: 'error', title: 'cosl needs the old tracing library' },
    libpatch: { severity: 'warning', title: 'An own library was edited, its LIBPATCH was not' },
  },
  conclude(context) {
    reportLibpatch(context);
    if (OLD_OWNERS.some((owner) => context.charm.owns(owner))) return;
    const deleted = deleteOld(context);
    fetchNew(context, deleted);
    reportOutdated(context);
  },
});

/** Deletes what nothing needs; returns the modules that are gone. */
function deleteOld(context: Context): Set<string> {
  const { charm, act } = context;
  const old = charm.files().filter((path) => FOLDER.test(path));
  const libraries = new Map(charm.libraries.map((library) => [library.path, library]));
  const cosl = coslPin(charm);
  const kept = new Set<string>();
  const deleted = new Set<string>();
  for (const path of old) {
    const library = libraries.get(path);
    if (!library) continue;
    const users = usersOf(charm, library);
    const pinned = cosl?.below && library.module === 'charms.tempo_k8s.v2.tracing';
    if (users.length > 0 || pinned) kept.add(parentOf(path));
    else deleted.add(library.module);
    reportOld(context, library, users, pinned ? cosl : undefined);
  }
  if (cosl && old.some((path) => path.endsWith('/v2/tracing.py'))) reportCosl(context, cosl);
  for (const path of old) {
    const library = libraries.get(path);
    if (library ? deleted.has(library.module) : !kept.has(parentOf(path))) act({ kind: 'delete', path });
  }
  if (old.length > 0 && old.every((path) => path.endsWith('/.gitkeep'))) {
    for (const folder of new Set(old.map((path) => path.replace(/tempo_k8s\/.*/, NEW_FOLDER)))) {
      if (!charm.files().some((path) => path.startsWith(folder)))
        act({ kind: 'write', path: `${folder}.gitkeep`, text: '' });
    }
  }
  return deleted;
}

/** Files that import a library or name it in a string, and have no copy of their own. */
function usersOf(charm: Charm, library: VendoredLibrary): string[] {
  const root = charm.rootOf(library.path);
  const sees = (path: string) => {
    const own = charm.rootOf(path);
    if (own === root) return true;
    if (root !== '' && !path.startsWith(`${root}/`)) return false;
    return !charm.libraries.some(
      (other) => other.module === library.module && charm.rootOf(other.path) === own,
    );
  };
  const named = charm.parsed(moves.key).filter((file) =>
    file
      .find({ rule: { kind: 'string_content', regex: moves.key } })
      .filter((node) => !isProse(node))
      .some((node) =>
        moves.textReferences(node.text()).some(({ modules }) => modules.includes(library.module)),
      ),
  );
  return [...new Set([...charm.importers(library.module), ...named.map(({ path }) => path)])]
    .filter(sees)
    .sort();
}

function reportOld(
  { report }: Context,
  { path, module, patch, tombstone }: VendoredLibrary,
  users: readonly string[],
  cosl: CoslPin | undefined,
): void {
  const name = `${module} (LIBPATCH ${patch ?? 'unknown'})`;
  const newest = NEWEST_PATCH[module];
  if (tombstone) {
    report('tombstone', {
      file: path,
      severity: users.length > 0 ? 'error' : 'info',
      message: `${name} only raises DeprecationWarning at import${users.length > 0 ? `, and ${users.join(', ')} still imports it` : '; it is deleted'}`,
      help:
        users.length > 0
          ? 'Solve what keeps the import on the old module and run again; until then vendor the release before it.'
          : 'Nothing to do: the coordinator library takes its place.',
    });
  } else if (users.length > 0 || cosl) {
    report('still-used', {
      file: path,
      message: `${name} stays: ${users.length > 0 ? `${users.join(', ')} still needs it` : `cosl imports it`}`,
      help: 'Solve that and run again. Do not run `charmcraft fetch-lib` without arguments until then: it installs a release that only raises.',
    });
  } else if (newest === undefined || (patch !== undefined && patch > newest + TOMBSTONES)) {
    report('unpublished', {
      file: path,
      message: `${name} was never published on Charmhub: what was written here is deleted with it`,
      help: 'See whether the charm needs what was written: the coordinator library does not have it.',
    });
  }
}

function fetchNew({ charm, report, act }: Context, deleted: ReadonlySet<string>): void {
  const folders = libraryFolders(charm);
  if (homeOf(charm.root, charm, folders) !== charm.root) return;
  const there = charm.files().filter((path) => /lib\/charms\/tempo_(?:coordinator_)?k8s\//.test(path));
  const placeholder = there.length > 0 && there.every((path) => path.endsWith('/.gitkeep'));
  const listed = charmLibs(charm);
  const sees = (path: string) => homeOf(charm.rootOf(path), charm, folders) === charm.root;
  const imported = new Set(
    [NEW_CHARM_TRACING, NEW_TRACING].filter((module) => charm.importers(module).some(sees)),
  );
  const runtime = RUNTIME_USERS.some((user) => importersBelow(charm, user).some(sees));
  if (runtime && [...deleted].some((module) => MODULE_MAP[module] === NEW_TRACING)) imported.add(NEW_TRACING);
  const missing = [...imported]
    .filter((module) => !charm.libraries.some((library) => library.module === module && sees(library.path)))
    .filter((module) => !listed.has(module))
    .sort();
  if (missing.length === 0 || placeholder) return;
  const root = folders.get(charm.root) ?? charm.root;
  for (const library of missing) act({ kind: 'fetch', library, root });
  const commands = missing.map((module) => `charmcraft fetch-lib ${module}`);
  report('fetch', {
    message: `imported but not vendored: ${missing.join(', ')}`,
    help: [...(root === '' ? [] : [`cd ${root}`]), ...commands].join('\n'),
  });
}

/** Charm roots with vendored libraries → the folder in which `lib/charms` lies. */
function libraryFolders(charm: Charm): Map<string, string> {
  const folders = new Map<string, string>();
  for (const path of charm.tree.paths()) {
    const at = path.startsWith('lib/charms/') ? 0 : path.indexOf('/lib/charms/');
    if (at === -1) continue;
    const root = charm.rootOf(path);
    if (!folders.has(root)) folders.set(root, path.slice(0, at));
  }
  return folders;
}

/** The root whose libraries a root uses: its own, or those of a root around it when it has none (tests copy them). */
function homeOf(root: string, charm: Charm, folders: ReadonlyMap<string, string>): string {
  const around = (at: string): string =>
    folders.has(at) || at === '' ? at : around(charm.rootOf(`${parentOf(at)}/x`));
  const home = around(root);
  return folders.has(home) ? home : root;
}

/** Files that import a package or something below it. */
function importersBelow(charm: Charm, name: string): string[] {
  const below = (module: string) => `${module}.`.startsWith(`${name}.`);
  return charm
    .parsed(name.replace(/.*\./, ''))
    .filter(({ imports }) =>
      imports.some(({ module, names }) =>
        names.some((item) => below(`${module}.${item.name}`.replace(/^\./, ''))),
      ),
    )
    .map(({ path }) => path);
}

/** Coordinator modules that `charm-libs` of charmcraft.yaml names: charmcraft fetches them when it packs. */
function charmLibs(charm: Charm): Set<string> {
  const document = parseYaml(charm.read(charm.at('charmcraft.yaml')) ?? '');
  const entries = (document?.toJS() as { 'charm-libs'?: unknown } | null)?.['charm-libs'];
  const names = Array.isArray(entries)
    ? entries.map((entry) => String((entry as { lib?: unknown })?.lib))
    : [];
  return new Set(
    names
      .map((name) => name.replaceAll('-', '_').split('.'))
      .map(([owner, lib]) => `charms.${owner}.v0.${lib}`),
  );
}

interface CoslPin {
  readonly path: string;
  readonly range: Range;
  /** The requirement as written. */
  readonly text: string;
  /** No version from 0.0.41 on is allowed. */
  readonly below: boolean;
}

/** A requirement of cosl that allows versions which import tempo_k8s.v2.tracing; undefined: none is written down. */
function coslPin(charm: Charm): CoslPin | undefined {
  const users = importersBelow(charm, 'cosl.coordinated_workers');
  if (!users.some((path) => charm.rootOf(path) === charm.root)) return undefined;
  const files = charm.files().filter((path) => DEPENDENCIES.test(path) && charm.tree.contains(path, 'cosl'));
  const pins = files.flatMap((path): CoslPin[] =>
    [...String(charm.read(path)).matchAll(COSL)].flatMap((match) => {
      const range = { start: match.index, end: match.index + match[0].length };
      const bounds = [...match[0].matchAll(/(===?|<=?|~=|>=?|\^|version = "|= ")\s*v?(\d+(?:\.\d+)*)/g)];
      const old = bounds.filter(([, operator = '', version = '']) => isOld(operator, version));
      if (old.length === 0) return [];
      const text = match[0].replace(/"\nversion = "(.*)"/, ' $1, which is locked,').trim();
      return [
        {
          path,
          range,
          text,
          below: old.some(([, operator = '']) => !/^[>~]/.test(operator)),
        },
      ];
    }),
  );
  return pins.find(({ below }) => below) ?? pins[0];
}

/** `cosl==0.0.40` in any of the ways of requirements, pyproject.toml and lock files. */
const COSL = /(?<![\w-])cosl(?:\s*[=<>~^][^\n#;]*|"\nversion = "[^"]+")/g;
const DEPENDENCIES = /(?:^|\/)(?:requirements[^/]*\.(?:txt|in)|pyproject\.toml|uv\.lock|poetry\.lock)$/;

/** Whether a bound allows cosl before 0.0.41; an upper bound at 0.0.41 itself allows only those. */
function isOld(operator: string, version: string): boolean {
  const parts = version.split('.').map(Number);
  const difference =
    FIRST_COSL.map((part, index) => (parts[index] ?? 0) - part).find((one) => one !== 0) ?? 0;
  return operator === '<' ? difference <= 0 : difference < 0;
}

function reportCosl({ report }: Context, { path, range, text, below }: CoslPin): void {
  report('cosl-too-old', {
    file: path,
    at: range,
    severity: below ? 'error' : 'warning',
    message: below
      ? `\`${text}\` imports charms.tempo_k8s.v2.tracing from the charm, so that library stays`
      : `\`${text}\` also allows versions before 0.0.41, which import charms.tempo_k8s.v2.tracing from the charm`,
    help: 'Require `cosl>=0.0.41`. From 0.0.43 on its relations are named charm-tracing and workload-tracing, which breaks deployments that relate `tracing`.',
  });
}

function reportOutdated({ charm, report }: Context): void {
  const { libraries } = charm;
  for (const { path, module, patch, charm: owner } of libraries) {
    if (charm.rootOf(path) !== charm.root || charm.owns(owner)) continue;
    if (!Object.values(MODULE_MAP).includes(module) || patch === undefined || patch >= ASSUMED_PATCH)
      continue;
    const folder = path.slice(0, path.indexOf('lib/charms/')).replace(/\/$/, '');
    report('outdated', {
      file: path,
      message: `${module} is at LIBPATCH ${patch}; what this tool writes assumes ${ASSUMED_PATCH} or later`,
      help: [...(folder === '' ? [] : [`cd ${folder}`]), `charmcraft fetch-lib ${module}`].join('\n'),
    });
  }
}

/** Libraries of this repository that the run changed. */
function reportLibpatch({ charm, report }: Context): void {
  for (const [path, text] of charm.tree.changes) {
    const library = charm.libraries.find((one) => one.path === path);
    if (library?.patch === undefined) continue;
    const start = String(text).search(/^LIBPATCH\b/m);
    report('libpatch', {
      file: path,
      at: { start, end: start + 'LIBPATCH'.length },
      message: `${library.module} was changed here, so its users must be able to tell`,
      help: `Set LIBPATCH = ${library.patch + 1}, and publish it with \`charmcraft publish-lib ${library.module}\`.`,
    });
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
