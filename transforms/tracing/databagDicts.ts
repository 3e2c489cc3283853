/** Provider databags written as dicts: `{"host": …, "ingesters": …}` to `{"receivers": …}`. */
import { must } from '../kit/must.js';
import { rangeOf } from '../kit/python/file.js';
import { type Literal, literalValue } from '../kit/python/literals.js';
import { field } from '../kit/python/nodes.js';
import { replaceReflowed } from '../kit/python/reflow.js';
import { stringLiteral, stringValue } from '../kit/python/strings.js';
import { flat, type Piece } from '../kit/python/wrap.js';
import type { FileContext, PythonNode } from '../kit/transform.js';
import { convertReceivers, type NewReceiver, type Outcome, SHAPE } from './receivers.js';

type Target = Pick<FileContext, 'text' | 'layout' | 'edit' | 'path'>;
const KNOWN = new Set(['host', 'ingesters', 'receivers', 'external_url', 'internal_scheme']);

/** Converts those in the old format. @param dicts with a key `host` and one of `ingesters`, `receivers` */
export function providerDicts(file: Target, dicts: readonly PythonNode[]): Outcome[] {
  return dicts.flatMap((dict): Outcome[] => {
    const group = `${file.path}:${rangeOf(dict).start}`;
    const pairs = dict.namedChildren();
    const byKey = new Map(pairs.map((pair) => [stringValue(pair.field('key')), pair]));
    const list = must(byKey.get('ingesters') ?? byKey.get('receivers'), 'list of receivers');
    const value = field(list, 'value');
    // Present but computed is false, which is no address; absent is null.
    const read = (key: string) => {
      const found = byKey.get(key)?.field('value');
      const decoded = found ? decode(found) : null;
      return decoded === undefined ? false : decoded;
    };
    const receivers = decode(value);
    // The new format, with something else that is called host.
    if (Array.isArray(receivers) && receivers.some((one: Literal) => JSON.stringify(one).includes('"url"')))
      return [];
    const converted = convertReceivers({
      host: read('host'),
      external_url: read('external_url'),
      internal_scheme: read('internal_scheme'),
      receivers,
    });
    const plain =
      pairs.length === byKey.size && [...byKey.keys()].every((key) => key !== undefined && KNOWN.has(key));
    if (!converted || !plain) {
      // Other things have hosts and receivers too; only ingesters with a port are surely ours.
      if (!byKey.has('ingesters') && !/protocol["']?\s*:/.test(dict.text())) return [];
      return [
        {
          kind: 'refused',
          at: dict,
          group,
          message:
            "a provider's databag in the old format, which the coordinator library cannot read, is computed, or has other keys or comments in it",
          help: SHAPE,
        },
      ];
    }
    write(file, dict, list, value, converted.receivers, group);
    const endpoints = byKey.has('ingesters') ? converted.endpoints : [];
    return [{ kind: 'converted', at: dict, group, gone: converted.gone, endpoints }];
  });
}

/** What a databag value says: JSON in a string, a plain string, or `json.dumps(literal)`. */
function decode(value: PythonNode): Literal | undefined {
  if (value.kind() === 'call') {
    const [dumped, ...more] = field(value, 'arguments').namedChildren();
    const dumps = value.field('function')?.text() === 'json.dumps' && more.length === 0;
    return dumped && dumps ? literalValue(dumped) : undefined;
  }
  const text = stringValue(value);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Literal;
  } catch {
    return text;
  }
}

function write(
  file: Target,
  dict: PythonNode,
  list: PythonNode,
  value: PythonNode,
  receivers: readonly NewReceiver[],
  group: string,
): void {
  const key = field(list, 'key').text().replace('ingesters', 'receivers');
  const quote = stringLiteral(value)?.quote;
  const quoted = quote?.length === 3 || receivers.length === 0 ? quote : "'";
  const json: Piece = { open: '[', items: receivers.map(receiverPiece), close: ']' };
  const fresh: Piece =
    quote === undefined
      ? { open: `${key}: json.dumps(`, items: [json], close: ')' }
      : `${key}: ${quoted}${flat(json)}${quoted}`;
  if (dict.range().start.line === dict.range().end.line) {
    replaceReflowed(file, dict, { open: '{', items: [fresh], close: '}' }, group);
    return;
  }
  replaceReflowed(file, list, fresh, group);
  const pairs = dict.namedChildren();
  const kept = pairs.findIndex((pair) => pair.id() === list.id());
  const ranges = pairs.map(rangeOf);
  for (const [index, { start, end }] of ranges.entries()) {
    if (index < kept) file.edit.remove({ start, end: must(ranges[index + 1], 'pair').start }, group);
    if (index > kept) file.edit.remove({ start: must(ranges[index - 1], 'pair').end, end }, group);
  }
}

function receiverPiece({ name, type, url }: NewReceiver): Piece {
  const protocol = { open: '"protocol": {', items: [`"name": "${name}"`, `"type": "${type}"`], close: '}' };
  return { open: '{', items: [protocol, `"url": "${url}"`], close: '}' };
}
