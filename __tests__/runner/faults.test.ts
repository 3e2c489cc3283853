/**
 * Faults of the system, one at a time, in every call that the runner makes to it: the exact outcome, and nothing lost.
 * The calls are replaced, because root is refused nothing and a disk is seldom full when it is wanted.
 */
import * as fs from 'node:fs';
import * as promises from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { RunOutcome } from '../../runner/result.js';

interface Fault {
  readonly operation: string;
  /** Part of the path. */
  readonly at: string;
  readonly code: string;
  /** How many calls go well before. Default 0. */
  readonly after?: number;
  /** It goes on failing. Default: it fails once. */
  readonly lasting?: boolean;
}

let fault: Fault | undefined;
let calls = 0;
let struck = 0;

function strike(operation: string, path: unknown): void {
  if (fault?.operation !== operation || !String(path).includes(fault.at)) return;
  calls += 1;
  if (calls <= (fault.after ?? 0) || (struck > 0 && !fault.lasting)) return;
  struck += 1;
  throw Object.assign(new Error(`${fault.code}: injected`), { code: fault.code });
}

/** A function of the system that fails when it is its turn; the path is its last argument that is one. */
function striking<A extends unknown[], R>(operation: string, real: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    strike(operation, operation === 'rename' ? args[1] : args[0]);
    return real(...args);
  };
}

/** As above, for those that give a promise. */
function rejecting<A extends unknown[], R>(
  operation: string,
  real: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  return async (...args) => {
    strike(operation, operation === 'rename' ? args[1] : args[0]);
    return real(...args);
  };
}

const paths = new Map<number, string>();
const real: Readonly<Record<string, unknown>> = { ...promises };
jest.unstable_mockModule('node:fs', () => ({
  ...fs,
  default: fs,
  openSync: (path: string, flags: number) => {
    strike('openSync', path);
    const file = fs.openSync(path, flags);
    paths.set(file, path);
    return file;
  },
  readSync: (file: number, buffer: Buffer, offset: number, length: number, position: number) => {
    strike('readSync', paths.get(file));
    return fs.readSync(file, buffer, offset, length, position);
  },
  realpathSync: striking('realpathSync', fs.realpathSync),
}));
jest.unstable_mockModule('node:fs/promises', () => ({
  ...promises,
  default: promises,
  ...Object.fromEntries(
    (['access', 'lstat', 'mkdir', 'readFile', 'realpath', 'rename', 'rmdir', 'stat', 'unlink'] as const).map(
      (name) => [name, rejecting<unknown[], unknown>(name, real[name] as never)],
    ),
  ),
  open: async (path: string, flags: string, mode: number) => {
    strike('open', path);
    const file = await promises.open(path, flags, mode);
    return {
      ...Object.fromEntries(
        (['writeFile', 'chown', 'chmod', 'sync'] as const).map((name) => [
          name,
          async (...args: unknown[]) => {
            strike(name, path);
            return (file[name] as (...args: unknown[]) => Promise<void>).apply(file, args);
          },
        ]),
      ),
      // The handle is closed whatever close says, as in Linux.
      close: async () => {
        await file.close();
        strike('close', path);
      },
    };
  },
}));

const { run } = await import('../../runner/run.js');
const { makeFolder, makeRepository, moving, renaming, snapshot } = await import('./world.js');

beforeEach(() => {
  fault = undefined;
  calls = 0;
  struck = 0;
});

const told = (outcome: RunOutcome) =>
  outcome.charms.flatMap((charm) =>
    charm.findings.map(({ id, severity, file }) => `${severity} ${id} ${file}`),
  );

