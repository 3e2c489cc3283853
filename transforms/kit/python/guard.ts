/** Putting a statement under a condition. */
import type { PythonNode } from '../languages.js';
import type { FileContext } from '../transform.js';
import { rangeOf } from './file.js';
import { lineEnd, marginOf } from './statements.js';
import { width, wrapBrackets } from './wrap.js';

type Target = Pick<FileContext, 'text' | 'layout' | 'edit'>;

/**
 * Puts a statement that owns its lines under `header` (`if x:`). Lines inside multi-line strings keep their
 * indentation, for it is their content; a call that becomes too long is wrapped as black does.
 */
export function guardStatement(file: Target, statement: PythonNode, header: string, group?: string): void {
  const { text, layout } = file;
  const margin = marginOf(text, statement);
  const { start, end } = rangeOf(statement);
  const inner = margin + layout.indent;
  file.edit.insert(start, `${header}${layout.eol}${inner}`, group);
  const list = statement.child(0)?.field('arguments');
  const line = text.slice(start, lineEnd(text, start));
  if (list && end <= lineEnd(text, start) && width(inner) + width(line) > layout.lineLength) {
    const open = rangeOf(list).start + 1;
    const close = rangeOf(list).end - 1;
    const tail = text.slice(close, lineEnd(text, close));
    const head = text.slice(start, open);
    const args = list.namedChildren().map((node) => node.text());
    const wrapped = wrapBrackets(head, args, tail, { margin: inner, layout });
    file.edit.replace(
      { start: open, end: close },
      wrapped.slice(head.length, wrapped.length - tail.length),
      group,
    );
    return;
  }
  const strings = statement.findAll({ rule: { kind: 'string' } }).map(rangeOf);
  for (let at = text.indexOf('\n', start) + 1; at > 0 && at < end; at = text.indexOf('\n', at) + 1) {
    const blank = /^\r?\n/.test(text.slice(at, at + 2));
    if (!blank && !strings.some((range) => range.start < at && at <= range.end)) {
      file.edit.insert(at, layout.indent, group);
    }
  }
}
