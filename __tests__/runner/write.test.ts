/** Writes: all or nothing, and nothing lost, whatever the disk says. */
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { writeAtomic } from '../../runner/atomic.js';
import { type Change, type WriteIo, writeChanges } from '../../runner/write.js';
import { makeFolder, snapshot, writeFiles } from './world.js';

const edit = (path: string, before = 'old\n', after = 'new\n'): Change => ({ path, before, after });
const remove = (path: string, before = 'old\n'): Change => ({ path, before, after: null });
const create = (path: string, after = 'new\n'): Change => ({ path, before: null, after });

/** Writes plainly; fails with a system error at the n-th operation (from 1). */
function failingAt(operation: number, code: string): WriteIo {
  let done = 0;
  const step = async (act: () => Promise<void>) => {
    done += 1;
    if (done === operation) throw Object.assign(new Error(`${code}: injected`), { code });
    await act();
  };
  return {
    write: (path, text, mode) => step(() => writeFile(path, text, mode === undefined ? {} : { mode })),
    remove: (path) => step(() => unlink(path)),
  };
}

test('edits, creates and deletes; emptied folders go', async () => {
  const top = makeFolder({ a: 'old\n', 'x/y/gone': 'old\n', 'x/stays': 'old\n', 'z/gone': 'old\n' });
  const failures = await writeChanges(top, [
    edit('a'),
    create('n/m/new'),
    remove('x/y/gone'),
    remove('z/gone'),
  ]);
  expect(failures).toEqual([]);
  expect(snapshot(top)).toEqual({ a: '644 new\n', 'n/m/new': '644 new\n', 'x/stays': '644 old\n' });
});

test('the mode is kept', async () => {
  const top = makeFolder({ a: 'old\n', b: 'old\n' });
  chmodSync(join(top, 'a'), 0o755);
  chmodSync(join(top, 'b'), 0o640);
  expect(await writeChanges(top, [edit('a'), edit('b')])).toEqual([]);
  expect(snapshot(top)).toEqual({ a: '755 new\n', b: '640 new\n' });
});

test('a hard link keeps the old content under its other name', async () => {
  const top = makeFolder({ a: 'old\n' });
  linkSync(join(top, 'a'), join(top, 'b'));
  expect(await writeChanges(top, [edit('a')])).toEqual([]);
  expect(snapshot(top)).toEqual({ a: '644 new\n', b: '644 old\n' });
});

test('two names of one file are both written', async () => {
  const top = makeFolder({ a: 'old\n' });
  linkSync(join(top, 'a'), join(top, 'b'));
  expect(await writeChanges(top, [edit('a'), edit('b')])).toEqual([]);
  expect(snapshot(top)).toEqual({ a: '644 new\n', b: '644 new\n' });
});

describe('what is in the way is found before anything is written', () => {
  const obstacles: readonly [string, (top: string) => void, Change, string][] = [
    ['it changed', (top) => writeFiles(top, { b: 'other\n' }), edit('b'), 'changed since it was read'],
    ['it vanished', (top) => unlinkSync(join(top, 'b')), edit('b'), 'vanished since it was read'],
    [
      'it vanished before its deletion',
      (top) => unlinkSync(join(top, 'b')),
      remove('b'),
      'vanished since it was read',
    ],
    ['it is read-only', (top) => chmodSync(join(top, 'b'), 0o444), edit('b'), 'is read-only'],
    [
      'it became a folder',
      (top) => {
        unlinkSync(join(top, 'b'));
        mkdirSync(join(top, 'b'));
      },
      edit('b'),
      'became a folder since it was read',
    ],
    [
      'it became a symlink',
      (top) => {
        unlinkSync(join(top, 'b'));
        symlinkSync('a', join(top, 'b'));
      },
      edit('b'),
      'became a symlink since it was read',
    ],
    ['a new file is there already', () => undefined, create('b'), 'would be created, but is there already'],
    ['its folder is a file', () => undefined, create('b/c'), 'lies behind a file or symlink'],
  ];

  test.each(obstacles)('%s', async (_, prepare, change, message) => {
    const top = makeFolder({ a: 'old\n', b: 'old\n' });
    prepare(top);
    const before = snapshot(top);
    const failures = await writeChanges(top, [edit('a'), change]);
    expect(failures).toEqual([{ path: change.path, message: expect.stringContaining(message) }]);
    expect(snapshot(top)).toEqual(before);
  });

  test('a symlinked folder is not written through', async () => {
    const outside = makeFolder({ b: 'old\n' });
    const top = makeFolder({ a: 'old\n' });
    symlinkSync(outside, join(top, 'link'));
    mkdirSync(join(outside, 'deep'));
    writeFiles(outside, { 'deep/c': 'old\n' });
    const failures = await writeChanges(top, [edit('a'), edit('link/b'), edit('link/deep/c')]);
    expect(failures).toEqual([
      { path: 'link/b', message: expect.stringContaining('lies behind a file or symlink') },
      { path: 'link/deep/c', message: 'lies behind a symlinked folder' },
    ]);
    expect(snapshot(outside)).toEqual({ b: '644 old\n', 'deep/c': '644 old\n' });
    expect(snapshot(top)).toMatchObject({ a: '644 old\n' });
  });
});

