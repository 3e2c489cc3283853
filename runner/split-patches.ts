/** `--split-patches DIR`: one patch for each transform. */
import { realpathSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { codeOf, UsageError } from './errors.js';
import { patchBase } from './git.js';
import { gitPatch } from './patch.js';
import { slashed } from './paths.js';
import type { RunOutcome } from './result.js';
import { type SeriesPart, seriesOf } from './series.js';

export interface NamedPatch {
  /** Sorts in the order of application. */
  readonly name: string;
  readonly text: string;
}

/**
 * The patches of a run; `git apply` takes them one after the other, and the last state is that of the run. Their paths
 * are those of the run's own patch.
 *
 * @param cwd what paths of the outcome are relative to
 */
export function splitPatches(outcome: RunOutcome, cwd: string): NamedPatch[] {
  const folder = realpathSync(cwd);
  const base = patchBase(folder);
  const inPatch = (path: string) => slashed(relative(base, resolve(folder, path)));
  const parts = seriesOf(outcome);
  const digits = Math.max(2, String(parts.length).length);
  return parts.map((part, index) => ({
    name: `${String(index + 1).padStart(digits, '0')}-${part.transform.id}.patch`,
    text: `${description(part)}\n\n${part.changes
      .map((change) => gitPatch({ ...change, path: inPatch(change.path) }))
      .join('')}`,
  }));
}

/** The message of a patch or commit: the title, the reason, who made it. Line by line, as git wants it. */
export function description({ transform }: SeriesPart): string {
  const line = (text: string) => text.replace(/\s+/g, ' ').trim();
  const reason = transform.why === undefined ? [] : [`Its place: ${line(transform.why)}`];
  const review =
    transform.safety === 'review' ? ['It changes behaviour on purpose: please look at every hunk.'] : [];
  return [
    line(transform.title),
    [...reason, ...review, `Transform: ${transform.id} (tempo-codemods)`].join('\n'),
  ].join('\n\n');
}

/** @throws UsageError when the folder holds patches already: they would be applied with the new ones */
export async function checkPatchFolder(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw new UsageError(`--split-patches ${folder}: not a folder that can be read`);
  });
  if (entries.some((entry) => entry.endsWith('.patch'))) {
    throw new UsageError(`--split-patches ${folder}: there are patches in it already; give an empty folder`);
  }
}

/** Writes them. */
export async function writePatches(folder: string, patches: readonly NamedPatch[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, text } of patches) await writeFile(join(folder, name), text);
}
