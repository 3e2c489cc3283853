/** Whether anything in the charm writes the file at a path: the guide makes the charm responsible for it. */
import type { Charm } from '../kit/charm.js';
import type { PythonNode } from '../kit/languages.js';
import type { PythonFile } from '../kit/python/file.js';
import { statementOf } from '../kit/python/statements.js';

const WRITES = /write|push|open|copy|save|store|move|rename|dump|install|put|touch/i;

/**
 * Looks for a statement outside tests that names the path (or calls something with it) and writes.
 *
 * The certificate's path is known by its last name (`self._ca_path` → `_ca_path`) or its literal text.
 * @returns true also when the path comes from another package, which then writes it
 */
export function isWritten(charm: Charm, file: PythonFile, path: PythonNode): boolean {
  const key = keyOf(path);
  if (key === undefined) return true;
  const target = file.names.qualify(path);
  if (target !== undefined && !charm.pythonFiles(key).some((other) => other !== file.path)) return true;
  return charm.pythonFiles(key).some((other) => {
    if (/(^|\/)(tests?|conftest)(\/|\.|_)/.test(other)) return false;
    const source = charm.python(other);
    const rule = /^\w+$/.test(key)
      ? { rule: { kind: 'identifier' as const, regex: `^${key}$` } }
      : { rule: { kind: 'string_content' as const, regex: `^${key.replace(/[^\w/]/g, '\\$&')}$` } };
    return (source?.find(rule) ?? []).some((node) => WRITES.test(callsAround(node)));
  });
}

/** Names of the functions called with the node, or on it, in its statement. */
function callsAround(node: PythonNode): string {
  const statement = statementOf(node);
  const calls = node.ancestors().filter((one) => one.kind() === 'call');
  const own = /_(statement|item)$/.test(statement.kind()) ? calls : calls.slice(0, 1);
  return own.map((call) => call.field('function')?.text() ?? '').join(' ');
}

function keyOf(path: PythonNode): string | undefined {
  switch (path.kind()) {
    case 'identifier':
      return path.text();
    case 'attribute':
      return path.field('attribute')?.text();
    case 'string':
      return path.children()[1]?.text();
    default:
      return path
        .findAll({ rule: { any: [{ kind: 'attribute' }, { kind: 'identifier' }] } })
        .map(keyOf)
        .at(-1);
  }
}
