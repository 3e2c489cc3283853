/** docs/transforms is what the modules' headers say; `npm run docs` writes it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type FindingExample, findingSection, indexPage, transformPage } from '../../runner/docs.js';
import { readHeader } from '../../runner/header.js';
import { OWN_FINDINGS } from '../../runner/ownFindings.js';
import { applyToCharm, readCase } from '../../runner/testing.js';
import { presets, transforms } from '../../transforms/index.js';
import { DOCS, type Transform } from '../../transforms/kit/transform.js';

const root = join(import.meta.dirname, '..', '..');
const docs = join(root, 'docs', 'transforms');

function moduleOf(id: string): string {
  const folders = readdirSync(join(root, 'transforms'), { withFileTypes: true });
  const found = folders
    .map((folder) => join(root, 'transforms', folder.name, `${id}.ts`))
    .filter((path) => existsSync(path));
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

/** The first finding of each reason that the fixtures give: alone, else behind the steps in front of it. */
function examplesOf(transform: Transform): Record<string, FindingExample> {
  const steps = Object.values(presets).find(({ steps: all }) =>
    all.some((one) => one.transform === transform),
  )?.steps;
  const before = (steps ?? []).map((step) => step.transform);
  const examples: Record<string, FindingExample> = {};
  const folder = join(root, '__testfixtures__', transform.id);
  for (const list of [[transform], before.slice(0, before.indexOf(transform) + 1)]) {
    for (const name of readdirSync(folder).sort()) {
      if (Object.keys(transform.findings).every((reason) => reason in examples)) return examples;
      for (const { id, message, help } of applyToCharm(readCase(join(folder, name), 'input'), list).result
        .findings) {
        const [owner, reason = ''] = id.split('/');
        if (owner === transform.id) examples[reason] ??= { message, help };
      }
    }
  }
  return examples;
}

function pageOf(transform: Transform): string {
  return transformPage(
    transform,
    readHeader(readFileSync(moduleOf(transform.id), 'utf8')),
    examplesOf(transform),
  );
}

function compare(name: string, text: string): void {
  const path = join(docs, name);
  if (process.env.UPDATE_DOCS) {
    mkdirSync(docs, { recursive: true });
    writeFileSync(path, text);
  }
  const written = existsSync(path) ? readFileSync(path, 'utf8') : '';
  // A message of its own: "run npm run docs" is what the reader needs.
  if (written !== text)
    throw new Error(`docs/transforms/${name} is stale: run 'npm run docs' and commit the result`);
}

describe('docs/transforms', () => {
  it.each(Object.values(transforms).map((one) => [one.id, one] as const))('%s', (id, transform) => {
    compare(`${id}.md`, pageOf(transform));
  });

  it('has an index', () => compare('README.md', indexPage()));

  it('has no page of a transform that is gone', () => {
    const known = ['README.md', ...Object.keys(transforms).map((id) => `${id}.md`)];
    const stale = readdirSync(docs).filter((name) => !known.includes(name));
    if (process.env.UPDATE_DOCS) for (const name of stale) rmSync(join(docs, name));
    else expect(stale).toEqual([]);
  });

  it.each(Object.values(transforms).map((one) => [one.id, one] as const))('%s has every section', (id) => {
    const header = readHeader(readFileSync(moduleOf(id), 'utf8'));
    const missing = Object.entries(header).filter(([, text]) => text === '');
    expect(missing.map(([name]) => name)).toEqual([]);
  });

  it('has a heading where the link of every finding leads', () => {
    for (const { id, findings, docs: page } of Object.values(transforms)) {
      const text = readFileSync(join(docs, `${id}.md`), 'utf8');
      expect(page).toBeUndefined();
      for (const reason of Object.keys(findings)) expect(findingSection(text, reason)).toBeDefined();
    }
    expect(DOCS).toMatch(/\/docs\/transforms$/);
  });

  it('knows every finding of the runner', () => {
    const used = new Set<string>();
    for (const folder of ['runner', 'transforms']) {
      for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
        if (!entry.name.endsWith('.ts') || entry.name === 'ownFindings.ts') continue;
        const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
        for (const [, id = ''] of text.matchAll(/'((?:read|verify|write)\/[a-z0-9-]*[a-z0-9])'/g))
          used.add(id);
      }
    }
    const pipeline = readFileSync(join(root, 'transforms', 'kit', 'apply.ts'), 'utf8');
    const help = /const VETO_HELP[^{]*\{([\s\S]*?)\n\};/.exec(pipeline)?.[1] ?? '';
    for (const [, reason = ''] of help.matchAll(/^ {2}'?([a-z-]+)'?:/gm)) used.add(`verify/${reason}`);
    expect([...used].sort()).toEqual(Object.keys(OWN_FINDINGS).sort());
  });
});
