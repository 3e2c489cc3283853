/** The table of a run over many charms: a line for each that has something to say. */
import stringWidth from 'fast-string-width';
import type { CharmOutcome } from '../result.js';
import { oneLine } from './escape.js';

/** Up to so many charms, what is said of each is in view. */
const FEW = 3;
const HEAD = ['charm', 'changed', 'errors', 'warnings', 'infos', ''];

/** @returns lines; none for a few charms */
export function charmTable(charms: readonly CharmOutcome[]): string[] {
  if (charms.length <= FEW) return [];
  const rows = charms.map(rowOf);
  const telling = rows.filter(({ cells }) => cells.slice(1).some((cell) => cell !== '' && cell !== '0'));
  const quiet = rows.length - telling.length;
  const table = [HEAD, ...telling.map(({ cells }) => cells)];
  const widths = HEAD.map((_, column) => Math.max(...table.map((row) => stringWidth(row[column] ?? ''))));
  const lines = table.map((row) =>
    row
      .map((cell, column) => {
        const fill = ' '.repeat((widths[column] ?? 0) - stringWidth(cell));
        return column === 0 || column === HEAD.length - 1 ? cell + fill : fill + cell;
      })
      .join('  ')
      .trimEnd(),
  );
  return [...(telling.length > 0 ? lines : []), ...(quiet > 0 ? [`${quiet} with nothing to do`] : [])];
}

function rowOf(charm: CharmOutcome): { readonly cells: readonly string[] } {
  const count = (severity: string) => charm.findings.filter((one) => one.severity === severity).length;
  const failed = charm.failed !== null || charm.files.some((file) => file.error !== null);
  const changed = charm.files.filter((file) => file.status !== 'failed').length;
  const counts = [changed, count('error'), count('warning'), count('info')].map(String);
  return { cells: [oneLine(charm.root), ...counts, failed ? 'failed' : ''] };
}
