/** `tempo-codemods explain NAME`: the page of a transform or a finding. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CommandModule } from 'yargs';
import { UsageError } from '../errors.js';
import { unknownName } from '../nearest.js';

export function explainCommand(
  done: (code: number) => void,
): CommandModule<unknown, { name: string | undefined }> {
  return {
    command: 'explain <name>',
    describe: 'What a transform does, or what a finding means',
    builder: (parser) =>
      parser.positional('name', {
        type: 'string',
        describe: 'A transform (rename-lib-modules), your own (./mine.ts), or a finding (verify/residue)',
      }),
    handler: async ({ name = '' }) => {
      process.stdout.write(await explain(name));
      done(0);
    },
  };
}

async function explain(name: string): Promise<string> {
  const [{ transforms }, { isTransformFile }] = await Promise.all([
    import('../../transforms/index.js'),
    import('../select.js'),
  ]);
  if (Object.hasOwn(transforms, name)) return page(name);
  const { findingSection } = await import('../docs.js');
  const { OWN_FINDINGS } = await import('../ownFindings.js');
  const [id = '', reason] = name.split('/');
  if (reason !== undefined) {
    if (Object.hasOwn(OWN_FINDINGS, name)) return findingSection(page('README'), name) ?? '';
    const transform = Object.hasOwn(transforms, id) ? transforms[id] : undefined;
    if (transform) {
      const found = findingSection(page(id), reason);
      if (found !== undefined) return found;
      throw new UsageError(unknownName(`finding of '${id}'`, reason, Object.keys(transform.findings)));
    }
  }
  if (isTransformFile(name) && existsSync(resolve(name))) return customPage(name);
  const known = [...Object.keys(transforms), ...Object.keys(OWN_FINDINGS)];
  throw new UsageError(unknownName('transform or finding', name, known));
}

async function customPage(path: string): Promise<string> {
  const { loadTransforms } = await import('../load.js');
  const { transformPage } = await import('../docs.js');
  const { readHeader } = await import('../header.js');
  const header = readHeader(readFileSync(resolve(path), 'utf8'));
  const loaded = await loadTransforms(path);
  return loaded.map(({ transform }) => transformPage(transform, header)).join('\n');
}

/** Shipped with the package. */
function page(name: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'docs', 'transforms', `${name}.md`);
    if (existsSync(file)) return readFileSync(file, 'utf8');
    if (dirname(folder) === folder)
      throw new Error(`docs/transforms/${name}.md is missing: reinstall the package`);
  }
}
