/** Rules with a `fix` template: what ast-grep's own CLI does and its Node binding leaves out. */
import type { Range } from './edits.js';
import { rangeOf } from './python/file.js';
import { indentOf } from './python/nodes.js';
import type { FileContext, PythonNode, Rule } from './transform.js';

/**
 * Applies every rule that has a `fix`. Of matches inside one another the outermost wins; the step's next round takes
 * the inner ones. A match whose comments the template would drop is left alone and reported as `comment`, when the
 * transform declares that reason.
 */
export function fixMatches(file: FileContext, rules: Readonly<Record<string, Rule>>): void {
  const taken: Range[] = [];
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.fix === undefined) continue;
    for (const match of file.find(name)) {
      const range = rangeOf(match);
      if (!take(taken, range)) continue;
      const kept: Range[] = [];
      const text = expand(rule.fix, match, file, kept);
      const lost = comments(match).find(
        (comment) => !kept.some((one) => one.start <= comment.start && comment.end <= one.end),
      );
      if (lost) {
        file.report('comment', {
          at: lost,
          message: `a comment stands inside the code that '${name}' would replace`,
          help: 'Move the comment out of the statement and run again, or make the change by hand.',
        });
        continue;
      }
      if (text !== file.text.slice(range.start, range.end))
        file.edit.replace(match, text, `${file.path}:${range.start}`);
    }
  }
}

/** Adds a range to sorted ones, unless it overlaps one of them. */
function take(taken: Range[], range: Range): boolean {
  const at = taken.findLastIndex((one) => one.start < range.end) + 1;
  const before = taken[at - 1];
  if (before && before.end > range.start) return false;
  taken.splice(at, 0, range);
  return true;
}

function comments(node: PythonNode): Range[] {
  return node.findAll({ rule: { kind: 'comment' } }).map(rangeOf);
}

/**
 * Fills a template: `$NAME` with the source of the matched node, `$$$NAME` with the source from the first to the last
 * of its nodes (commas and comments in between included), and names made by `transform` with their text. Lines after
 * the first are indented as the match is.
 */
function expand(template: string, match: PythonNode, file: FileContext, kept: Range[]): string {
  const { text: source, layout } = file;
  const column = match.range().start.column;
  const lineStart = match.range().start.index - column;
  const margin = indentOf(source.slice(lineStart, lineStart + column));
  return template
    .replaceAll(/\r?\n/g, layout.eol + margin)
    .replace(/\$(\$\$)?([A-Z_][A-Z0-9_]*)/g, (whole, many, name: string) => {
      const nodes = many === undefined ? single(match, name) : match.getMultipleMatches(name);
      const first = nodes[0];
      const last = nodes.at(-1);
      if (!first || !last) return match.getTransformed(name) ?? (many === undefined ? whole : '');
      const range = { start: rangeOf(first).start, end: rangeOf(last).end };
      // A trailing comment would swallow what the template puts behind it.
      if (last.kind() !== 'comment') kept.push(range);
      return source.slice(range.start, range.end);
    });
}

function single(match: PythonNode, name: string): PythonNode[] {
  const node = match.getMatch(name);
  return node ? [node] : [];
}
