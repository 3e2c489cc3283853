/** The help of `run`, as a manual page: options by what they are for, examples, exit codes. */
import type { Argv } from 'yargs';

/** Options of `run` by what they are for. Those that are named nowhere come last. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'What is applied': ['preset', 'transform', 'skip', 'option'],
  'To which files': ['ignore', 'gitignore', 'stdin-path'],
  'What is written': [
    'write',
    'interactive',
    'check',
    'commit',
    'split-patches',
    'allow-dirty',
    'fetch-libs',
    'libs-from',
  ],
  'What is shown': ['format', 'report', 'color', 'quiet', 'verbose'],
  'Findings and exit code': ['fail-on', 'baseline', 'update-baseline'],
  Configuration: ['config', 'print-config'],
  'Many charms': ['jobs', 'timeout', 'shard'],
};

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['$0 run', 'Show what would change in this folder'],
  ['$0 run | git apply', 'The diff is a patch'],
  ['$0 run -w', 'Write it'],
  ['$0 run -i', 'Choose change by change what is written'],
  ['$0 run --commit', 'One commit for each step, for a review step by step'],
  ['$0 run --check --format github', 'In CI: annotations, exit 1 when something would change'],
  ['$0 run --format sarif > out.sarif', 'For code scanning; changes come as fixes'],
  ['$0 run -w --format markdown > body.md', 'The body of a pull request'],
  ["$0 run 'charms/*' --report report.html", 'Many charms, and a page to look at'],
  ['$0 run -p tempo-coordinator -p ops-tracing', 'Two presets, one after the other'],
  ['$0 run -t rename-lib-modules src', 'One transform, one folder'],
  ['$0 run - --stdin-path src/charm.py < src/charm.py', 'One text, for editors'],
];

const EPILOGUE = `Exit codes:
  0  done, or nothing to do
  1  --check found changes, a finding reached --fail-on, or a file or charm failed
  2  wrong usage, a path that does not exist, wrong configuration, internal error

stdout is the product, stderr is for people. NO_COLOR and FORCE_COLOR count.
Documentation: https://github.com/canonical/tempo-codemods`;

/** Gives a parser the help of `run`. */
export function withRunHelp<T>(parser: Argv<T>, options: readonly string[]): Argv<T> {
  let helped = parser;
  for (const [title, names] of Object.entries(GROUPS)) {
    const known = names.filter((name) => options.includes(name));
    if (known.length > 0) helped = helped.group(known, `${title}:`);
  }
  for (const [command, what] of EXAMPLES) helped = helped.example(command, what);
  return helped.epilogue(EPILOGUE);
}
