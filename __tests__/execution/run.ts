// Runs Python charms with stub libraries, so that a test can prove what an edit does to a charm.
// The driver (driver.py) constructs the charm in a situation and reports what it did there.

import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from '@jest/globals';
import { parse } from 'yaml';

const driver = join(dirname(fileURLToPath(import.meta.url)), 'driver.py');

/** The states that a tracing relation goes through; the default of the other fields follows. */
export const situationKinds = [
  'no-relation',
  'not-ready',
  'http',
  'https-no-file',
  'https-with-file',
  'follower',
  'follower-not-offered',
] as const;
export type SituationKind = (typeof situationKinds)[number];

export interface Situation {
  readonly kind: SituationKind;
  /** Is the unit the leader? Default: yes, except in the follower kinds. */
  readonly leader?: boolean;
  /** Receivers that the provider publishes; a name given twice is published twice. */
  readonly offered?: readonly string[];
  /** Own databag of an earlier hook, per tracing relation. */
  readonly requestedBefore?: readonly string[];
  /** `limit` of all tracing endpoints; null takes it away. Default: what the metadata says. */
  readonly limit?: number | null;
  /** Do absolute paths with a certificate's suffix (.crt, .pem, .cert, .cer, .key, .ca) exist? */
  readonly certExists?: boolean;
  /** Further absolute paths that exist. */
  readonly files?: readonly string[];
  /** Databag format of the provider. Default: `receivers`, the one of v2 >= 6 and coord. */
  readonly format?: 'receivers' | 'v2-early' | 'v1' | 'v0';
  readonly scheme?: 'http' | 'https';
  readonly host?: string;
  /** `external_url` of a v2-early provider. */
  readonly externalUrl?: string;
  /** Tracing endpoints that have a relation. Default: all. */
  readonly only?: readonly string[];
  /** Relations per tracing endpoint. */
  readonly relationCount?: number;
  /** Message of the ModelError when a follower reads its own application databag. */
  readonly deniedMessage?: string;
  /** Writing the own databag raises a ModelError (the relation is going away). */
  readonly denyWrite?: boolean;
  /** `certificate_transfer` relations, for ops[tracing]. Default: none. */
  readonly caRelation?: 'none' | 'empty' | 'ready' | 'two';
  /** Does the system CA store trust the provider? For ops[tracing]. Default: no. */
  readonly systemCa?: boolean;
  /** Is ops[tracing] installed? Default: yes. */
  readonly opsExtra?: boolean;
  /** Which tempo libraries can be imported. Default: both. */
  readonly libs?: 'old' | 'new' | 'both';
  /** LIBPATCHes to play, by module without `charms.`: `{ 'tempo_k8s.v1.charm_tracing': 9 }`. */
  readonly libpatch?: Readonly<Record<string, number>>;
  /** cosl release to play. Default: 0.0.43. */
  readonly cosl?: string;
  /** Values of attributes of stand-ins, by name: `{ enabled: false }`. */
  readonly fakes?: Readonly<Record<string, unknown>>;
  /** Further third-party packages to answer with stand-ins. */
  readonly fakePackages?: readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly containerReady?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Events of the charm to emit after construction: `tracing_relation_changed`. */
  readonly emit?: readonly string[];
  /** Dotted expressions below the charm to report in `attrs`; called when callable. */
  readonly read?: readonly string[];
  /** Metadata; default: from `charmcraft.yaml`, `metadata.yaml` and `config.yaml`. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Module below `src` that defines the charm. Default: `charm`. */
  readonly module?: string;
  /** Name of the charm class. Default: the last one that the module defines. */
  readonly className?: string;
}

