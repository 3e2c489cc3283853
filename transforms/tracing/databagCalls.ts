/** Provider databags built with the library: `TracingProviderAppData(host=…, receivers=[Receiver(port=…)])`. */
import { NEW_TRACING, RENAMED_SYMBOLS } from '../facts/libraries.js';
import { SYMBOLS } from '../facts/symbols.js';
import { must } from '../kit/must.js';
import { argument, callArguments } from '../kit/python/calls.js';
import { rangeOf } from '../kit/python/file.js';
import { areSorted, compareNames, itemText, rewriteFromImport } from '../kit/python/importEdits.js';
import type { ImportStatement } from '../kit/python/imports.js';
import { literalValue } from '../kit/python/literals.js';
import { field } from '../kit/python/nodes.js';
import { replaceReflowed } from '../kit/python/reflow.js';
import type { Piece } from '../kit/python/wrap.js';
import type { FileContext, PythonNode } from '../kit/transform.js';
import { type Converted, convertReceivers, type NewReceiver, type Outcome } from './receivers.js';

type Target = Pick<FileContext, 'text' | 'layout' | 'edit' | 'path' | 'python'>;

/** A call of a name of the tracing library. */
export interface LibraryCall {
  readonly call: PythonNode;
  readonly symbol: string;
}

const PROVIDER = 'TracingProviderAppData';
const KEYS: ReadonlySet<string | undefined> = new Set([
  'host',
  'ingesters',
  'receivers',
  'external_url',
  'internal_scheme',
]);
const NEW_SYMBOLS = must(SYMBOLS[NEW_TRACING], 'symbols of the tracing library');

/**
 * Converts those in the old format.
 *
 * @param calls of `TracingProviderAppData`, `Receiver` and `Ingester`
 */
export function providerCalls(file: Target, calls: readonly LibraryCall[]): Outcome[] {
  const items = calls.filter(
    ({ call, symbol }) => symbol === 'Ingester' || (symbol === 'Receiver' && argument(call, 'port')),
  );
  if (items.length === 0) return [];
  const providers = calls
    .filter(({ symbol }) => symbol === PROVIDER)
    .flatMap(({ call }) => {
      const own = items.filter((item) => contains(call, item.call));
      const [first] = own;
      return first ? [{ call, own, first, converted: read(call, own) }] : [];
    });
  const group = `${file.path}:calls`;
  const good = providers.flatMap(({ converted, ...one }) => (converted ? [{ ...one, converted }] : []));
  const imports = planImports(
    file,
    good.flatMap(({ own }) => own),
  );
  const failed = imports
    ? [
        ...providers.filter(({ converted }) => !converted).map(({ call }) => call),
        ...items.map(({ call }) => call).filter((call) => !providers.some((one) => contains(one.call, call))),
      ]
    : items.map(({ call }) => call);
  const refused = failed.map(
    (call): Outcome => ({
      kind: 'refused',
      at: call,
      group,
      message: `${field(call, 'function').text()}(…) is in the old format, which the coordinator library rejects, and was not converted: it is computed, has a comment inside, or is imported together with names that are gone`,
      help: 'Write TracingProviderAppData(receivers=[Receiver(protocol=ProtocolType(name="otlp_http", type="http"), url="http://<host>:4318")]).',
    }),
  );
  if (!imports) return refused;
  for (const { statement, names } of imports.statements) {
    rewriteFromImport(file, statement, statement.module, names, group);
  }
  const done = good.map(({ call, first, converted }): Outcome => {
    write(file, call, converted.receivers, imports.spell(first), group);
    const endpoints = argument(call, 'ingesters') ? converted.endpoints : [];
    return { kind: 'converted', at: call, group, gone: converted.gone, endpoints };
  });
  return [...refused, ...done];
}

function contains(outer: PythonNode, inner: PythonNode): boolean {
  const [a, b] = [rangeOf(outer), rangeOf(inner)];
  return a.start <= b.start && b.end <= a.end;
}

