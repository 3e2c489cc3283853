// Pictures of what the command prints, for docs/images: `npm run docs:images`. Needs chromium and python3; run the build first.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const images = join(root, 'docs', 'images');
const main = join(root, 'dist', 'runner', 'cli', 'main.js');
const temp = mkdtempSync(join(tmpdir(), 'screenshots-'));
mkdirSync(images, { recursive: true });

/** What a terminal shows after some keys. */
function onTerminal(cwd, args, steps, columns, rows = 60) {
  const plan = join(temp, 'plan.json');
  const command = [process.execPath, main, ...args];
  writeFileSync(plan, JSON.stringify({ command, cwd, columns, rows, steps, env: { CI: '', NO_COLOR: '' } }));
  const { stdout } = spawnSync('python3', [join(root, '__tests__/runner/on_terminal.py'), plan], {
    encoding: 'utf8',
  });
  return JSON.parse(stdout).screen;
}

const COLORS = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 34: '#79c0ff', 35: '#d2a8ff', 36: '#76e3ea' };

const ESCAPE = '\u001b[';
const COLOR = new RegExp(`(${ESCAPE.replace('[', '\\[')}[\\d;]*m)`);
/** A line that was there while work went on. */
const CLEARED = new RegExp(`[^\\n]*\\r${ESCAPE.replace('[', '\\[')}K`, 'g');

/** Colours of a terminal as HTML; everything else that moves a cursor is dropped. */
function html(screen, columns) {
  const quoted = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  let out = '';
  let state = {};
  const text = screen.replaceAll('\r\n', '\n').replace(CLEARED, '');
  for (const part of text.split(COLOR)) {
    const codes = part.startsWith(ESCAPE) ? part.slice(2, -1) : undefined;
    if (codes === undefined) {
      let [front, back] = [COLORS[state.color] ?? '#d0d7de', 'transparent'];
      if (state.inverse) [front, back] = ['#0d1117', front];
      const style = `color:${front};background:${back};${state.bold ? 'font-weight:700;' : ''}${state.dim ? 'opacity:.6;' : ''}`;
      if (part !== '') out += `<span style="${style}">${quoted(part)}</span>`;
      continue;
    }
    for (const code of codes.split(';').map(Number)) {
      if (code === 0) state = {};
      if (code === 1) state.bold = true;
      if (code === 2) state.dim = true;
      if (code === 22) state.bold = state.dim = false;
      if (code === 7) state.inverse = true;
      if (code === 27) state.inverse = false;
      if (code === 39) state.color = undefined;
      if (code in COLORS) state.color = code;
    }
  }
  return `<meta charset="utf-8"><body style="background:#0d1117;margin:16px"><pre style="font:14px/1.25 'DejaVu Sans Mono',monospace;width:${columns}ch;margin:0">${out}</pre>`;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

async function picture(name, file, { width, height, dark = false, full = false, act = async () => {} }) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' });
  await page.goto(pathToFileURL(file).href);
  await act(page);
  await page.screenshot({ path: join(images, name), fullPage: full });
  await page.close();
}

function repository(name, copies) {
  const folder = join(temp, name);
  for (const copy of copies)
    cpSync(join(root, '__testfixtures__', 'sample-charm'), join(folder, copy), { recursive: true });
  execFileSync(
    'sh',
    ['-c', 'git init -q && git add -A && git -c user.name=x -c user.email=x@x commit -qm x'],
    { cwd: folder },
  );
  return folder;
}

const charm = repository('lighthouse', ['.']);

const terminal = join(temp, 'terminal.html');
writeFileSync(
  terminal,
  html(onTerminal(charm, ['run', 'src', 'tests/unit/test_charm.py'], [], 110, 200), 110),
);
await picture('terminal.png', terminal, { width: 980, height: 100, full: true });

const yes = Array.from({ length: 5 }, () => ['Accept? ', 'y']);
const asked = onTerminal(charm, ['run', '-i'], [...yes, ['Accept? ', '\u0003']], 100);
const last = asked.lastIndexOf('Accept? ');
const start = asked.lastIndexOf('\r\n\r\n', last) + 4;
const question = asked.slice(start, last + 'Accept? '.length);
const interactive = join(temp, 'interactive.html');
writeFileSync(interactive, html(question, 100));
await picture('interactive.png', interactive, { width: 900, height: 100, full: true });

const one = join(temp, 'one.html');
execFileSync(process.execPath, [main, 'run', '-q', '--report', one], { cwd: charm, stdio: 'ignore' });
const drawn = async (page) => {
  await page.locator('.diff table').first().waitFor();
};
await picture('report.png', one, { width: 1400, height: 1250, act: drawn });
await picture('report-dark.png', one, {
  width: 1400,
  height: 1250,
  dark: true,
  act: async (page) => {
    await page.keyboard.press('v');
    await drawn(page);
  },
});

const names = Array.from({ length: 40 }, (_, index) => `charms/charm-${String(index + 1).padStart(2, '0')}`);
const fleet = join(temp, 'fleet');
for (const name of names) repository(join('fleet', name), ['.']);
for (const [index, name] of names.entries()) {
  const metadata = join(fleet, name, 'charmcraft.yaml');
  const text = readFileSync(metadata, 'utf8');
  writeFileSync(metadata, text.replace(/^name: .*$/m, `name: ${name.slice(7)}-operator`));
  const folder = join(fleet, name);
  // Some have nothing to do, and some are broken.
  if (index % 5 === 1) {
    for (const part of ['lib', 'tests', 'pyproject.toml', 'requirements.txt', 'tox.ini']) {
      rmSync(join(folder, part), { recursive: true, force: true });
    }
    writeFileSync(join(folder, 'src/charm.py'), 'x = 1\n');
  }
  if (index % 7 === 3 && index % 5 !== 1) {
    const code = join(folder, 'src/charm.py');
    writeFileSync(
      code,
      `${readFileSync(code, 'utf8')}

cert = LighthouseCharm.lighthouse_traces_cert.fget
`,
    );
  }
  if (index % 13 === 7)
    writeFileSync(join(fleet, name, 'src/charm.py'), 'import charms.tempo_k8s.v2.tracing\nif (:\n');
}
const many = join(temp, 'many.html');
spawnSync(process.execPath, [main, 'run', '-q', 'charms/*', '--report', many], {
  cwd: fleet,
  stdio: 'ignore',
});
await picture('report-fleet.png', many, { width: 1400, height: 1000 });

await browser.close();
rmSync(temp, { recursive: true, force: true });
