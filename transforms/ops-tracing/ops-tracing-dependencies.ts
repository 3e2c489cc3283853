/**
 * Asks for `ops[tracing]`, and drops the OpenTelemetry packages that only the old library needed.
 *
 * Why: the old library's `opentelemetry-exporter-otlp-proto-http==1.21.0` and the sdk `~=1.30` of ops cannot be
 * installed together (DOMAIN 0.8, 5.2).
 *
 *     -    "ops>=2.10",
 *     -    "opentelemetry-exporter-otlp-proto-http==1.21.0",
 *     +    "ops[tracing]>=2.21",
 *
 * Handles: PEP 621 and its extras, dependency groups, poetry, requirements files, tox `deps` that stand alone, charmcraft
 * parts; `cargo` in build-packages where the charm plugin builds pydantic-core. A comment line that says nothing but
 * which library wanted a package, and a comment behind the package, go with it.
 *
 * Refuses: an `ops` that is pinned below 2.21, or named nowhere; an OpenTelemetry pin below 1.30 that own code needs. The
 * charm's code is left as it is then. Packages that own code needs stay, and are reported; compiled requirements and
 * lock files are not edited, and the command that makes them anew is reported.
 *
 * Safety: review.
 */

import type { Charm } from '../kit/charm.js';
import { must } from '../kit/must.js';
import { indentOf } from '../kit/python/nodes.js';
import { lineEnd, lineStart } from '../kit/python/statements.js';
import { defineTransform, type FileContext } from '../kit/transform.js';
import { isMap, isScalar, isSeq, parseYaml, yamlAt, yamlRange, yamlString } from '../kit/yaml.js';
import { planDependencies } from './dependencyPlan.js';
import { GROUP, LITERALS, planOf, problemsOf } from './plan.js';
import { isCompiled, REQUIREMENT_FILES, requirementsOf } from './requirements.js';

const findings = {
  'ops-missing': { severity: 'warning', title: 'No requirements file names ops' },
  'ops-pinned': { severity: 'warning', title: 'ops is pinned below the first release with ops.tracing' },
  'opentelemetry-pinned': { severity: 'warning', title: 'Own code needs an OpenTelemetry that is too old' },
  'opentelemetry-kept': { severity: 'info', title: 'Own code needs an OpenTelemetry package' },
  'importlib-metadata': {
    severity: 'info',
    title: 'importlib-metadata may have been there for the old library',
  },
  'build-packages': { severity: 'info', title: 'pydantic-core may be built from source' },
  relock: { severity: 'info', title: 'A lock file has to be made anew' },
} as const;

type Context = FileContext<keyof typeof findings>;

