// Bundles the script and the style of the HTML report: the page's own code, diff2html and highlight.js.
// They are development dependencies, because they weigh 10 MB installed and 100 kB bundled.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

const NOTICE = `/*! diff2html (MIT, Rodrigo Fernandes), highlight.js (BSD-3-Clause, Ivan Sagalaev), Hogan.js (Apache-2.0, Twitter) */`;

/** @returns {Promise<{ script: string, style: string }>} */
export async function bundleReport() {
  const common = { bundle: true, minify: true, write: false, target: 'es2022', legalComments: 'none' };
  const script = await build({
    ...common,
    entryPoints: [join(root, 'runner/report/page/main.ts')],
    format: 'iife',
    tsconfig: join(root, 'runner/report/page/tsconfig.json'),
    banner: { js: NOTICE },
  });
  const diffs = readFileSync(require.resolve('diff2html/bundles/css/diff2html.min.css'), 'utf8');
  const own = readFileSync(join(root, 'runner/report/page/page.css'), 'utf8');
  const style = await build({ ...common, stdin: { contents: `${diffs}\n${own}`, loader: 'css' } });
  // Inside <script> and <style> nothing may end the element.
  return {
    script: script.outputFiles[0].text.replace(/<(?=\/|!--)/g, '\\x3c'),
    style: style.outputFiles[0].text.replaceAll('</', '\\3c/'),
  };
}
