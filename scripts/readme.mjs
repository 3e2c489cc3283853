// Writes the parts of README.md that are made from the program: the sample's diff and the tables of the presets.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { presets } from '../dist/runner/index.js';

const command = ['dist/runner/cli/main.js', 'run', '__testfixtures__/sample-charm'];
const output = execFileSync(process.execPath, command, {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
});
const files = output.split(/^(?=diff --git)/m);
const shown = files.find((part) => part.includes('sample-charm/src/charm.py'));
let text = readFileSync('README.md', 'utf8').replace(
  /```diff\n[\s\S]*?```/,
  () => `\`\`\`diff\n${shown}\`\`\``,
);
for (const { id, steps } of Object.values(presets)) {
  const rows = steps.map(({ transform }) => `| \`${transform.id}\` | ${transform.title} |`);
  const table = ['', '| step | what it does |', '| --- | --- |', ...rows, ''].join('\n');
  const place = new RegExp(`(<!-- preset ${id} -->)[\\s\\S]*?(<!-- /preset -->)`);
  text = text.replace(place, (_, open, close) => open + table + close);
}
writeFileSync('README.md', text);
