/** The built command on a real pseudo-terminal, made by Python's `pty` module. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from './world.js';

const script = fileURLToPath(new URL('./on_terminal.py', import.meta.url));
const main = fileURLToPath(new URL('../../dist/runner/cli/main.js', import.meta.url));

/** Python is there and can make pseudo-terminals. */
export const hasPty: boolean = spawnSync('python3', ['-c', 'import pty, fcntl']).status === 0;

export interface PtyResult {
  readonly code: number;
  readonly screen: string;
  /** All that was waited for came. */
  readonly complete: boolean;
}

/** Runs `tempo-codemods` and types keys, each when its text has appeared since the last ones. */
export function runOnTerminal(
  cwd: string,
  args: readonly string[],
  steps: readonly (readonly [waitFor: string, keys: string])[],
  options: {
    readonly columns?: number;
    readonly rows?: number;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): PtyResult {
  const plan = join(makeFolder(), 'plan.json');
  writeFileSync(
    plan,
    JSON.stringify({
      command: [process.execPath, main, ...args],
      cwd,
      columns: options.columns ?? 100,
      rows: options.rows ?? 40,
      env: { CI: '', NO_COLOR: '', NODE_OPTIONS: '', ...options.env },
      steps,
    }),
  );
  const { stdout, stderr, status } = spawnSync('python3', [script, plan], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  const result: { code: number; screen: string } = JSON.parse(stdout);
  return { ...result, complete: status === 0 };
}