/** The databag that a call describes; undefined when a part is not literal. */
function read(call: PythonNode, items: readonly LibraryCall[]): Converted | undefined {
  const args = callArguments(call);
  const list = (argument(call, 'ingesters') ?? argument(call, 'receivers'))?.value;
  if (!args || args.splat || !args.all.every(({ keyword }) => KEYS.has(keyword))) return undefined;
  if (list?.kind() !== 'list' || call.find({ rule: { kind: 'comment' } })) return undefined;
  // Present but computed is false, which is neither an address nor a port; absent is null.
  const value = (of: PythonNode, keyword: string) => {
    const found = argument(of, keyword)?.value;
    const literal = found ? literalValue(found) : null;
    return literal === undefined ? false : literal;
  };
  const receivers = list.namedChildren().map((child) => {
    const known = items.some((item) => item.call.id() === child.id());
    const keywords = callArguments(child)?.all.map((one) => one.keyword) ?? [];
    const two = keywords.length === 2 && callArguments(child)?.splat === false;
    if (!known || !two) return null;
    return { protocol: value(child, 'protocol'), port: value(child, 'port') };
  });
  return convertReceivers({
    host: value(call, 'host'),
    external_url: value(call, 'external_url'),
    internal_scheme: value(call, 'internal_scheme'),
    receivers,
  });
}

/** How the two classes are spelled in one place. */
interface Spelling {
  readonly receiver: string;
  readonly protocolType: string;
  readonly quote: string;
}

interface Imports {
  readonly statements: readonly { readonly statement: ImportStatement; readonly names: readonly string[] }[];
  spell(item: LibraryCall): Spelling;
}

/** What has to be imported; undefined when the imports cannot be changed safely. */
function planImports(file: Target, items: readonly LibraryCall[]): Imports | undefined {
  const callees = new Set(items.map(({ call }) => field(call, 'function').text()));
  const plain = [...callees].filter((callee) => !callee.includes('.'));
  const hosts = file.python.imports.filter(
    (statement) => statement.kind === 'from' && statement.names.some(({ local }) => plain.includes(local)),
  );
  // A use of Ingester that is not one of the calls would be left without its import.
  const uses = plain.flatMap((name) =>
    file.python.names.occurrences(name).filter(({ role }) => role === 'read'),
  );
  const gone = hosts.some(({ names }) => names.some(({ name }) => name === 'Ingester'));
  if (gone && uses.length > items.length) return undefined;
  const known = hosts.flatMap(({ names }) => names).find(({ name }) => name === 'ProtocolType')?.local;
  const statements = hosts.map((statement, index) => {
    const old = statement.names.map(itemText);
    const sorted = areSorted(old);
    const names = [
      ...new Set([
        ...statement.names.map(({ name, alias }) =>
          itemText({ name: name === 'Ingester' ? 'Receiver' : name, alias }),
        ),
        ...(known === undefined && index === 0 ? ['ProtocolType'] : []),
      ]),
    ];
    return { statement, names: sorted ? names.sort(compareNames) : names };
  });
  const survives = ({ statement, names }: (typeof statements)[number]) =>
    !statement.commented &&
    names.every((item) => {
      const name = item.replace(/ .*/, '');
      return (RENAMED_SYMBOLS[statement.module]?.[name] ?? name) in NEW_SYMBOLS;
    });
  if (!statements.every(survives)) return undefined;
  return {
    statements,
    spell({ call, symbol }) {
      const callee = field(call, 'function').text();
      const prefix = callee.slice(0, callee.lastIndexOf('.') + 1);
      return {
        receiver: symbol === 'Ingester' && callee.endsWith(symbol) ? `${prefix}Receiver` : callee,
        protocolType: prefix === '' ? (known ?? 'ProtocolType') : `${prefix}ProtocolType`,
        quote: call.text().charAt(call.text().search(/["']/)),
      };
    },
  };
}

function write(
  file: Target,
  call: PythonNode,
  receivers: readonly NewReceiver[],
  { receiver, protocolType, quote }: Spelling,
  group: string,
): void {
  const string = (value: string) => `${quote}${value}${quote}`;
  const items = receivers.map(({ name, type, url }): Piece => {
    const of = [`name=${string(name)}`, `type=${string(type)}`];
    return {
      open: `${receiver}(`,
      items: [{ open: `protocol=${protocolType}(`, items: of, close: ')' }, `url=${string(url)}`],
      close: ')',
    };
  });
  const piece: Piece = {
    open: `${field(call, 'function').text()}(`,
    items: [{ open: 'receivers=[', items, close: ']' }],
    close: ')',
  };
  replaceReflowed(file, call, piece, group);
}
