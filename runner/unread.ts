/** What a run cannot read, and what it leaves alone: findings for candidates, lines for the rest. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LocatedFinding } from '../transforms/kit/apply.js';
import type { Repository } from './discover.js';
import { runnerFinding } from './findings.js';
import type { Job } from './job.js';
import type { Opened, OpenRepository, Root } from './repository.js';
import type { Unfit } from './scan.js';

const UNFIT: Readonly<Record<Unfit, string>> = {
  binary: 'has NUL bytes, so it is not text',
  'utf-16': 'is UTF-16',
  'not-utf8': 'is not UTF-8',
  'coding-cookie': 'declares an encoding other than UTF-8',
};

/** Files of a root that could not be read, with the reason. */
export function unreadable({ scan, disk }: OpenRepository, root: Root): ReadonlyMap<string, string> {
  return new Map(
    root.files.flatMap((path) => {
      const reason = scan.unreadable.get(path) ?? disk.unreadable.get(path);
      return reason === undefined ? [] : [[path, reason] as const];
    }),
  );
}

/** `read/unreadable` for any file, `read/not-utf8` for candidates. */
export function readFindings(repository: OpenRepository, root: Root): LocatedFinding[] {
  return [
    ...[...unreadable(repository, root)].map(([path, reason]) =>
      runnerFinding(
        'read/unreadable',
        'error',
        path,
        `${repository.show(path)} cannot be read: ${reason}`,
        'Make it readable and run again.',
      ),
    ),
    ...root.candidates.flatMap((path) => {
      const unfit = repository.scan.unfit.get(path);
      if (unfit === undefined || (unfit === 'binary' && !/\.pyi?$/.test(path))) return [];
      return [
        runnerFinding(
          'read/not-utf8',
          'warning',
          path,
          `${repository.show(path)} ${UNFIT[unfit]}; it mentions the libraries and was skipped`,
          `Save it as UTF-8 (${
            unfit === 'utf-16'
              ? 'in an editor, or with `iconv -f UTF-16 -t UTF-8`'
              : 'without a coding comment'
          }) and run again, or migrate it by hand.`,
        ),
      ];
    }),
  ];
}

/** Tells what was selected and is not looked at. */
export function notices({ repository, files }: Opened, { selection, top }: Repository, job: Job): void {
  const known = new Set(files);
  for (const path of selection.files) {
    if (!known.has(path)) {
      job.notice(`${repository.show(path)}: ignored by git, so it is left alone; --no-gitignore includes it`);
    }
  }
  for (const [path, kind] of repository.scan.absent) {
    if (!repository.isSelected(path)) continue;
    const shown = repository.show(path);
    if (kind === 'symlink' && !existsSync(join(top, path))) {
      job.notice(`${shown}: a symlink that leads nowhere, skipped`);
    } else if (kind === 'special') {
      job.notice(`${shown}: not a regular file, skipped`);
    } else if (kind === 'folder' && existsSync(join(top, path, '.git'))) {
      job.notice(`${shown}: a git submodule, not entered; name it on the command line to migrate it`);
    } else if (kind === 'folder' && files.some((one) => one.startsWith(`${path}/`))) {
      job.notice(`${shown}: a folder now, though git has a file of that name; what is in it is looked at`);
    } else if (kind === 'missing' && path.includes('\uFFFD')) {
      job.notice(`${shown}: its name is not UTF-8, skipped; rename it and run again`);
    }
  }
  const own = files.filter(repository.isSelected);
  if (own.length === 0 && selection.files.length === 0) {
    for (const folder of selection.folders) {
      job.notice(`${repository.show(folder)}: no files here, or git ignores all of them`);
    }
  } else if (own.length > 0 && !repository.roots.some((root) => root.isCharm)) {
    const python = own.some((path) => /\.pyi?$/.test(path));
    job.notice(
      `${repository.show('')}: no charm here (no charmcraft.yaml or metadata.yaml)${
        python ? '; worked on as a library' : ' and no Python file'
      }`,
    );
  }
}
