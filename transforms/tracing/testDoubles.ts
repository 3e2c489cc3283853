/**
 * Test doubles of the old getters: `X.otlp_http_endpoint.return_value = …`, `patch.object(…, "otlp_http_endpoint")`,
 * `Mock(otlp_http_endpoint=…)`. They follow the getters, or the tests would patch what nothing calls.
 */
import type { Charm } from '../kit/charm.js';
import type { Range } from '../kit/edits.js';
import type { PythonNode } from '../kit/languages.js';
import { argument, callArguments } from '../kit/python/calls.js';
import { type PythonFile, rangeOf } from '../kit/python/file.js';
import { field, hasKind, parentOf, textOf } from '../kit/python/nodes.js';
import { findRequirer, isRequirerClass } from './requirers.js';

export interface TestDouble {
  readonly file: PythonFile;
  readonly node: PythonNode;
  /** The getter that it stands for. */
  readonly getter: string;
  /** A method of the real class or of a real requirer is patched: its other methods stay real. */
  readonly real: boolean;
  /** What makes it a double of `get_endpoint`; undefined when a person has to. */
  readonly edits: readonly { readonly range: Range; readonly text: string }[] | undefined;
}

const REPLACEMENT = 'get_endpoint';
const MOCK_MEMBERS =
  /^(return_value|side_effect|called|call_count|reset_mock|assert_(called|called_once|not_called|called_with|called_once_with|any_call))$/;
const TAKES_ARGUMENTS = /^assert_(called_with|called_once_with|any_call)$/;
const MOCKS = /(^|\.)(Mock|MagicMock|NonCallableMock|NonCallableMagicMock|create_autospec)$/;
const PATCHERS = /(^|\.)(patch|patch\.object|patch\.multiple|setattr|delattr|getattr|hasattr)$/;

/** Doubles of getters in one file. */
export function testDoubles(
  charm: Charm,
  file: PythonFile,
  protocols: Readonly<Record<string, string>>,
): TestDouble[] {
  const names = Object.keys(protocols).join('|');
  const attributes = file
    .find({ rule: { kind: 'attribute', has: { field: 'attribute', regex: `^(${names})$` } } })
    .flatMap((node) => mockedAttribute(file, node, protocols) ?? []);
  const keywords = file
    .find({ rule: { kind: 'keyword_argument', has: { field: 'name', regex: `^(${names})$` } } })
    .flatMap((node) => mockKeyword(file, node) ?? []);
  const strings = file
    .find({ rule: { kind: 'string_content', regex: `^(.*\\.)?(${names})(\\..*)?$` } })
    .flatMap((node) => patchedName(charm, file, node, names) ?? []);
  return [...attributes, ...keywords, ...strings];
}

/** Whether an attribute is only touched to configure or question a mock. */
export function isMocked(node: PythonNode): boolean {
  const parent = node.parent();
  if (parent?.kind() === 'assignment') return parent.field('left')?.id() === node.id();
  return parent?.kind() === 'attribute' && MOCK_MEMBERS.test(field(parent, 'attribute').text());
}

function mockedAttribute(
  file: PythonFile,
  node: PythonNode,
  protocols: Readonly<Record<string, string>>,
): TestDouble | undefined {
  const name = field(node, 'attribute');
  if (!isMocked(node)) return undefined;
  const getter = name.text();
  const parent = node.parent();
  const member = textOf(parent?.field('attribute'));
  const double = { file, node, getter, real: false };
  const rename = { range: rangeOf(name), text: REPLACEMENT };
  const holder = parent?.parent();
  if (parent?.kind() === 'assignment') {
    const value = parent.field('right');
    return { ...double, edits: value && isMock(value) ? [rename] : undefined };
  }
  if (TAKES_ARGUMENTS.test(member)) {
    const args = holder?.kind() === 'call' ? callArguments(holder) : undefined;
    if (!args) return { ...double, edits: undefined };
    const text = `"${protocols[getter]}"${args.list.namedChildren().length > 0 ? ', ' : ''}`;
    const at = rangeOf(args.list).start + 1;
    return { ...double, edits: [rename, { range: { start: at, end: at }, text }] };
  }
  // A function as side effect takes the getter's arguments, and get_endpoint has one more.
  const effect = member === 'side_effect' && !hasKind(holder?.field('right'), /^(list|tuple|call|none)$/);
  return { ...double, edits: effect ? undefined : [rename] };
}

function mockKeyword(file: PythonFile, node: PythonNode): TestDouble | undefined {
  if (!MOCKS.test(textOf(node.parent()?.parent()?.field('function')))) return undefined;
  const name = field(node, 'name');
  const edits = isMock(field(node, 'value')) ? [{ range: rangeOf(name), text: REPLACEMENT }] : undefined;
  return { file, node, getter: name.text(), real: false, edits };
}

function patchedName(
  charm: Charm,
  file: PythonFile,
  content: PythonNode,
  names: string,
): TestDouble | undefined {
  const node = parentOf(content);
  const value = content.text();
  const getter = value.replace(new RegExp(`^(?:.*\\.)?(${names})(?:\\..*)?$`, 's'), '$1');
  const double = { file, node, getter, real: true };
  const call = node.ancestors().find((one) => one.kind() === 'call' || /statement$/.test(one.kind()));
  const callee = textOf(call?.field('function'));
  const { end } = rangeOf(content);
  const range = { start: end - getter.length, end };
  const dotted = value.endsWith(`.TracingEndpointRequirer.${getter}`);
  if (!call || !(PATCHERS.test(callee) || MOCKS.test(callee))) {
    return dotted ? { ...double, edits: undefined } : undefined;
  }
  const target = value === getter ? argument(call, 'target', 0)?.value : undefined;
  const known = dotted || (target !== undefined && isRequirer(charm, file, target));
  return {
    ...double,
    edits: known && keepsArguments(call, callee) ? [{ range, text: REPLACEMENT }] : undefined,
  };
}

function isRequirer(charm: Charm, file: PythonFile, node: PythonNode): boolean {
  return isRequirerClass(file, node) || findRequirer(charm, file, node) !== undefined;
}

/** What is put in place is a mock, which takes any argument: not a function, and not a property. */
function keepsArguments(call: PythonNode, callee: string): boolean {
  if (!/patch(\.object)?$/.test(callee)) return false;
  const replacement = argument(call, 'new', callee.endsWith('object') ? 2 : 1);
  return (!replacement || isMock(replacement.value)) && !argument(call, 'new_callable');
}

function isMock(node: PythonNode): boolean {
  return node.kind() === 'call' && MOCKS.test(field(node, 'function').text());
}
