/** Which vendored libraries nothing needs any more, once the charm traces with ops. Source: DOMAIN 3.1, 5.2, 5.4. */
import { NEW_CHARM_TRACING, NEW_TRACING } from '../facts/libraries.js';
import type { Charm, VendoredLibrary } from '../kit/charm.js';
import { moduleOf } from '../kit/python/importEdits.js';
import { withoutLibPrefix } from '../kit/python/names.js';
import { ownFiles } from '../tracing/requirers.js';
import { planOf } from './plan.js';
import { requirementsOf } from './requirements.js';

/** The tracing libraries that the root's code does not need: their copies, and what fetches them, may go. */
export function needlessLibraries(charm: Charm): readonly string[] {
  return charm.fact('ops-tracing needless libraries', () => {
    if (planOf(charm).state !== 'converted' || charm.owns('tempo_coordinator_k8s')) return [];
    return [NEW_CHARM_TRACING, NEW_TRACING].filter(
      (module) =>
        !ownFiles(charm, 'tempo_coordinator_k8s').some((file) => names(file.text, module)) &&
        (module !== NEW_TRACING || frameworkOf(charm) === undefined),
    );
  });
}

/** The copies of this root that may be deleted, and those that another root sees through it. */
export function needlessCopies(charm: Charm): {
  readonly gone: readonly VendoredLibrary[];
  readonly shared: readonly VendoredLibrary[];
} {
  const modules = needlessLibraries(charm);
  const copies = charm.libraries.filter(
    (library) => modules.includes(library.module) && charm.relative(library.path) !== undefined,
  );
  const isShared = (library: VendoredLibrary) =>
    charm
      .pythonFiles('tempo_coordinator_k8s')
      .some(
        (path) =>
          names(charm.textOf(path), library.module) && copyFor(charm, path, library.module) === library,
      );
  return { gone: copies.filter((one) => !isShared(one)), shared: copies.filter(isShared) };
}

/** The copy that a file imports: that of the nearest folder above it. */
function copyFor(charm: Charm, path: string, module: string): VendoredLibrary | undefined {
  const above = charm.libraries.filter(
    (library) =>
      library.module === module &&
      path.startsWith(library.path.slice(0, library.path.indexOf('lib/charms/'))),
  );
  return above.toSorted((a, b) => b.path.length - a.path.length)[0];
}

/** The text names the module: an import, a string, a comment; or the package with the module behind `import`. */
function names(text: string, module: string): boolean {
  const [, charm = '', api = '', lib = ''] = withoutLibPrefix(module).split('.');
  const dotted = new RegExp(`\\b${charm}[./]${api}[./]${lib}\\b`);
  const fromPackage = new RegExp(`\\b${charm}\\.${api}\\s+import\\s[^\\n.]*\\b${lib}\\b`);
  return dotted.test(text) || fromPackage.test(text);
}

/** A framework that imports the charm's own copy of the tracing library at run time. */
export function frameworkOf(charm: Charm): string | undefined {
  const packages = /^(paas-charm|coordinated-workers|ops-sunbeam)$/;
  const required = requirementsOf(charm).find((entry) => packages.test(entry.requirement.key));
  if (required) return required.requirement.name;
  const modules = /^(paas_charm|coordinated_workers|cosl\.coordinated_workers|ops_sunbeam)\b/;
  const imported = ownFiles(charm, 'import')
    .flatMap((file) => file.imports)
    .map(moduleOf)
    .find((module) => modules.test(module));
  if (imported !== undefined) return imported;
  const extension = /^extensions:[^#\n]*\n?(?:\s*-\s*[\w-]+\s*\n)*/m.exec(
    charm.textOf(charm.at('charmcraft.yaml')),
  );
  return /(?<![\w-])[\w-]+-framework/.exec(extension?.[0] ?? '')?.[0];
}
