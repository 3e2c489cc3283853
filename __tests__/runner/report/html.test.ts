import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type HtmlAssets, renderHtml } from '../../../runner/report/html.js';
import { pageData } from '../../../runner/report/html-data.js';
import type { RunOutcome } from '../../../runner/result.js';
import { chromiumPath, launch } from './browser.js';
import { charmFiles, hostileOutcome, outcomeOf } from './sample.js';

let assets: HtmlAssets;
beforeAll(async () => {
  const { bundleReport }: { bundleReport(): Promise<HtmlAssets> } = await import(
    // A build script in plain JavaScript.
    String(new URL('../../../scripts/bundle-report.mjs', import.meta.url))
  );
  assets = await bundleReport();
});

const one = outcomeOf([{ name: 'cats', files: charmFiles() }]);

function manyCharms(): RunOutcome {
  const roots = Array.from({ length: 100 }, (_, index) => `charms/c${String(index).padStart(2, '0')}`);
  const outcome = outcomeOf(
    roots.map((root) => ({ root, name: `${root.slice(7)}-k8s`, files: charmFiles(root) })),
  );
  const charms = outcome.charms.map((charm, index) =>
    index === 42 ? { ...charm, failed: 'metadata.yaml: permission denied', files: [], findings: [] } : charm,
  );
  return { ...outcome, charms };
}