describe('what fails on the way is put back', () => {
  const files = { a: 'old\n', b: 'old\n', 'x/y/c': 'old\n', 'x/y/d': 'old\n' };
  const changes = [edit('a'), create('n/m/new'), remove('x/y/c'), edit('b'), remove('x/y/d')];

  test.each([1, 2, 3, 4, 5])('operation %d', async (operation) => {
    const top = makeFolder(files);
    chmodSync(join(top, 'x/y/c'), 0o755);
    const before = snapshot(top);
    const failures = await writeChanges(top, changes, failingAt(operation, 'ENOSPC'));
    // Edits first, deletions last.
    const order = ['a', 'n/m/new', 'b', 'x/y/c', 'x/y/d'];
    expect(failures).toEqual([{ path: order[operation - 1], message: 'no space left on the disk' }]);
    expect(snapshot(top)).toEqual(before);
  });

  test('what cannot be put back is named', async () => {
    const top = makeFolder(files);
    const io = failingAt(3, 'EIO');
    let calls = 0;
    const failures = await writeChanges(top, changes, {
      ...io,
      write: (path, text, mode) => {
        calls += 1;
        if (calls > 3) throw new Error('the disk is gone');
        return io.write(path, text, mode);
      },
    });
    expect(failures).toEqual([
      { path: 'b', message: 'the disk reports an input/output error' },
      { path: 'a', message: 'is written and could not be put back: the disk is gone' },
    ]);
    expect(snapshot(top)).toMatchObject({ a: '644 new\n', b: '644 old\n', 'x/y/c': '644 old\n' });
  });

  test('a file that changes while others are written is left alone', async () => {
    const top = makeFolder(files);
    const io: WriteIo = {
      write: async (path, text) => {
        await writeFile(path, text);
        if (path === join(top, 'a') && text === 'new\n') writeFiles(top, { b: 'mine\n' });
      },
      remove: unlink,
    };
    const failures = await writeChanges(top, [edit('a'), edit('b')], io);
    expect(failures).toEqual([{ path: 'b', message: 'changed since it was read' }]);
    expect(snapshot(top)).toMatchObject({ a: '644 old\n', b: '644 mine\n' });
  });
});

test('no temporary files stay, also when a write fails', async () => {
  const top = makeFolder({ a: 'old\n', b: 'old\n' });
  const folder = join(top, 'sub');
  mkdirSync(folder);
  expect(await writeChanges(top, [edit('a'), create('sub/x')])).toEqual([]);
  expect(readdirSync(top).sort()).toEqual(['a', 'b', 'sub']);
  expect(await readFile(join(top, 'a'), 'utf8')).toBe('new\n');
  const long = 'n'.repeat(256);
  expect(await writeChanges(top, [edit('b'), create(long)])).toEqual([
    { path: long, message: 'the name is too long' },
  ]);
  expect(readdirSync(top).sort()).toEqual(['a', 'b', 'sub']);
  expect(await readFile(join(top, 'b'), 'utf8')).toBe('old\n');
});

test('a name of the greatest length', async () => {
  const name = 'n'.repeat(255);
  const top = makeFolder({ [name]: 'old\n' });
  expect(await writeChanges(top, [edit(name)])).toEqual([]);
  expect(snapshot(top)).toEqual({ [name]: '644 new\n' });
});

test('owner and group are kept where the system allows', async () => {
  const top = makeFolder({ a: 'old\n', b: 'old\n' });
  // Only root may give a file away; for others it is their own anyway.
  if (process.getuid?.() === 0) chownSync(join(top, 'a'), 12_345, 54_321);
  chmodSync(join(top, 'a'), 0o640);
  const { uid, gid, mode } = statSync(join(top, 'a'));
  await writeChanges(top, [edit('a')]);
  expect(statSync(join(top, 'a'))).toMatchObject({ uid, gid, mode });
  // Also when it is put back.
  const io: WriteIo = {
    write: (path, text, mode) =>
      path === join(top, 'b') ? Promise.reject(new Error('no')) : writeAtomic(path, text, mode),
    remove: unlink,
  };
  const failures = await writeChanges(top, [edit('a', 'new\n', 'newer\n'), edit('b')], io);
  expect(failures).toEqual([{ path: 'b', message: 'no' }]);
  expect(statSync(join(top, 'a'))).toMatchObject({ uid, gid, mode });
  expect(snapshot(top)).toEqual({ a: '640 new\n', b: '644 old\n' });
});
