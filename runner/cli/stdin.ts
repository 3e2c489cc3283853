/** `run - --stdin-path FILE`: one text from stdin, the result on stdout, findings on stderr. */
import { buffer } from 'node:stream/consumers';
import { UsageError } from '../errors.js';
import { oneLine } from '../report/escape.js';
import { fitness } from '../scan.js';
import { runOnText } from '../stdin.js';
import type { Settings } from './settings.js';
import { send } from './terminal.js';

const SEVERITIES = ['error', 'warning', 'info'];

export interface StdinFlags {
  readonly stdinPath?: string | undefined;
  readonly write: boolean;
  readonly check: boolean;
  readonly quiet: boolean;
  readonly failOn?: string | undefined;
}

/**
 * Whatever goes wrong, the text comes out as it went in, so that no editor loses it.
 *
 * @returns the exit code
 */
export async function runStdin(settings: Settings, flags: StdinFlags): Promise<number> {
  const path = flags.stdinPath;
  if (path === undefined) throw new UsageError("'-' needs --stdin-path FILE: where the text belongs");
  if (flags.write) throw new UsageError("with '-' the result goes to stdout: leave out --write");
  const bytes = await buffer(process.stdin);
  const unfit = fitness(path, bytes);
  if (unfit !== undefined) {
    process.stdout.write(bytes);
    await send(process.stderr, `${oneLine(path)}: not changed, it is no text in UTF-8\n`);
    return 1;
  }
  // The decoder keeps a byte order mark.
  const source = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let outcome: Awaited<ReturnType<typeof runOnText>>;
  try {
    outcome = await runOnText(source, { ...settings, path });
  } catch (error) {
    process.stdout.write(bytes);
    throw error;
  }
  await send(process.stdout, outcome.output);
  const lines = outcome.findings.map(
    ({ id, severity, line, column, message, help }) =>
      `${oneLine(`${path}:${line ?? 1}:${column ?? 1}: ${severity}: ${message} [${id}]`)}\n    ${oneLine(help)}\n`,
  );
  const failures = outcome.failures.map((line) => `${oneLine(`${path}: ${line}`)}\n`);
  await send(process.stderr, [...failures, ...(flags.quiet ? [] : lines)].join(''));
  if (failures.length > 0) return 1;
  if (flags.check && outcome.output !== source) return 1;
  const limit = flags.failOn === undefined ? -1 : SEVERITIES.indexOf(flags.failOn);
  return outcome.findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= limit) ? 1 : 0;
}
