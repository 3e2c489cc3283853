#!/usr/bin/env node
/** The command. Starts fast: what a command needs is loaded when it runs. */
import nodeModule from 'node:module';

// Keeps compiled code between runs, where Node can (22.1 and later).
(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();
// A reader that went away (`| head`) is no error, and --write goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  const { versionText } = await import('./version.js');
  process.stdout.write(`${versionText()}\n`);
} else {
  const { main } = await import('./commands.js');
  process.exitCode = await main(args);
}
