/** Which old modules stay for a whole charm. */
import type { ModuleMoves } from '../moduleMoves.js';
import type { Reference } from './references.js';

export interface Plan {
  readonly skipped: boolean;
  /** Old modules that no code of the charm leaves. */
  readonly stays: ReadonlyMap<string, Stay>;
}

export interface Stay {
  /** The file that cannot leave the module. */
  readonly because: string;
  /** Files that import it. */
  readonly users: readonly string[];
}

interface Entry {
  readonly path: string;
  readonly test: boolean;
  readonly references: readonly Reference[];
}

/** A module stays when a statement of the charm's own code, not of its tests, cannot leave it. */
export function planFor(entries: readonly Entry[], { map }: ModuleMoves): Plan {
  const modulesOf = ({ items }: Reference) =>
    items.map(({ module }) => module).filter((module) => map.moved[module] !== undefined);
  const own = entries.filter(({ test }) => !test);
  const because = new Map<string, string>();
  for (let size = -1; size !== because.size; ) {
    size = because.size;
    for (const { path, references } of own) {
      for (const reference of references) {
        const modules = modulesOf(reference);
        // A statement that cannot move takes its other modules with it.
        if (reference.problems.length === 0 && !modules.some((module) => because.has(module))) continue;
        for (const module of modules.filter((one) => !because.has(one))) because.set(module, path);
      }
    }
  }
  const users = (module: string) =>
    entries
      .filter(({ references }) => references.some((reference) => modulesOf(reference).includes(module)))
      .map(({ path }) => path);
  return {
    skipped: false,
    stays: new Map([...because].map(([module, path]) => [module, { because: path, users: users(module) }])),
  };
}

/** @param path relative to the charm root */
export function isTest(path: string): boolean {
  return /(?:^|\/)tests?\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.pyi?$/.test(path);
}
