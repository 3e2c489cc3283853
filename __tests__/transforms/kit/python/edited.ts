/** Runs one edit helper on a source text. */
import { applyEdits, type Edit, type Range } from '../../../../transforms/kit/edits.js';
import { layoutOf } from '../../../../transforms/kit/layout.js';
import { PythonFile, rangeOf } from '../../../../transforms/kit/python/file.js';
import type { FileContext, PythonNode } from '../../../../transforms/kit/transform.js';

export type Target = Pick<FileContext, 'text' | 'layout' | 'edit' | 'python'>;

export function edited(source: string, act: (file: Target) => void, lineLength = 40): string {
  const edits: Edit[] = [];
  const range = (at: PythonNode | Range) => ('kind' in at ? rangeOf(at) : at);
  const add = (at: Range, text: string) => edits.push({ start: at.start, end: at.end, text, group: 'g' });
  act({
    text: source,
    python: new PythonFile('a.py', source),
    layout: layoutOf(source, lineLength),
    edit: {
      replace: (at, text) => add(range(at), text),
      insert: (offset, text) => add({ start: offset, end: offset }, text),
      remove: (at) => add(range(at), ''),
    },
  });
  return applyEdits(source, edits);
}
