/** The pins of `charm-libs:` follow the libraries that a run will copy: what `--libs-from` holds. */
import type { ConfiguredTransform } from '../transforms/kit/apply.js';
import { type LibrarySource, libraryFrom } from './libs.js';

/** The modules that charm-libs may pin, by the name that its option gives them. */
const PINNED = ['charm_tracing', 'tracing'] as const;

/**
 * Fills the option `patches` of `charm-libs` from a folder of libraries; what the user set stays.
 *
 * @param libids the LIBID that a copy must have, by module
 */
export async function withPins(
  configured: readonly ConfiguredTransform[],
  source: LibrarySource,
  libids: Readonly<Record<string, string>>,
): Promise<readonly ConfiguredTransform[]> {
  if (source.kind !== 'folder') return configured;
  const found = await Promise.all(
    PINNED.map(async (name) => {
      const module = `charms.tempo_coordinator_k8s.v0.${name}`;
      const library = await libraryFrom(source.folder, module, libids[module]);
      const patch = 'text' in library ? /^LIBPATCH\s*=\s*(\d+)/m.exec(library.text)?.[1] : undefined;
      return patch === undefined ? [] : [`${name}=${patch}`];
    }),
  );
  const patches = found.flat().join(',');
  return configured.map((one) =>
    one.transform.id === 'charm-libs' && one.options.patches === ''
      ? { ...one, options: { ...one.options, patches } }
      : one,
  );
}
