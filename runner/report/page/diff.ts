/** One file's diff, drawn by diff2html when it comes into view. */

import type { DiffFile, DiffLine, LineType } from 'diff2html/lib-esm/types.js';
import { Diff2HtmlUI } from 'diff2html/lib-esm/ui/js/diff2html-ui-base.js';
import hljs from 'highlight.js/lib/core';
import ini from 'highlight.js/lib/languages/ini';
import plaintext from 'highlight.js/lib/languages/plaintext';
import python from 'highlight.js/lib/languages/python';
import yaml from 'highlight.js/lib/languages/yaml';
import type { PageFile, PageHunk } from './data.js';
import { h } from './dom.js';
import { view } from './state.js';

hljs.registerLanguage('python', python);
hljs.registerLanguage('yaml', yaml);
hljs.registerLanguage('ini', ini);
hljs.registerLanguage('plaintext', plaintext);

const LANGUAGES: Readonly<Record<string, string>> = {
  py: 'py',
  pyi: 'py',
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
  ini: 'ini',
  cfg: 'ini',
};

/** Draws the diff into an element, in the view that is chosen. */
export function drawDiff(target: HTMLElement, file: PageFile, reviews: ReadonlySet<string>): void {
  const split = view.get() === 'split' && file.status === 'modified';
  // The parsed form, not the text: a line such as `--- a` in a file must not be read as a header.
  const ui = new Diff2HtmlUI(
    target,
    [diffFile(file)],
    {
      outputFormat: split ? 'side-by-side' : 'line-by-line',
      drawFileList: false,
      matching: 'lines',
      diffStyle: 'word',
      fileContentToggle: false,
      stickyFileHeaders: false,
      fileListToggle: false,
      synchronisedScroll: true,
      highlight: true,
    },
    hljs,
  );
  ui.draw();
  for (const table of target.querySelectorAll('table')) table.setAttribute('role', 'presentation');
  const regions = target.querySelectorAll('.d2h-file-side-diff, .d2h-file-diff');
  for (const [index, region] of regions.entries()) {
    region.setAttribute('tabindex', '0');
    region.setAttribute('role', 'group');
    const side = split ? (index === 0 ? ', before' : ', after') : '';
    region.setAttribute('aria-label', `Diff of ${file.path}${side}`);
  }
  const headings = [...target.querySelectorAll('td.d2h-info > div')];
  const first = split ? headings.slice(0, headings.length / 2) : headings;
  for (const [index, heading] of first.entries()) {
    const hunk = file.hunks?.[index];
    if (hunk) heading.append(...makers(hunk, reviews));
  }
}

function makers(hunk: PageHunk, reviews: ReadonlySet<string>): HTMLElement[] {
  return hunk.makers.map((id) =>
    reviews.has(id)
      ? h('span', { class: 'chip chip-review', title: 'Changes behaviour on purpose: review' }, `${id} ▲`)
      : h('span', { class: 'chip' }, id),
  );
}

function diffFile(file: PageFile): DiffFile {
  const extension = file.path.slice(file.path.lastIndexOf('.') + 1).toLowerCase();
  return {
    oldName: file.path,
    newName: file.path,
    addedLines: file.added,
    deletedLines: file.removed,
    isCombined: false,
    isGitDiff: true,
    language: LANGUAGES[extension] ?? 'plaintext',
    blocks: (file.hunks ?? []).map((hunk) => ({
      oldStartLine: hunk.oldStart,
      newStartLine: hunk.newStart,
      header: `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
      lines: numbered(hunk),
    })),
  };
}

function numbered(hunk: PageHunk): DiffLine[] {
  let old = hunk.oldStart;
  let fresh = hunk.newStart;
  return hunk.lines.map((content): DiffLine => {
    if (content[0] === '+') {
      fresh += 1;
      return { type: 'insert' as LineType.INSERT, content, oldNumber: undefined, newNumber: fresh - 1 };
    }
    old += 1;
    if (content[0] === '-') {
      return { type: 'delete' as LineType.DELETE, content, oldNumber: old - 1, newNumber: undefined };
    }
    fresh += 1;
    return { type: 'context' as LineType.CONTEXT, content, oldNumber: old - 1, newNumber: fresh - 1 };
  });
}
