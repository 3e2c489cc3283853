/**
 * What must change in the requirements: `ops` gets the extra `tracing` and a floor, and the OpenTelemetry packages go
 * that only the old library needed. What cannot be settled is a problem: the libraries exclude each other, so the
 * charm's code stays as it is then. Source: DOMAIN 0.8, 5.1, 5.2.
 */
import { OPS_FLOOR, OPS_FLOOR_TRACE_DATA, OTEL_FLOOR, OTEL_PACKAGES } from '../facts/opsTracing.js';
import type { Charm } from '../kit/charm.js';
import type { Range } from '../kit/edits.js';
import { lineStart } from '../kit/python/statements.js';
import { allowsFrom, raiseFloor, requirementText } from '../kit/requirement.js';
import { ownFiles } from '../tracing/requirers.js';
import { type Entry, requirementsOf } from './requirements.js';

export interface FileEdit {
  readonly path: string;
  readonly range: Range;
  readonly text: string;
}

export interface DependencyProblem {
  readonly reason: 'ops-missing' | 'ops-pinned' | 'opentelemetry-pinned';
  readonly entry: Entry | undefined;
  readonly message: string;
  readonly help: string;
}

export interface DependencyPlan {
  readonly edits: readonly FileEdit[];
  readonly problems: readonly DependencyProblem[];
  /** OpenTelemetry packages that own code needs, with one place that shows it. */
  readonly kept: readonly { readonly entry: Entry; readonly user: string }[];
}

export function planDependencies(charm: Charm): DependencyPlan {
  return charm.fact('ops-tracing dependencies', () => {
    const entries = requirementsOf(charm);
    const edits: FileEdit[] = [];
    const problems: DependencyProblem[] = [];
    const kept: { entry: Entry; user: string }[] = [];
    const floor = charm.pythonFiles('trace_data').length > 0 ? OPS_FLOOR_TRACE_DATA : OPS_FLOOR;
    const ops = entries.filter((entry) => entry.requirement.key === 'ops');
    if (!ops.some((entry) => entry.runtime)) {
      problems.push({
        reason: 'ops-missing',
        entry: undefined,
        message: "no requirements file of the charm names 'ops', so there is nowhere to ask for ops[tracing]",
        help: `Add 'ops[tracing]>=${floor}' to the charm's requirements, and run again.`,
      });
    }
    for (const entry of ops) {
      const { requirement } = entry;
      const version = raiseFloor(requirement.version, floor);
      if (version === undefined) problems.push(pinned(entry, floor));
      else if (entry.runtime && !hasTracing(ops, entry)) edits.push(...withTracing(entry, version));
    }
    const users = modulesUsed(charm);
    for (const entry of entries) {
      const modules = OTEL_PACKAGES[entry.requirement.key];
      if (!modules) continue;
      const user = users.find(({ module }) => modules.test(module));
      if (!user) edits.push(removal(charm, entry));
      else if (allowsFrom(entry.requirement.version, OTEL_FLOOR)) kept.push({ entry, user: user.path });
      else problems.push(otelPinned(entry, user.path));
    }
    return { edits, problems, kept };
  });
}

/** Another requirement of the same list asks for the extra already, or this is not the first `ops` of its list. */
function hasTracing(ops: readonly Entry[], entry: Entry): boolean {
  const list = ops.filter((one) => one.path === entry.path && one.list === entry.list);
  return list.some((one) => one.requirement.extras.includes('tracing')) || list[0] !== entry;
}

function pinned(entry: Entry, floor: string): DependencyProblem {
  const { requirement } = entry;
  return {
    reason: 'ops-pinned',
    entry,
    message: `'${requirement.name}${requirement.version}' (${entry.list}) excludes ops ${floor}, the first release with ops.tracing`,
    help: `Move the charm to ops>=${floor} first (see the release notes of ops), and run again.`,
  };
}

function otelPinned(entry: Entry, user: string): DependencyProblem {
  const { requirement } = entry;
  return {
    reason: 'opentelemetry-pinned',
    entry,
    message: `'${requirement.name}${requirement.version}' is needed by ${user} and cannot be installed beside ops[tracing], which wants OpenTelemetry ${OTEL_FLOOR} or later`,
    help: `Lift the pin ('${requirement.name}>=${OTEL_FLOOR}'), or remove the code that needs it, and run again.`,
  };
}

function withTracing(entry: Entry, version: string): FileEdit[] {
  const { path, requirement, poetry, range } = entry;
  if (!poetry) return [{ path, range, text: requirementText(requirement, 'tracing', version) }];
  const extras = [...requirement.extras, 'tracing']
    .sort()
    .map((one) => `"${one}"`)
    .join(', ');
  if (poetry.kind === 'string')
    return [{ path, range, text: `{ version = "${version}", extras = [${extras}] }` }];
  const edits: FileEdit[] = [];
  const list = `, extras = [${extras}]`;
  edits.push({
    path,
    range: poetry.version,
    text: `"${version}"${poetry.extras ? '' : list}`,
  });
  if (poetry.extras) edits.push({ path, range: poetry.extras, text: `[${extras}]` });
  return edits;
}

/** The requirement goes, and so does a comment line above it that only says which library wanted it. */
function removal(charm: Charm, entry: Entry): FileEdit {
  const { path, removal } = entry;
  const text = charm.textOf(path);
  let { start } = removal;
  const above = text.slice(lineStart(text, Math.max(0, start - 1)), start);
  if (/^[ \t]*#.*\bcharm_tracing(\.py)?\b/.test(above) && lineStart(text, start) === start)
    start -= above.length;
  // A file that ends without an end of line keeps to that.
  if (removal.end === text.length && !text.endsWith('\n')) start = text.slice(0, start).trimEnd().length;
  return { path, range: { start, end: removal.end }, text: '' };
}

/** OpenTelemetry modules that own code and other vendored libraries name. */
function modulesUsed(charm: Charm): { module: string; path: string }[] {
  const own = ownFiles(charm, 'opentelemetry').map((file) => file.path);
  const vendored = charm.libraries
    .filter((library) => !/^tempo_(coordinator_)?k8s$/.test(library.charm))
    .map((library) => library.path)
    .filter((path) => charm.relative(path) !== undefined && charm.tree.contains(path, 'opentelemetry'));
  return [...own, ...vendored].flatMap((path) =>
    Array.from(charm.textOf(path).matchAll(MODULE), ([, imported, dotted = '']) => ({
      module: imported ?? dotted,
      path,
    })),
  );
}

const MODULE = /^[ \t]*(?:from|import)[ \t]+(opentelemetry\b[.\w]*)|\b(opentelemetry(?:\.\w+)+)/gm;
