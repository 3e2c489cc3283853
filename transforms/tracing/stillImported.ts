/** The old modules that the code of a charm root goes on importing: where a rename was refused, or none ran. */
import { OLD_PACKAGE } from '../facts/libraries.js';
import type { Charm } from '../kit/charm.js';
import { withoutLibPrefix } from '../kit/python/names.js';
import { ownFiles } from './requirers.js';

/** Old module → files that import it, outside vendored libraries. */
export function stillImported(charm: Charm): ReadonlyMap<string, readonly string[]> {
  return charm.fact('old modules still imported', () => {
    const found = new Map<string, string[]>();
    for (const { path, imports } of ownFiles(charm, 'tempo_k8s')) {
      const modules = imports.flatMap(({ module, names }) => {
        const from = withoutLibPrefix(module);
        return [from, ...names.flatMap(({ name }) => [`${from}.${name}`, withoutLibPrefix(name)])];
      });
      const old = new Set(modules.filter((name) => new RegExp(`^${OLD_PACKAGE}\\.v\\d\\.\\w+$`).test(name)));
      for (const module of old) found.set(module, [...(found.get(module) ?? []), path]);
    }
    return found;
  });
}
