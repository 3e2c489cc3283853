/** The line on a terminal that says what is being worked on. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Progress } from '../../runner/cli/terminal.js';
import { hasPty, runOnTerminal } from './onTerminal.js';
import { CHARM, makeFolder, TRANSFORM } from './world.js';

const CLEAR = '\r\u001b[K';
const { isTTY, columns } = process.stderr;
const { CI } = process.env;
let written = '';
let now = 0;

beforeEach(() => {
  written = '';
  now = 1000;
  delete process.env.CI;
  Object.assign(process.stderr, { isTTY: true, columns: 60 });
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  Object.assign(process.stderr, { isTTY, columns });
  if (CI !== undefined) process.env.CI = CI;
});

/** What was written since the last look. */
function said(): string {
  const text = written;
  written = '';
  return text;
}

test('one charm: its name, and the line goes when it is done', () => {
  const progress = new Progress(true);
  progress.begin(1);
  expect(said()).toBe('');
  progress.show('charms/a');
  expect(said()).toBe(`${CLEAR}charms/a`);
  progress.done(12);
  expect(said()).toBe(CLEAR);
  // Once is enough: what is printed next is not to be erased.
  progress.clear();
  expect(said()).toBe('');
});

test('many charms: how many, how fast, how long still', () => {
  const progress = new Progress(true);
  progress.begin(10);
  progress.show('a');
  expect(said()).toBe(`${CLEAR}0/10 charms, 0 files  a`);
  for (const files of [5, 6, 7]) {
    now += 500;
    progress.done(files);
  }
  said();
  progress.show('b');
  expect(said()).toBe(`${CLEAR}3/10 charms, 18 files, 2.0/s, about 4 s left  b`);
});

test('more charms than repositories', () => {
  const progress = new Progress(true);
  progress.begin(2);
  now += 1000;
  for (let count = 0; count < 4; count += 1) progress.done(1);
  progress.show('x');
  expect(said()).toBe(`${CLEAR}4/4 charms, 4 files, 4.0/s, about 0 s left  x`);
});

test('a long name is cut, so that the line never wraps', () => {
  const progress = new Progress(true);
  progress.begin(1);
  progress.show('x'.repeat(200));
  expect(said()).toBe(`${CLEAR}${'x'.repeat(59)}`);
});

describe('nothing at all', () => {
  const silent = (progress: Progress) => {
    progress.begin(10);
    progress.show('a');
    progress.done(1);
    progress.clear();
    expect(said()).toBe('');
  };

  test('when it is not wanted', () => silent(new Progress(false)));

  test('when stderr is no terminal', () => {
    Object.assign(process.stderr, { isTTY: false });
    silent(new Progress(true));
  });

  test('in CI, where a terminal may be a file', () => {
    process.env.CI = 'true';
    silent(new Progress(true));
  });
});

if (!hasPty)
  console.warn('SKIPPED: progress on a pseudo-terminal, because there is no python3 with its pty module');

(hasPty ? describe : describe.skip)('on a pseudo-terminal', () => {
  const folder = () =>
    makeFolder(
      Object.fromEntries(
        ['a', 'b', 'c'].flatMap((name) =>
          Object.entries(CHARM).map(([path, text]) => [`${name}/${path}`, text]),
        ),
      ),
    );

  test('the line comes, and is gone before anything else is printed', () => {
    const { code, screen } = runOnTerminal(
      folder(),
      ['run', 'a', 'b', 'c', '--color=never', ...TRANSFORM],
      [],
    );
    expect(code).toBe(0);
    const lines = screen.split('\r\n').filter((line) => line.includes(CLEAR));
    expect(lines[0]?.startsWith(`${CLEAR}0/3 charms, 0 files  a${CLEAR}`)).toBe(true);
    // What is left on the screen of each such line stands behind the last erasure.
    for (const line of lines) expect(line.slice(line.lastIndexOf(CLEAR))).not.toContain(' charms, ');
  });

  test.each([
    ['-q', {}],
    ['-v', { CI: '1' }],
  ])('%s %j: none', (flag, env) => {
    const { code, screen } = runOnTerminal(folder(), ['run', 'a', 'b', 'c', flag, ...TRANSFORM], [], { env });
    expect([code, screen.includes(CLEAR)]).toEqual([0, false]);
  });
});
