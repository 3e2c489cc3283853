/** Receivers of a provider's databag, old and new: which protocols, at which address. Source: DOMAIN 2.3. */
import { PROTOCOLS, REMOVED_PROTOCOLS, RENAMED_PROTOCOLS } from '../facts/protocols.js';
import type { Range } from '../kit/edits.js';
import type { Literal } from '../kit/python/literals.js';
import type { PythonNode } from '../kit/transform.js';

/** One receiver in the coordinator's format. */
export interface NewReceiver {
  readonly name: string;
  readonly type: 'http' | 'grpc';
  readonly url: string;
}

/** What the old formats say beside the receivers. */
export interface OldProvider {
  readonly host: Literal | undefined;
  readonly external_url?: Literal | undefined;
  readonly internal_scheme?: Literal | undefined;
  readonly receivers: Literal | undefined;
}

export interface Converted {
  readonly receivers: readonly NewReceiver[];
  /** Protocols that the coordinator does not offer. */
  readonly gone: readonly string[];
  /** Addresses that had no scheme before v2 of the library. */
  readonly endpoints: readonly { readonly plain: string; readonly url: string }[];
}

/** What became of one databag. */
export type Outcome =
  | {
      readonly kind: 'converted';
      readonly at: PythonNode | Range;
      readonly group: string;
      readonly gone: readonly string[];
      readonly endpoints: Converted['endpoints'];
    }
  | {
      readonly kind: 'refused';
      readonly at: PythonNode | Range;
      readonly group: string;
      readonly message: string;
      readonly help: string;
    };

export const SHAPE =
  'Write receivers=[{"protocol": {"name": "otlp_http", "type": "http"}, "url": "http://<host>:4318"}] instead of host and ports.';

/** The new receivers, with the urls that the old library would have built; undefined when a part is not as expected. */
export function convertReceivers(old: OldProvider): Converted | undefined {
  const { host, external_url: external = null, internal_scheme: scheme = null, receivers } = old;
  if (typeof host !== 'string' || !Array.isArray(receivers)) return undefined;
  const base = external ?? `${scheme ?? 'http'}://${host}`;
  if (typeof base !== 'string' || !/^[a-z]+:\/\/[^\s'"\\]+$/.test(base)) return undefined;
  const read = (receivers as readonly Literal[]).map((one): NewReceiver | { gone: string } | undefined => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return undefined;
    const { protocol, port, ...more } = one as Readonly<Record<string, Literal>>;
    if (typeof protocol !== 'string' || typeof port !== 'number' || Object.keys(more).length > 0)
      return undefined;
    if (protocol in REMOVED_PROTOCOLS) return { gone: protocol };
    const name = RENAMED_PROTOCOLS[protocol] ?? protocol;
    if (!PROTOCOLS.has(name)) return undefined;
    const url = `${base}:${port}`;
    return name.endsWith('grpc')
      ? { name, type: 'grpc', url: url.slice(url.indexOf('://') + '://'.length) }
      : { name, type: 'http', url };
  });
  if (read.includes(undefined)) return undefined;
  const known = read.flatMap((one) => (one === undefined || 'gone' in one ? [] : [one]));
  return {
    receivers: known,
    gone: read.flatMap((one) => (one !== undefined && 'gone' in one ? [one.gone] : [])),
    endpoints: known
      .filter((one) => one.type === 'http')
      .map(({ url }) => ({ plain: url.slice(url.indexOf('://') + '://'.length), url })),
  };
}