describe('reading', () => {
  const files = { 'charmcraft.yaml': '', 'a.py': 'old_name\n', 'b.py': 'old_name\n', 'c.py': 'other\n' };

  const words: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'operation not permitted',
    EMFILE: 'too many open files (see `ulimit -n`)',
    ENFILE: 'too many open files on this machine',
    EIO: 'the disk reports an input/output error',
    ENOMEM: 'ENOMEM: injected',
    ESTALE: 'ESTALE: injected',
  };
  const faults = ['EACCES', 'EPERM', 'EMFILE', 'ENFILE', 'EIO', 'ENOMEM', 'ESTALE'].flatMap((code) =>
    // The first search, the second one, the reading for the steps.
    [0, 1, 2].map((after) => ({ operation: 'openSync', code, after })),
  );

  test.each([...faults, ...[0, 1, 2].map((after) => ({ operation: 'readSync', code: 'EIO', after }))])(
    '$operation, $code after $after calls: an error that names the file, the others are done',
    async (one) => {
      const top = makeRepository(files);
      fault = { ...one, at: '/a.py' };
      const outcome = await run({ cwd: top, transforms: [renaming], write: true });
      expect(struck).toBe(1);
      expect(told(outcome)).toEqual(['error read/unreadable a.py']);
      expect(outcome.charms[0]?.files.map(({ path, status, error }) => [path, status, error])).toEqual([
        ['a.py', 'failed', `cannot be read: ${words[one.code]}`],
        ['b.py', 'modified', null],
      ]);
      expect(outcome.summary).toMatchObject({ changed: 1, failed: 1 });
      expect(snapshot(top)).toMatchObject({ 'a.py': '644 old_name\n', 'b.py': '644 new_name\n' });
    },
  );

  test.each(['EACCES', 'EMFILE'])(
    '%s on a file that names nothing is an error too: nobody can know',
    async (code) => {
      const top = makeRepository(files);
      fault = { operation: 'openSync', code, at: '/c.py' };
      expect(told(await run({ cwd: top, transforms: [renaming] }))).toEqual(['error read/unreadable c.py']);
    },
  );

  test.each(['ENOENT', 'ENOTDIR'])(
    '%s: deleted in the work tree, which is nothing to talk about',
    async (code) => {
      const top = makeRepository(files);
      fault = { operation: 'openSync', code, at: '/a.py', lasting: true };
      const outcome = await run({ cwd: top, transforms: [renaming] });
      expect([told(outcome), outcome.notices]).toEqual([[], []]);
      expect(outcome.summary).toMatchObject({ changed: 1, failed: 0 });
    },
  );

  test('a tracked file that was deleted', async () => {
    const top = makeRepository(files);
    fs.rmSync(join(top, 'a.py'));
    const outcome = await run({ cwd: top, transforms: [renaming] });
    expect([told(outcome), outcome.notices]).toEqual([[], []]);
  });

  test('EISDIR: a tracked file that became a folder; what is in it is done', async () => {
    const top = makeRepository(files);
    fs.rmSync(join(top, 'a.py'));
    fs.mkdirSync(join(top, 'a.py'));
    fs.writeFileSync(join(top, 'a.py/x.py'), 'old_name\n');
    const outcome = await run({ cwd: top, transforms: [renaming] });
    expect(outcome.charms[0]?.files.map(({ path }) => path)).toEqual(['a.py/x.py', 'b.py']);
    expect(outcome.notices).toEqual([
      'a.py: a folder now, though git has a file of that name; what is in it is looked at',
    ]);
  });

  test('ELOOP: a tracked folder that became a circle', async () => {
    const top = makeRepository({ ...files, 'sub/x.py': 'old_name\n' });
    fs.rmSync(join(top, 'sub'), { recursive: true });
    fs.symlinkSync('bus', join(top, 'sub'));
    fs.symlinkSync('sub', join(top, 'bus'));
    const outcome = await run({ cwd: top, transforms: [renaming] });
    expect(outcome.notices).toEqual(
      ['bus', 'sub', 'sub/x.py'].map((path) => `${path}: a symlink that leads nowhere, skipped`),
    );
    expect(outcome.summary).toMatchObject({ changed: 2, failed: 0 });
  });

  test.each([
    ['openSync', 'ENXIO'],
    ['readSync', 'EAGAIN'],
    ['readSync', 'ESPIPE'],
  ])('%s, %s: what is no regular file is named', async (operation, code) => {
    const top = makeRepository(files);
    fault = { operation, code, at: '/a.py', lasting: true };
    const outcome = await run({ cwd: top, transforms: [renaming] });
    expect([told(outcome), outcome.notices]).toEqual([[], ['a.py: not a regular file, skipped']]);
  });

  test.each([
    ['its folder vanishes', 'ENOENT', 'it vanished during the run'],
    ['its folder is closed', 'EACCES', 'permission denied'],
  ])('between the search and the steps %s', async (_, code, reason) => {
    const top = makeRepository({ ...files, 'sub/x.py': 'old_name\n' });
    fault = { operation: 'realpathSync', code, at: '/sub', lasting: true };
    const outcome = await run({ cwd: top, transforms: [renaming] });
    expect(told(outcome)).toEqual(['error read/unreadable sub/x.py']);
    expect(outcome.charms[0]?.files.map(({ path, error }) => [path, error])).toEqual([
      ['a.py', null],
      ['b.py', null],
      ['sub/x.py', `cannot be read: ${reason}`],
    ]);
  });
});

