/** The findings that belong to no transform, for the docs: what each means and what to do. */
import type { Severity } from '../transforms/kit/transform.js';

export interface OwnFinding {
  readonly severity: Severity;
  readonly title: string;
  readonly help: string;
}

export const OWN_FINDINGS: Readonly<Record<string, OwnFinding>> = {
  'read/not-utf8': {
    severity: 'warning',
    title: 'A file that mentions the libraries is not UTF-8 text, so it was skipped',
    help: 'Save it as UTF-8, without a coding comment, and run again; or migrate it by hand.',
  },
  'read/syntax-error': {
    severity: 'warning',
    title: 'A file has a syntax error; statements that it touches are left as they are',
    help: 'Correct the error and run again, or migrate these statements by hand.',
  },
  'read/unreadable': {
    severity: 'error',
    title: 'A file cannot be read',
    help: 'Make it readable and run again.',
  },
  'verify/failed': {
    severity: 'error',
    title:
      'A transform failed on a file that a change in another file needs, so the whole change was taken back',
    help: 'This is a bug in the transform: report it with the file. `--skip` leaves the transform out.',
  },
  'verify/idempotence': {
    severity: 'error',
    title: 'A second run would change what the first one made, so the change was taken back',
    help: 'This is a bug in a transform: report it with the file. `--skip` leaves one of the two out.',
  },
  'verify/not-selected': {
    severity: 'error',
    title: 'A change also needs a file that was not selected, so it was not made',
    help: 'Select the other file too, or run on the whole charm.',
  },
  'verify/overlap': {
    severity: 'error',
    title: 'Two transforms want to change the same code, so neither change was made',
    help: 'Run the two one after the other with `--transform`, or make one change by hand.',
  },
  'verify/residue': {
    severity: 'warning',
    title: 'A reference to the old libraries is left',
    help: 'Rewrite it by hand, or acknowledge it with `# tempo-codemods: ignore[verify/residue]`.',
  },
  'verify/syntax': {
    severity: 'error',
    title:
      'A change would break the syntax of a file, or touches a statement that is broken: it was not made',
    help: 'Correct the syntax error and run again, or make the change by hand.',
  },
  'verify/transform-failed': {
    severity: 'error',
    title: 'A transform failed while it looked at the charm as a whole; nothing of it was applied',
    help: 'This is a bug in the transform: report it. `--skip` leaves it out.',
  },
  'verify/unknown-name': {
    severity: 'error',
    title: 'A name is imported that the new library does not have',
    help: 'Import what the library has instead; the message names what is nearest.',
  },
  'verify/unused-baseline': {
    severity: 'warning',
    title: 'The baseline has a finding that is not found any more',
    help: 'Bring the baseline up to date with `--update-baseline`.',
  },
  'verify/unused-ignore': {
    severity: 'warning',
    title: 'A comment acknowledges a finding that is not found there',
    help: 'Delete the id from the comment, or the comment.',
  },
  'write/fetch-failed': {
    severity: 'error',
    title: 'A new library could not be fetched or copied',
    help: 'Run the `charmcraft fetch-lib` command that the finding names, in the charm’s folder.',
  },
  'write/hard-link': {
    severity: 'warning',
    title:
      'A file to be written has other names (hard links) that the run does not change: they keep the old text',
    help: 'Find the other names with `find -samefile` before writing, and link them anew with `ln -f` afterwards.',
  },
};
