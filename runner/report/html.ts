/**
 * The HTML report: one page that needs nothing else. Its data lies in it as JSON; its script (diff2html and the page's
 * own code, bundled by the build) draws what is opened. A content security policy with the hashes of the script and the
 * style forbids everything else: no network, and no script that a file name or a line of code could smuggle in.
 */
import { createHash } from 'node:crypto';
import type { RunOutcome } from '../result.js';
import { html, jsonInHtml } from './escape.js';
import { pageData } from './html-data.js';
import type { PageOptions } from './page/data.js';

export interface HtmlAssets {
  readonly script: string;
  readonly style: string;
}

export interface HtmlOptions extends PageOptions {
  readonly assets: HtmlAssets;
}

/** The page as text. */
export function renderHtml(outcome: RunOutcome, { assets, ...options }: HtmlOptions): string {
  const data = pageData(outcome, options);
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${hash(assets.script)}`,
    `style-src ${hash(assets.style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${html(data.title)} – tempo-codemods report</title>
<style>${assets.style}</style>
</head>
<body>
<noscript>This report needs JavaScript to draw its diffs. It works without a network.</noscript>
<div id="page"></div>
<script type="application/json" id="data">${jsonInHtml(data)}</script>
<script>${assets.script}</script>
</body>
</html>
`;
}