export interface Outcome {
  /** What `trace_charm` resolved (or where ops.tracing sends), null when it got no endpoint. */
  readonly endpoint: string | null;
  readonly cert: string | null;
  /** Was the certificate getter called at all? */
  readonly certRead: boolean;
  readonly exception: null | {
    readonly type: string;
    readonly bases: readonly string[];
    readonly message: string;
    /** `import`, `init` or `event:<name>`. */
    readonly phase: string;
    /** Line in the charm's own code, when it has a part in the traceback. */
    readonly line: number | null;
  };
  /** Protocols written to own databags, sorted; null when nothing was written. */
  readonly requested: readonly string[] | null;
  readonly requestedBy: Readonly<Record<string, readonly string[]>>;
  readonly tracer: 'charm_tracing' | 'ops' | null;
  readonly serviceName: string | null;
  /** What became of the spans; null without a tracer. */
  readonly export: 'off' | 'sent' | 'failed' | 'buffered' | null;
  readonly sent: boolean;
  readonly buffered: boolean;
  /** Plain instance attributes after the run, and the expressions of `read`. */
  readonly attrs: Readonly<Record<string, unknown>>;
  /** Warnings and errors that were logged. */
  readonly log: readonly string[];
  /** Subprocesses that the charm asked for; none is run. */
  readonly commands: readonly unknown[];
}

export interface CharmJob {
  /** Contents by path relative to the charm root: `{ 'src/charm.py': … }`. */
  readonly files: Readonly<Record<string, string>>;
  readonly situation: Situation;
}

let available: boolean | undefined;

/** Is there a python3 (>= 3.9) on the PATH? */
export function pythonAvailable(): boolean {
  available ??= spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0;
  return available;
}

/** `describe`, or a loud skip on a machine without python3. */
export function describeExecution(name: string, tests: () => void): void {
  if (pythonAvailable()) {
    describe(name, tests);
  } else {
    console.warn(`python3 >= 3.9 is missing: SKIPPED the execution proof "${name}"`);
    describe.skip(name, tests);
  }
}

export async function runCharm(
  files: Readonly<Record<string, string>>,
  situation: Situation,
): Promise<Outcome> {
  const [outcome] = await runJobs([{ files, situation }]);
  return outcome as Outcome;
}

/** One charm in several situations, in one Python process; outcomes in the order given. */
export async function runCharmAll(
  files: Readonly<Record<string, string>>,
  situations: readonly Situation[],
): Promise<Outcome[]> {
  return runJobs(situations.map((situation) => ({ files, situation })));
}

/** Several charms in one Python process; outcomes in the order given. */
export async function runJobs(jobs: readonly CharmJob[]): Promise<Outcome[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tempo-codemods-'));
  try {
    const roots = new Map<CharmJob['files'], string>();
    for (const { files } of jobs) {
      if (roots.has(files)) continue;
      const root = join(folder, String(roots.size));
      roots.set(files, root);
      await writeCharm(root, files);
    }
    const input = jobs.map(({ files, situation }) => ({
      charm: roots.get(files),
      module: situation.module,
      class: situation.className,
      metadata: situation.metadata ?? metadataOf(files),
      situation,
    }));
    return parseOutcomes(await runDriver(JSON.stringify({ jobs: input }), folder), jobs.length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeCharm(root: string, files: CharmJob['files']): Promise<void> {
  await mkdir(join(root, 'src'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}

function metadataOf(files: CharmJob['files']): unknown {
  const parsed = ['charmcraft.yaml', 'metadata.yaml'].flatMap((name) => parse(files[name] ?? '') ?? []);
  if (parsed.length === 0) return undefined;
  const config: unknown = parse(files['config.yaml'] ?? '');
  return Object.assign({}, ...parsed, config ? { config } : {});
}

function parseOutcomes(lines: string, count: number): Outcome[] {
  const outcomes = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Outcome);
  if (outcomes.length !== count) throw new Error(`${count} jobs, ${outcomes.length} outcomes`);
  return outcomes;
}

function runDriver(input: string, cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // -I: neither the environment nor the user's site-packages have a say
    const child = spawn('python3', ['-I', '-B', driver, '--batch'], { cwd, timeout: 60_000 });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`the driver failed (${code}): ${errors}`));
    });
    child.stdin.on('error', () => {}); // the exit code tells
    child.stdin.end(input);
  });
}