export default defineTransform({
  id: 'ops-tracing-dependencies',
  title: 'Ask for ops[tracing] instead of the OpenTelemetry exporter',
  safety: 'review',
  language: 'text',
  files: REQUIREMENT_FILES,
  literals: LITERALS,
  findings,
  plan({ charm, report }) {
    for (const { reason, file, at, message, help } of problemsOf(charm, 'ops-tracing-dependencies'))
      report(reason as keyof typeof findings, { message, help, file, at });
    const { state } = planOf(charm);
    return { state, files: state === 'converted' ? charm.files() : [] };
  },
  also: (plan) => plan.files,
  apply(file, plan) {
    if (!file.charm || plan?.state !== 'converted') return;
    const { edits, kept } = planDependencies(file.charm);
    for (const { path, range, text } of edits) {
      if (path === file.path) file.edit.replace(range, text, GROUP);
    }
    for (const { entry, user } of kept) {
      if (entry.path !== file.path) continue;
      file.report('opentelemetry-kept', {
        at: entry.range,
        message: `${entry.requirement.name} stays: ${user} needs it`,
        help: 'ops[tracing] brings opentelemetry-api and opentelemetry-sdk along; leave out what they cover.',
      });
    }
    reportMetadataPin(file, file.charm);
    if (file.charm.relative(file.path) === 'charmcraft.yaml') addCargo(file);
  },
  conclude({ charm, report }) {
    const names = charm.files().map((path) => ({ path, name: must(charm.relative(path), path) }));
    const changed = names.filter(({ path }) => charm.tree.changes.has(path)).map(({ name }) => name);
    const pyproject = changed.includes('pyproject.toml');
    const requirements = changed.find((name) => /^requirements.*\.in$/.test(name));
    if (planOf(charm).state !== 'converted') return;
    const locks = [
      { name: 'uv.lock', stale: pyproject, command: 'uv lock' },
      { name: 'poetry.lock', stale: pyproject, command: 'poetry lock' },
      ...names.flatMap(({ path, name }) => {
        const compiled = /^requirements[^/]*\.txt$/.test(name) && isCompiled(charm.textOf(path));
        const command = `pip-compile ${requirements ?? 'pyproject.toml'}`;
        return compiled ? [{ name, stale: pyproject || requirements !== undefined, command }] : [];
      }),
    ];
    for (const { name, stale, command } of locks) {
      if (!stale || charm.read(charm.at(name)) === undefined) continue;
      report('relock', {
        file: charm.at(name),
        message: `${name} does not know ops[tracing] yet`,
        help: `Run '${command}'${charm.root === '' ? '' : ` in ${charm.root}`}.`,
      });
    }
  },
});

/** A dependency of opentelemetry-api that charms pinned for the old library's upgrade hook (DOMAIN 5.2). */
function reportMetadataPin(file: Context, charm: Charm): void {
  if (charm.pythonFiles('importlib_metadata').length > 0) return;
  for (const { path, requirement, range } of requirementsOf(charm)) {
    if (path !== file.path || requirement.key !== 'importlib-metadata') continue;
    file.report('importlib-metadata', {
      at: range,
      message: `${requirement.name}${requirement.version}: the charm's code does not use it, the old library did`,
      help: 'Remove it if nothing else needs it: opentelemetry-api brings a version that fits.',
    });
  }
}

/** With charmcraft's charm plugin pydantic-core is built from source, which wants a Rust compiler (DOMAIN 5.2). */
function addCargo(file: Context): void {
  const document = parseYaml(file.text);
  const parts = document && yamlAt(document, ['parts']);
  if (!isMap(parts)) return;
  for (const { value: part } of parts.items) {
    const plugin = isMap(part) ? yamlString(part.get('plugin', true)) : undefined;
    if (!isMap(part) || plugin?.value !== 'charm') continue;
    const { start, end } = yamlRange(part);
    if (/\b(cargo|rustup|rustc|pydantic(-core)?)\b/.test(file.text.slice(start, end))) continue;
    const key = yamlRange(plugin.node);
    const list = part.get('build-packages', true);
    const last = isSeq(list) ? list.items.at(-1) : undefined;
    const at = isScalar(last) ? yamlRange(last) : undefined;
    if (isSeq(list) && at) {
      const start = lineStart(file.text, at.start);
      const margin = file.text.slice(start, at.start);
      file.edit.insert(at.end, list.flow ? ', cargo' : `${file.layout.eol}${margin}cargo`, GROUP);
    } else {
      if (list !== undefined) continue;
      const margin = indentOf(file.text.slice(lineStart(file.text, key.start)));
      file.edit.insert(
        lineEnd(file.text, key.end),
        `${file.layout.eol}${margin}build-packages: [cargo]`,
        GROUP,
      );
    }
    file.report('build-packages', {
      at: key,
      group: GROUP,
      message:
        'cargo joins build-packages: ops[tracing] needs pydantic, and the charm plugin builds pydantic-core from source',
      help: 'On a base whose cargo is too old use build-snaps: [rustup] with override-build, or charm-binary-python-packages: [pydantic].',
    });
  }
}
