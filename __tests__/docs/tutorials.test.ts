/** The pages that teach are executed: files are written, commands run, and their output is that of the page. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { makeFolder } from '../runner/world.js';

const root = join(import.meta.dirname, '..', '..');

type Block =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'command'; readonly command: string; readonly output: readonly string[] };

const FENCE = /(?:<!-- file: (\S+) -->\n)?^```(\w+)\n([\s\S]*?)^```$/gm;

function blocksOf(page: string): Block[] {
  return [...page.matchAll(FENCE)].flatMap(([, path, language, text = '']): Block[] => {
    if (path !== undefined) return [{ kind: 'file', path, text }];
    if (language !== 'console') return [];
    const [, ...commands] = text.split(/^\$ /m);
    return commands.map((one) => {
      const [command = '', ...output] = one.replace(/\n$/, '').split('\n');
      return { kind: 'command', command, output };
    });
  });
}

/** `…` stands for any lines. */
function matches(output: readonly string[], wanted: readonly string[]): boolean {
  const [first, ...rest] = wanted;
  if (first === undefined) return output.length === 0;
  if (first !== '…') return output[0] === first && matches(output.slice(1), rest);
  return Array.from({ length: output.length + 1 }, (_, skip) => skip).some((skip) =>
    matches(output.slice(skip), rest),
  );
}

async function sh(command: string, cwd: string): Promise<{ text: string; cwd: string }> {
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
  const script = `{ ${command}\n} 2>&1; echo "@@$PWD"`;
  return new Promise((resolve) => {
    execFile('bash', ['-c', script], { cwd, env: { ...env, NO_COLOR: '1' } }, (_error, stdout) => {
      const at = stdout.lastIndexOf('@@');
      resolve({ text: stdout.slice(0, at), cwd: stdout.slice(at + 2).trim() });
    });
  });
}

describe.each(['writing-a-transform.md', 'library.md'])('docs/%s', (name) => {
  it('does what it says', async () => {
    const page = readFileSync(join(root, 'docs', name), 'utf8');
    const folder = makeFolder();
    mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
    symlinkSync(root, join(folder, 'node_modules', 'tempo-codemods'));
    symlinkSync(
      join(root, 'dist', 'runner', 'cli', 'main.js'),
      join(folder, 'node_modules', '.bin', 'tempo-codemods'),
    );
    const blocks = blocksOf(page);
    expect(blocks.length).toBeGreaterThan(5);
    let cwd = folder;
    for (const block of blocks) {
      if (block.kind === 'file') {
        mkdirSync(dirname(join(folder, block.path)), { recursive: true });
        writeFileSync(join(folder, block.path), block.text);
        continue;
      }
      // npx would ask the registry about itself.
      const command = block.command.replace(
        /^npx tempo-codemods/,
        `${folder}/node_modules/.bin/tempo-codemods`,
      );
      const result = await sh(command, cwd);
      cwd = result.cwd;
      const output = result.text.replace(/\n$/, '').split('\n');
      const found = result.text === '' ? [] : output;
      if (!matches(found, block.output)) {
        expect({ command: block.command, output: found }).toEqual({
          command: block.command,
          output: block.output,
        });
      }
    }
  }, 120_000);
});
