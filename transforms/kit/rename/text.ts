/** Mentions of the old package in strings, docstrings and comments. */
import type { ModuleMoves } from '../moduleMoves.js';
import { rangeOf } from '../python/file.js';
import type { LineEdit } from '../python/reflow.js';
import { isProse } from '../python/strings.js';
import type { Plan } from './plan.js';
import type { RenameFile } from './references.js';

/** @param code collects the edits of strings on one line, whose lines may have to be split */
export function renameText(file: RenameFile, { stays }: Plan, moves: ModuleMoves, code: LineEdit[]): void {
  const regex = moves.literals.map((literal) => literal.replaceAll('.', '\\.')).join('|');
  const nodes = file.python.findWith(moves.literals, {
    rule: {
      any: [
        { kind: 'string_content', regex },
        { kind: 'comment', regex },
      ],
    },
  });
  for (const node of nodes) {
    const offset = rangeOf(node).start;
    for (const { start, end, replacement, modules, problem } of moves.textReferences(node.text())) {
      const at = { start: offset + start, end: offset + end };
      const [stay] = modules.flatMap((module) => stays.get(module) ?? []);
      const joined = end === node.text().length && node.text()[start - 1] === '/' && joinsVersion(file.text);
      if (replacement === undefined || joined) {
        file.report('text-left', {
          at,
          message: `'${file.text.slice(at.start, at.end)}' is left as it is: ${problem ?? 'the version is joined to this folder elsewhere in the file'}`,
          help: 'Rewrite it by hand, or remove it.',
        });
      } else if (stay) {
        file.report('stays-behind', {
          at,
          severity: 'warning',
          message: `this mention of ${modules.join(', ')} stays, because ${stay.because} stays on it`,
          help: `Solve the error in ${stay.because} and run again.`,
        });
      } else if (isProse(node)) file.edit.replace(at, replacement, `${file.path} prose`);
      else if (node.text().includes('\n')) file.edit.replace(at, replacement);
      else code.push({ ...at, text: replacement });
    }
  }
}

/** `LIBS / "v2" / "tracing.py"` */
function joinsVersion(text: string): boolean {
  return /["']\/?v[0-2](?:\/[\w./]*)?["']/.test(text);
}
