// A charm in its three states: with the old libraries, after the guide's `sed`, and migrated.

import type { CharmJob, Outcome, Situation } from './run.js';

type Files = CharmJob['files'];

/** The situations of issue 3, in the order of the tables. */
export const SITUATIONS = {
  'no relation': { kind: 'no-relation' },
  'not ready': { kind: 'not-ready' },
  http: { kind: 'http' },
  'http, file there': { kind: 'http', certExists: true },
  'https, no file': { kind: 'https-no-file' },
  'https, file there': { kind: 'https-with-file' },
  follower: { kind: 'follower' },
  'follower, not offered': { kind: 'follower-not-offered' },
} as const satisfies Record<string, Situation>;

/** What became of charm tracing, in a word: the exception, or the endpoint's scheme, `+cert`, and its fate unless sent. */
export function word({ exception, endpoint, cert, export: fate }: Outcome): string {
  if (exception) return exception.type + (exception.phase === 'init' ? '' : `@${exception.phase}`);
  const scheme = endpoint?.includes('://') ? endpoint.split(':')[0] : endpoint && 'grpc';
  const given = `${scheme ?? ''}${cert ? '+cert' : ''}`;
  return [...(given ? [given] : []), ...(fate === 'sent' ? [] : [fate ?? 'untraced'])].join(' ');
}

/** By the name of the situation, so that a difference can be read. */
export function words(outcomes: readonly (Outcome | string)[]): Record<string, string> {
  const names = Object.keys(SITUATIONS);
  return Object.fromEntries(
    outcomes.map((one, index) => [names[index], typeof one === 'string' ? one : word(one)]),
  );
}

/** Without the vendored libraries, which the stubs stand for. */
export function codeOf(files: Files): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('lib/')));
}

/** The guide's `sed`, on the folders that it visits. */
export function guideSed(files: Files): Files {
  const sed = (text: string) => text.replace(/tempo_k8s.v[12]/g, 'tempo_coordinator_k8s.v0');
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, /^(src|tests)\//.test(path) ? sed(text) : text]),
  );
}

/** The vendored LIBPATCHes, and a provider that speaks their language (DOMAIN 2.3). */
export function oldLibraries(files: Files): Pick<Situation, 'libpatch' | 'format'> {
  const libpatch: Record<string, number> = {};
  for (const [path, text] of Object.entries(files)) {
    const module = /^lib\/charms\/(tempo_k8s\/v\d\/\w+)\.py$/.exec(path)?.[1]?.replaceAll('/', '.');
    const patch = /^LIBPATCH = (\d+)$/m.exec(text)?.[1];
    if (module && patch) libpatch[module] = Number(patch);
  }
  const api = /tempo_k8s\.(v\d)\.tracing/.exec(Object.keys(libpatch).join(' '))?.[1];
  const early = (libpatch['tempo_k8s.v2.tracing'] ?? 10) <= 5;
  const format = api === 'v0' || api === 'v1' ? api : early ? 'v2-early' : 'receivers';
  return { libpatch, format };
}