describe('writing', () => {
  const files = { 'charmcraft.yaml': '', 'a/f': 'old_name\n', 'b/f': 'old_name\n', 'x/gone/f': 'x\n' };
  const done = {
    'charmcraft.yaml': '644 ',
    'a/f': '644 new_name\n',
    'b/f': '644 new_name\n',
    'made.txt': '644 made\n',
  };
  const steps = [renaming, moving];

  const words: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'operation not permitted',
    EROFS: 'the file system is read-only',
    EMFILE: 'too many open files (see `ulimit -n`)',
    ENOSPC: 'no space left on the disk',
    EDQUOT: 'the disk quota is used up',
    EFBIG: 'larger than the file size limit (see `ulimit -f`)',
    EIO: 'the disk reports an input/output error',
    EBUSY: 'is in use',
    EISDIR: 'is a directory',
    ENOENT: 'no such file',
  };
  const faults: readonly (readonly [operation: string, codes: readonly string[]])[] = [
    ['lstat', ['EACCES', 'EIO', 'EMFILE']],
    ['readFile', ['EACCES', 'EIO', 'EMFILE', 'EISDIR']],
    ['realpath', ['EACCES', 'EIO']],
    ['stat', ['EACCES', 'EIO']],
    ['open', ['EACCES', 'EROFS', 'EMFILE', 'ENOSPC', 'EDQUOT', 'EIO', 'ENOENT']],
    ['writeFile', ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO']],
    ['chown', ['EIO', 'EROFS']],
    ['chmod', ['EIO', 'EROFS']],
    ['sync', ['ENOSPC', 'EDQUOT', 'EIO']],
    ['close', ['ENOSPC', 'EDQUOT', 'EIO']],
    ['rename', ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EIO', 'EBUSY', 'EISDIR', 'ENOENT']],
  ];

  test.each(faults.flatMap(([operation, codes]) => codes.map((code) => ({ operation, code }))))(
    '$operation, $code on the second file: all is as it was',
    async ({ operation, code }) => {
      const top = makeFolder(files);
      const before = snapshot(top);
      fault = { operation, code, at: '/b' };
      const outcome = await run({ cwd: top, transforms: steps, write: true });
      expect(struck).toBe(1);
      expect(outcome.charms[0]?.failed).toBe('not every file could be written, so none is');
      const errors = Object.fromEntries(
        outcome.charms[0]?.files.map(({ path, error }) => [path, error]) ?? [],
      );
      const other = 'not written, because another file of the charm cannot be';
      expect(errors).toEqual({ 'a/f': other, 'b/f': words[code], 'made.txt': other, 'x/gone/f': other });
      expect(outcome.charms[0]?.files.map(({ diff }) => diff)).toEqual(['', '', '', '']);
      expect(snapshot(top)).toEqual(before);
      // And when the fault is mended, the run goes through.
      expect((await run({ cwd: top, transforms: steps, write: true })).summary.failed).toBe(0);
      expect(snapshot(top)).toEqual(done);
    },
  );

  test.each(['EACCES', 'EPERM', 'EROFS', 'EIO', 'EBUSY'])(
    'unlink, %s: the edits are taken back',
    async (code) => {
      const top = makeFolder(files);
      const before = snapshot(top);
      fault = { operation: 'unlink', code, at: '/gone/f' };
      const outcome = await run({ cwd: top, transforms: steps, write: true });
      expect(outcome.charms[0]?.files.find(({ path }) => path === 'x/gone/f')?.error).toBe(words[code]);
      expect(snapshot(top)).toEqual(before);
    },
  );

  test.each(['EPERM', 'EINVAL', 'ENOSYS', 'ENOTSUP'])('%s for owner and mode is no fault', async (code) => {
    for (const operation of ['chown', 'chmod']) {
      const top = makeFolder(files);
      fault = { operation, code, at: '/b/', lasting: true };
      expect((await run({ cwd: top, transforms: steps, write: true })).summary.failed).toBe(0);
      expect(struck).toBeGreaterThan(0);
      expect(snapshot(top)).toEqual(done);
    }
  });

  test.each(['EACCES', 'EBUSY'])('an emptied folder that stays, %s, is no fault', async (code) => {
    const top = makeFolder(files);
    fault = { operation: 'rmdir', code, at: '/gone' };
    expect((await run({ cwd: top, transforms: steps, write: true })).summary.failed).toBe(0);
    expect(snapshot(top)).toEqual({ ...done, 'x/gone/': 'empty folder' });
  });

  test.each(['EROFS', 'EIO', 'ENOSPC'])(
    'a disk that stays broken, %s: what cannot be put back is named',
    async (code) => {
      const top = makeFolder(files);
      fault = { operation: 'rename', code, at: '/', after: 1, lasting: true };
      const outcome = await run({ cwd: top, transforms: steps, write: true });
      const errors = Object.fromEntries(
        outcome.charms[0]?.files.map(({ path, error }) => [path, error]) ?? [],
      );
      expect(errors).toMatchObject({
        'a/f': `is written and could not be put back: ${words[code]}`,
        'b/f': words[code],
      });
      expect(snapshot(top)).toMatchObject({
        'a/f': '644 new_name\n',
        'b/f': '644 old_name\n',
        'x/gone/f': '644 x\n',
      });
      expect(Object.keys(snapshot(top)).filter((path) => path.includes('.tempo-codemods-'))).toEqual([]);
    },
  );
});
