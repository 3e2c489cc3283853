/** What `new` writes: a transform with its header, fixtures and test, which pass as created. */
import type { Safety } from '../transforms/kit/transform.js';

export interface Answers {
  readonly id: string;
  readonly title: string;
  /** Function that is called today, and its new name. */
  readonly from: string;
  readonly to: string;
  readonly safety: Safety;
}

/** Where it is made: by itself, or in this repository, in the folder of a preset. */
export type Place =
  | { readonly kind: 'project'; readonly version: string; readonly manifest: boolean }
  | { readonly kind: 'repository'; readonly preset: string };

/** Texts by path, relative to the project's or the repository's top. */
export function scaffold(answers: Answers, place: Place): Readonly<Record<string, string>> {
  const { id } = answers;
  const fixtures = fixturesOf(answers);
  if (place.kind === 'repository') {
    return {
      [`transforms/${place.preset}/${id}.ts`]: moduleText(answers, '../kit/transform.js'),
      ...fixtures,
      [`__tests__/transforms/${place.preset}/${id}.test.ts`]: repositoryTest(id, place.preset),
    };
  }
  return {
    [`${id}.ts`]: moduleText(answers, 'tempo-codemods'),
    ...fixtures,
    [`${id}.test.js`]: projectTest(id),
    ...(place.manifest ? { 'package.json': manifest(id, place.version), 'tsconfig.json': TSCONFIG } : {}),
  };
}

function moduleText({ id, title, from, to, safety }: Answers, source: string): string {
  return `/**
 * What: ${title}.
 *
 * Why: say where the change is described, and what happens to code that stays as it is.
 *
 *     ${from}(1)  →  ${to}(1)
 *
 * Handles:
 * - calls of \`${from}\` by this very name
 *
 * Refuses:
 * - a call with a comment that the new text would drop: \`comment\`
 *
 * Safety: ${safety}.
 */
import { defineTransform } from '${source}';

export default defineTransform({
  id: ${quoted(id)},
  title: ${quoted(title)},
  safety: '${safety}',
  language: 'python',
  literals: [${quoted(from)}],
  rules: {
    call: {
      rule: { pattern: ${quoted(`${from}($$$ARGUMENTS)`)} },
      fix: ${quoted(`${to}($$$ARGUMENTS)`)},
    },
  },
});
`;
}

function fixturesOf({ id, from, to }: Answers): Record<string, string> {
  const folder = `__testfixtures__/${id}`;
  return {
    [`${folder}/renames-the-call/input.py`]: `value = ${from}(1, key="a")\n`,
    [`${folder}/renames-the-call/output.py`]: `value = ${to}(1, key="a")\n`,
    [`${folder}/leaves-other-names-alone/input.py`]: `# ${from}(1) in a comment\nvalue = other_${from.replaceAll('.', '_')}(1)\n`,
  };
}

function projectTest(id: string): string {
  return `import { join } from 'node:path';
import { loadTransforms } from 'tempo-codemods';
import { defineTransformTest } from 'tempo-codemods/testing';

for (const { transform } of await loadTransforms('${id}.ts', import.meta.dirname)) {
  defineTransformTest(transform, join(import.meta.dirname, '__testfixtures__'));
}
`;
}

function repositoryTest(id: string, preset: string): string {
  return `import { join } from 'node:path';
import { defineTransformTest } from '../../../runner/testing.js';
import transform from '../../../transforms/${preset}/${id}.js';

defineTransformTest(transform, join(import.meta.dirname, '..', '..', '..', '__testfixtures__'));
`;
}

function manifest(id: string, version: string): string {
  const data = {
    name: id,
    version: '0.1.0',
    private: true,
    type: 'module',
    scripts: { test: 'node --test' },
    devDependencies: { 'tempo-codemods': `^${version}` },
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}

/** For editors; nothing is compiled. */
const TSCONFIG = `${JSON.stringify(
  {
    compilerOptions: {
      target: 'es2023',
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      noEmit: true,
    },
  },
  null,
  2,
)}\n`;

/** A string literal in single quotes. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
