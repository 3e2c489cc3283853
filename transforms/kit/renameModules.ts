/**
 * A step that points a library's users at its successor: the factory behind `rename-lib-modules`.
 *
 * The code of one file is one edit group: half a file on each library is never right. Prose (comments, docstrings) is a
 * group of its own. A module that a statement of the charm's own code cannot leave stays for the whole charm, so that
 * one process never holds two copies of it (an `except` would miss, a patch would miss); tests that cannot move stay
 * alone, for the code they test does move.
 */
import type { Charm } from './charm.js';
import { type HasSymbol, type ModuleMap, ModuleMoves } from './moduleMoves.js';
import { protection } from './protected.js';
import { changeImports } from './python/importRuns.js';
import { editLines, type LineEdit } from './python/reflow.js';
import { moveImport } from './rename/imports.js';
import { isTest, type Plan, planFor } from './rename/plan.js';
import { FINDINGS, type Reason, type RenameOptions, readReferences } from './rename/references.js';
import { reportStays } from './rename/reports.js';
import { renameText } from './rename/text.js';
import { defineTransform, type Transform } from './transform.js';

export type { GoneName, RenameOptions } from './rename/references.js';

/**
 * Makes the step.
 *
 * @param map what moved where
 * @param symbols whether a new module has a name
 */
export function renameModules(map: ModuleMap, symbols: HasSymbol, options: RenameOptions): Transform {
  const moves = new ModuleMoves(map, symbols);
  return defineTransform<Reason, never, Record<never, never>, Plan>({
    id: options.id,
    title: options.title,
    safety: 'safe',
    language: 'python',
    literals: [...moves.literals],
    findings: FINDINGS,
    plan({ charm, report }) {
      const why = options.skip?.(charm);
      if (why !== undefined) {
        const used = charm
          .files()
          .some((path) => /\.pyi?$/.test(path) && charm.tree.contains(path, moves.key));
        if (used) report('left-alone', { message: why, help: 'Nothing to do.' });
        return { skipped: true, stays: new Map() };
      }
      const entries = charm
        .parsed(moves.key)
        .filter(({ path }) => charm.relative(path) !== undefined && editable(path, charm, moves))
        .map((file) => ({
          path: file.path,
          test: isTest(file.path.slice(charm.root.length)),
          references: readReferences(file, moves, options, charm),
        }));
      return planFor(entries, moves);
    },
    apply(file, given) {
      const { path, charm } = file;
      if (given?.skipped || !editable(path, charm, moves)) return;
      const references = readReferences(file.python, moves, options, charm);
      const plan = given ?? planFor([{ path, test: isTest(path), references }], moves);
      const moved = references.filter((reference) => reportStays(file, reference, plan, options));
      const ids = new Set(moved.map(({ statement }) => statement.node.id()));
      const code: LineEdit[] = [];
      const changes = moved.map((reference) => moveImport(file, reference, ids, moves, code));
      changeImports(file, changes);
      renameText(file, plan, moves, code);
      editLines(file, code);
    },
  });
}

/** Not a file of the old or the new library: what it says about its past is its own. */
function editable(path: string, charm: Charm | undefined, moves: ModuleMoves): boolean {
  return !(charm && protection(path, charm) !== undefined) && !moves.isModuleFile(path);
}
