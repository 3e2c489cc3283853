/** What `run` makes besides stdout: the HTML report, patches, commits. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { plainError, UsageError } from '../errors.js';
import { oneLine } from '../report/escape.js';
import type { RunOutcome } from '../result.js';

export interface OutputArguments {
  readonly report?: string | undefined;
  readonly splitPatches?: string | undefined;
  readonly commit: boolean;
  readonly gitignore: boolean;
  readonly paths?: readonly string[] | undefined;
}

/** Whether an output needs the texts of all files until the end. */
export function needsTexts(args: OutputArguments): boolean {
  return args.report !== undefined || args.splitPatches !== undefined || args.commit;
}

/** @throws UsageError when an output cannot be made, before anything is done */
export async function checkOutputs(args: OutputArguments): Promise<void> {
  if (args.splitPatches !== undefined) {
    const { checkPatchFolder } = await import('../split-patches.js');
    await checkPatchFolder(args.splitPatches);
  }
  if (!args.commit) return;
  if (!args.gitignore) throw new UsageError('--commit and --no-gitignore: ignored files are not committed');
  const { commitObstacle } = await import('../commit.js');
  const obstacle = await commitObstacle('.');
  if (obstacle !== undefined) throw new UsageError(obstacle);
}

/**
 * Makes the outputs.
 *
 * @returns lines for stderr: what was made, and what could not be
 */
export async function makeOutputs(
  outcome: RunOutcome,
  args: OutputArguments,
  version: string,
): Promise<{ readonly lines: readonly string[]; readonly failed: boolean }> {
  const lines: string[] = [];
  let failed = false;
  const attempt = async (what: string, make: () => Promise<string>) => {
    try {
      lines.push(oneLine(await make()));
    } catch (error) {
      failed = true;
      lines.push(`error: ${oneLine(what)}: ${oneLine(plainError(error))}`);
    }
  };
  const { report, splitPatches } = args;
  if (report !== undefined) {
    await attempt(`--report ${report}`, async () => {
      const [{ renderHtml }, { loadHtmlAssets }, { presets }] = await Promise.all([
        import('../report/html.js'),
        import('../report/html-assets.js'),
        import('../../transforms/index.js'),
      ]);
      const title = outcome.presets.map((name) => presets[name]?.title ?? name).join('; ');
      const generated = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      const options = { assets: loadHtmlAssets(), version, generated, ...(title === '' ? {} : { title }) };
      await mkdir(dirname(report), { recursive: true });
      await writeFile(report, renderHtml(outcome, options));
      return `Report: ${report}`;
    });
  }
  if (splitPatches !== undefined) {
    await attempt(`--split-patches ${splitPatches}`, async () => {
      const { splitPatches: patchesOf, writePatches } = await import('../split-patches.js');
      const patches = patchesOf(outcome, process.cwd());
      await writePatches(splitPatches, patches);
      return `${patches.length} patches in ${splitPatches}; they apply in the order of their names`;
    });
  }
  if (args.commit && outcome.written && !outcome.aborted) {
    await attempt('--commit (the files are written; `git status` shows what is not committed)', async () => {
      const { commitRun } = await import('../commit.js');
      const commits = await commitRun(outcome, process.cwd());
      return commits.length === 0
        ? 'Nothing to commit'
        : `${commits.length} commits: ${commits.map(({ id, title }) => `${id} ${title}`).join('; ')}`;
    });
  }
  return { lines, failed };
}
