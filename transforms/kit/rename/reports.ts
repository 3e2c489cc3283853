/** Says why an import statement stays on the old module. */
import { rangeOf } from '../python/file.js';
import type { Plan } from './plan.js';
import type { Reference, ReferenceItem, RenameFile, RenameOptions } from './references.js';

/** Reports why a statement stays. Returns whether it moves. */
export function reportStays(
  file: RenameFile,
  { statement, items, problems }: Reference,
  { stays }: Plan,
  { gone }: RenameOptions,
): boolean {
  const blocked = items.flatMap(({ module }) => stays.get(module) ?? []);
  const others = new Set(blocked.flatMap(({ users }) => users).filter((path) => path !== file.path));
  const list = others.size > 0 ? `; because of it these stay too: ${[...others].sort().join(', ')}` : '';
  for (const { reason, at, name, message, help } of problems) {
    file.report(reason, { at, message: message + list, help });
    const known = gone?.[name];
    if (known?.exception) reportExcepts(file, items, name, known.help);
  }
  if (problems.length > 0) return false;
  const [first] = blocked;
  if (first === undefined) return true;
  const modules = items.map(({ module }) => module).filter((module) => stays.has(module));
  file.report('stays-behind', {
    at: statement.range,
    message: `this import stays on ${[...new Set(modules)].join(' and ')}, because ${first.because} does`,
    help: `Solve the error in ${first.because} and run again.`,
  });
  return false;
}

/** Reports `except` clauses that wait for an exception that is gone. */
function reportExcepts(file: RenameFile, items: readonly ReferenceItem[], gone: string, help: string): void {
  const places = items.flatMap(({ item, name, uses }) =>
    name === gone
      ? file.python.names.occurrences(item.local).map(({ node }) => rangeOf(node))
      : uses.flatMap(({ taken }) => (taken?.name === gone ? [taken.range] : [])),
  );
  for (const clause of file.python.find({ rule: { kind: 'except_clause' } })) {
    const header = clause.children().filter((child) => child.kind() !== 'block');
    const at = places.find(({ start, end }) =>
      header.some((part) => rangeOf(part).start <= start && end <= rangeOf(part).end),
    );
    if (!at) continue;
    file.report('dead-except', {
      at,
      message: `this clause waits for ${gone}, which the new library never raises`,
      help,
    });
  }
}
