/** Versions of the tool and of the parsers that it is built on. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/** Version of tempo-codemods. */
export function version(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = versionIn(join(folder, 'package.json'));
    if (found !== undefined) return found;
    if (dirname(folder) === folder) return '0.0.0';
  }
}

/** `0.1.0 (@ast-grep/napi 0.51.2, …, node v20.19.0)` */
export function versionText(): string {
  const engines = ['@ast-grep/napi', '@ast-grep/lang-python'].map(
    (name) => `${name} ${versionIn(require.resolve(`${name}/package.json`)) ?? 'unknown'}`,
  );
  return `${version()} (${[...engines, `node ${process.version}`].join(', ')})`;
}

function versionIn(path: string): string | undefined {
  try {
    const data: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const found = typeof data === 'object' && data !== null && 'version' in data ? data.version : undefined;
    return typeof found === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}