describe('html', () => {
  it('is one page without a network, and hostile content cannot end its elements', () => {
    const text = renderHtml(hostileOutcome(), { assets, version: '1.2.3', title: '</title><script>x' });
    expect(text.match(/<script/g)).toHaveLength(2);
    expect(text.match(/<\/script>/g)).toHaveLength(2);
    expect(text).toContain("default-src 'none'");
    expect(text).not.toMatch(/<(link|img|iframe)\b/);
    expect(text.replace(assets.script, '')).not.toMatch(/(src|href)="http/);
  });

  it('keeps ticks of a finding from run to run', () => {
    const keys = (outcome: RunOutcome) =>
      pageData(outcome, { version: '1' }).charms.flatMap((charm) =>
        charm.findings.map((finding) => finding.key),
      );
    expect(keys(one)).toEqual(keys(outcomeOf([{ files: charmFiles() }])));
    expect(new Set(keys(manyCharms())).size).toBe(198);
  });

  it('does not carry long deletions', () => {
    const files = { ...charmFiles(), 'lib/charms/tempo_k8s/v2/tracing.py': 'x = 1\n'.repeat(500) };
    const page = pageData(outcomeOf([{ files }]), { version: '1' });
    expect(page.charms[0]?.files[0]).toMatchObject({ status: 'deleted', removed: 500, hunks: null });
  });
});

if (chromiumPath === undefined) {
  console.warn(
    'SKIPPED: the HTML report in a browser, because there is no chromium (apt-get install chromium)',
  );
}

(chromiumPath === undefined ? describe.skip : describe)('html in a browser', () => {
  let browser: Browser;
  let folder: string;
  let context: BrowserContext;
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
    folder = mkdtempSync(join(tmpdir(), 'report-'));
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(outcome: RunOutcome): Promise<Page> {
    const file = join(folder, 'report.html');
    writeFileSync(file, renderHtml(outcome, { assets, version: '1.2.3' }));
    const page = await context.newPage();
    problems.length = 0;
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) problems.push(`network: ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  async function violations(page: Page): Promise<unknown[]> {
    await page.evaluate(axe.source);
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
      const result = await axe.run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
      });
      return result.violations.map((one) => ({
        id: one.id,
        nodes: one.nodes.slice(0, 3).map((node) => node.html),
      }));
    });
  }

  it('shows one charm open, with diffs, makers and findings', async () => {
    const page = await open(one);
    await page.locator('.diff table').first().waitFor();
    expect(await page.locator('.file-path').allTextContents()).toEqual([
      'lib/charms/tempo_k8s/v2/tracing.py',
      'src/charm.py',
      'tests/test_charm.py',
    ]);
    const charm = page.locator('details.file').nth(1);
    expect(await charm.locator('.d2h-info .chip').allTextContents()).toEqual([
      'rename-lib-modules',
      'charm-tracing-config ▲',
      'charm-tracing-config ▲',
    ]);
    expect(await charm.locator('.d2h-file-side-diff').count()).toBe(2);
    await page.keyboard.press('v');
    expect(await charm.locator('.d2h-file-side-diff').count()).toBe(0);
    expect(await charm.locator('.finding mark').textContent()).toBe('self.cert_path');
    expect(problems).toEqual([]);
    await page.close();
  }, 30_000);

  it('keeps a tick when the page is opened again', async () => {
    const page = await open(one);
    await page.locator('.tick').first().check();
    expect(await page.locator('.progress').textContent()).toContain('1 of 2 done');
    await page.reload();
    expect(await page.locator('.tick').first().isChecked()).toBe(true);
    expect(await page.locator('.progress').textContent()).toContain('1 of 2 done');
    await page.evaluate('localStorage.clear()');
    await page.close();
  }, 30_000);

  it('works where storage is forbidden', async () => {
    const page = await context.newPage();
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'localStorage', {
        get() {
          throw new Error('forbidden');
        },
      });
    });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(pathToFileURL(join(folder, 'report.html')).href);
    await page.locator('.tick').first().check();
    expect(await page.locator('.progress').textContent()).toContain('1 of 2 done');
    expect(errors).toEqual([]);
    await page.close();
  }, 30_000);

  it('filters, sorts and opens a hundred charms', async () => {
    const page = await open(manyCharms());
    const rows = page.locator('tr.head:not([hidden])');
    expect(await rows.count()).toBe(100);
    expect(await page.locator('.diff table').count()).toBe(0);
    await page.keyboard.press('/');
    await page.keyboard.type('c4 cert-read');
    expect(await rows.count()).toBe(9);
    expect(await page.locator('[role=status]').textContent()).toBe('9 of 100 charms');
    await page.keyboard.press('Escape');
    expect(await rows.count()).toBe(100);
    await page.locator('#state').selectOption('failed');
    expect(await rows.locator('.charm-name').allTextContents()).toEqual(['c42-k8s']);
    await page.locator('#state').selectOption('');
    await page.getByRole('button', { name: 'Charm', exact: true }).click();
    expect(await rows.first().locator('.charm-name').textContent()).toBe('c00-k8s');
    await page.getByRole('button', { name: 'Charm', exact: true }).click();
    expect(await rows.first().locator('.charm-name').textContent()).toBe('c99-k8s');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('tr.body:not([hidden]) .diff table').first().waitFor();
    expect(problems).toEqual([]);
    await page.close();
  }, 30_000);

  it('opens all hundred without drawing what nobody sees', async () => {
    const page = await open(manyCharms());
    await page.keyboard.press('e');
    await page.locator('.diff table').first().waitFor();
    expect(await page.locator('.diff table').count()).toBeLessThan(60);
    await page.close();
  }, 30_000);

  it.each(['light', 'dark'] as const)(
    'passes the accessibility check (%s)',
    async (colorScheme) => {
      const page = await open(one);
      await page.emulateMedia({ colorScheme });
      await page.locator('.diff table').first().waitFor();
      for (const details of await page.locator('details.kind summary').all()) await details.click();
      expect(await violations(page)).toEqual([]);
      await page.close();
    },
    60_000,
  );

  it('hostile names and contents stay text', async () => {
    const page = await open(hostileOutcome());
    await page.locator('.diff table').first().waitFor();
    await page.locator('details.kind summary').click();
    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
    expect(await page.locator('#page img, #page script, #page b:not(.legend b)').count()).toBe(0);
    expect(await page.locator('.charm-name').textContent()).toBe('<b>name</b>');
    expect(await page.locator('.file-path').textContent()).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('a[href^=javascript]').count()).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  }, 30_000);
});
