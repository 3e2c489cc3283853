/** Script and style of the HTML report, made by the build next to this module. */
import { readFileSync } from 'node:fs';
import type { HtmlAssets } from './html.js';

/** Reads them; only when a report is asked for, because they are a hundred kilobytes. */
export function loadHtmlAssets(): HtmlAssets {
  const assets: HtmlAssets = JSON.parse(readFileSync(new URL('./html-assets.json', import.meta.url), 'utf8'));
  return assets;
}
