// Builds dist/ before the tests when a source is newer than the last build: command line tests run what is shipped.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export default function build() {
  const sources = ['runner', 'transforms', 'scripts'].map((folder) => newest(join(root, folder)));
  const built = newest(join(root, 'dist'));
  if (built > Math.max(...sources, statSync(join(root, 'package.json')).mtimeMs)) return;
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { stdio: 'inherit' });
}

/** The latest change in a folder, in milliseconds; 0 when it is not there. */
function newest(folder) {
  let found = 0;
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (entry.isFile()) found = Math.max(found, statSync(join(entry.parentPath, entry.name)).mtimeMs);
    }
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return found;
}
