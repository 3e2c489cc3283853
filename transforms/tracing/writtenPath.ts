/** Whether anything in the charm may write the file at a path: the guide makes the charm responsible for it. */
import type { Charm } from '../kit/charm.js';
import { exactly, type PythonNode } from '../kit/languages.js';
import type { PythonFile } from '../kit/python/file.js';
import { field, lastPart } from '../kit/python/nodes.js';
import { statementOf } from '../kit/python/statements.js';

/** Functions that only look at a path, by their last name. */
const READS = new Set([
  ...[
    'str',
    'Path',
    'PurePath',
    'fspath',
    'join',
    'joinpath',
    'exists',
    'isfile',
    'is_file',
    'read_text',
    'read',
  ],
  ...[
    'read_bytes',
    'pull',
    // Into the workload's container; trace_charm and the helper look into the charm's own.
    'push',
    'charm_tracing_config',
    'trace_charm',
    'set_destination',
    'debug',
    'info',
    'warning',
    'error',
  ],
]);

/**
 * Looks for code outside tests that hands the path to a function which may write it, directly or through one variable.
 *
 * The path is known by its last name (`self._ca_path` → `_ca_path`) or its literal text.
 * @returns true also when the path comes from another package, which then writes it
 */
export function isWritten(charm: Charm, file: PythonFile, path: PythonNode): boolean {
  const key = keyOf(path);
  if (key === undefined) return true;
  const foreign =
    file.names.qualify(path) !== undefined && charm.pythonFiles(key).every((one) => one === file.path);
  if (foreign) return true;
  return charm
    .parsed(key)
    .filter((other) => !/(^|\/)(tests?|conftest)(\/|\.|_)/.test(other.path))
    .some((source) => uses(source, key).some((node) => mayWrite(source, node)));
}

function uses(source: PythonFile, key: string): PythonNode[] {
  return /^\w+$/.test(key)
    ? source.identifiers(key)
    : source.findWith([key], { rule: { kind: 'string_content', regex: exactly(key) } });
}

function mayWrite(source: PythonFile, node: PythonNode, follow = true): boolean {
  const statement = statementOf(node);
  const inside = node.ancestors();
  const until = inside.findIndex((one) => one.id() === statement.id());
  const calls = inside.slice(0, until + 1).filter((one) => one.kind() === 'call');
  if (calls.some((call) => !READS.has(lastPart(field(call, 'function').text())))) return true;
  const assignment = statement.child(0);
  const name =
    assignment?.kind() === 'assignment' ? assignment.field('left')?.text().split('.').at(-1) : undefined;
  if (!follow || name === undefined || assignment?.field('left')?.text() === node.text()) return false;
  return uses(source, name).some((one) => mayWrite(source, one, false));
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
