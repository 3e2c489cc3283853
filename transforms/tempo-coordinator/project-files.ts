/**
 * What: points everything around the code at the coordinator libraries: comments and keys of pyproject.toml,
 * requirements, tox.ini, .sunbeam-build.yaml, .wokeignore, scripts, workflows, renovate, READMEs; and ignores the
 * buffer file that the new charm tracing writes.
 *
 * Why: the guide's `sed` visits src and tests only. A missed line of .sunbeam-build.yaml leaves the library out of the
 * charm, a missed fetch-lib line brings the old one back. DOMAIN 3.1, 3.3; SHAPES 2.3.
 *
 *     # lib/charms/tempo_k8s/v1/charm_tracing.py     →  # lib/charms/tempo_coordinator_k8s/v0/charm_tracing.py
 *     opentelemetry-exporter-otlp-proto-grpc==1.17.0 →  opentelemetry-exporter-otlp-proto-http==1.21.0
 *     .gitignore                                     →  + .charm_tracing_buffer.raw
 *
 * Handles:
 * - module names and library paths, separators kept; entries that become the same are one afterwards
 * - the grpc exporter of v0 charm tracing; it stays beside the http one, in its release, when other code imports it
 * - renovate entries in which name, LIBID and API agree
 * - .gitignore, on the final state: only when the charm uses `trace_charm` then and no pattern covers the file
 *
 * Refuses:
 * - modules without successor (`no-successor`) or that the code goes on importing (`still-imported`)
 * - prose that speaks of both generations, or of tempo_k8s without a module: `prose`
 * - other renovate entries: `renovate`; requirements in generated files: `requirement`; `pydantic<2`: `pydantic`
 * - repositories that own the old libraries; changelogs, release notes and lock files (`lock`: lock again)
 *
 * Safety: safe.
 */
import ignore from 'ignore';
import { NEW_CHARM_TRACING, OLD_OWNERS } from '../facts/libraries.js';
import type { Charm } from '../kit/charm.js';
import { layoutOf } from '../kit/layout.js';
import { withoutLibPrefix } from '../kit/python/names.js';
import { defineTransform } from '../kit/transform.js';
import { exporterEdits, GRPC, HTTP } from '../tracing/exporter.js';
import { referenceEdits } from '../tracing/projectReferences.js';
import { renovateEdits } from '../tracing/renovate.js';
import { stillImported } from '../tracing/stillImported.js';

const PROSE = /(?:^|\/)(?:README|CONTRIBUTING|HACKING)[^/]*$|(?:^|\/)\.github\/.*\.md$/;
const RENOVATE = /(?:^|\/)(?:\.renovaterc|\.?renovate[^/]*)\.json5?$/;
const REQUIREMENTS =
  /(?:^|\/)(?:requirements[^/]*\.(?:txt|in)|pyproject\.toml|tox\.ini|charmcraft\.yaml)$|(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/;
const BUFFER = '.charm_tracing_buffer.raw';

export default defineTransform({
  id: 'project-files',
  title: 'Point project files at the coordinator libraries',
  safety: 'safe',
  language: 'text',
  files: [
    '**/{pyproject,ruff,.ruff}.toml',
    '**/requirements*.{txt,in}',
    '**/requirements/*.{txt,in}',
    '**/{tox.ini,setup.cfg,.wokeignore,.coveragerc,.codespellrc,.licenserc.yaml,.jujuignore,charmcraft.yaml}',
    '**/{.sunbeam-build.yaml,.pre-commit-config.yaml,Makefile,justfile,noxfile.py}',
    '**/*.{sh,bash}',
    '**/scripts/**',
    '**/{renovate,.renovaterc,.renovate}*.json*',
    '**/{README,CONTRIBUTING,HACKING}*',
    '.github/**',
  ],
  literals: ['tempo_k8s', 'tempo-k8s', 'tempo_coordinator_k8s', GRPC, 'pydantic'],
  findings: {
    'no-successor': { severity: 'warning', title: 'A library that the coordinator does not have' },
    'still-imported': { severity: 'warning', title: 'The code goes on importing the old library' },
    duplicate: { severity: 'warning', title: 'Two entries that become the same' },
    prose: { severity: 'info', title: 'Text about the old libraries' },
    renovate: { severity: 'warning', title: 'A renovate entry whose name, LIBID and API do not agree' },
    requirement: {
      severity: 'warning',
      title: 'The grpc exporter, which the coordinator library does not use',
    },
    pydantic: { severity: 'info', title: 'pydantic<2 was a demand of the old library' },
    lock: { severity: 'info', title: 'A lock file that has to be made again' },
  },
  plan: ({ charm }) => ({
    owner: OLD_OWNERS.some((owner) => charm.owns(owner)),
    grpcTracing: fromOld(charm, /^charms\.tempo_k8s\.v0\.charm_/),
    oldPydantic: fromOld(charm, /^charms\.tempo_k8s\.v0\.tracing$/),
    grpcImported: charm
      .pythonFiles('opentelemetry')
      .some((path) => /opentelemetry\.exporter\.otlp\.proto\.grpc/.test(charm.textOf(path))),
    still: stillImported(charm),
  }),
  apply(file, plan) {
    // Without facts nobody knows whether the libraries are this repository's own.
    if (!plan || plan.owner || file.path.endsWith('.py')) return;
    const { path, text } = file;
    if (RENOVATE.test(path)) {
      const { edits, left } = renovateEdits(text);
      for (const edit of edits) file.edit.replace(edit, edit.text);
      for (const at of left) {
        file.report('renovate', {
          at,
          message: `'${text.slice(at.start, at.end)}' was left: library name, LIBID and api of its entry do not belong together, or one is missing`,
          help: 'Write tempo-coordinator-k8s, the LIBID of the new library (charm_tracing 01780f1e588c42c3976d26780fdf9b89, tracing d2f02b1f8d1244b5989fd55bc3a28943) and api=0.',
        });
      }
      return;
    }
    for (const { reason, ...report } of referenceEdits(file, plan.still, PROSE.test(path))) {
      file.report(reason, report);
    }
    if (!REQUIREMENTS.test(path)) return;
    if (plan.grpcTracing) {
      const { edits, left } = exporterEdits(text, !/\.(?:txt|in)$/.test(path), plan.grpcImported);
      const group = `${path}:exporter`;
      for (const edit of edits) file.edit.replace(edit, edit.text, group);
      for (const { why, ...at } of left) {
        file.report('requirement', {
          at,
          message: `${GRPC} was needed by charm tracing v0; the coordinator's needs ${HTTP}. It was left, for ${why}`,
          help: `Write ${HTTP}==1.21.0${plan.grpcImported ? ` beside ${GRPC}, which other code imports` : ''}; a generated file comes from another one: change that, and compile again.`,
        });
      }
      for (const [lock, command] of edits.length > 0 && path.endsWith('pyproject.toml')
        ? locks(file.charm)
        : []) {
        file.report('lock', {
          group,
          message: `the requirements changed, so ${lock} is out of date`,
          help: `Lock again: ${command}`,
        });
      }
    }
    if (!plan.oldPydantic) return;
    for (const { index, 0: whole } of text.matchAll(
      /(?<![\w-])pydantic(?![\w-])[ \t]*(?:=[ \t]*["'])?(?:[<~=^]=?[ \t]*1\b|<[ \t]*2\b)[.\d]*/g,
    )) {
      file.report('pydantic', {
        at: { start: index, end: index + whole.length },
        message: `${whole} was a demand of charms.tempo_k8s.v0.tracing; the coordinator's library takes any pydantic`,
        help: 'Lift the limit unless other code needs it.',
      });
    }
  },
  conclude({ charm, act }) {
    // A tester charm below tests/ is packed and deployed, never run in its folder.
    if (/(?:^|\/)tests\//.test(charm.root) || !usesTraceCharm(charm) || ignored(charm)) return;
    const path = charm.at('.gitignore');
    const text = charm.read(path) ?? '';
    const { eol } = layoutOf(text, 0);
    act({ kind: 'write', path, text: `${text}${/[^\n]$/.test(text) ? eol : ''}${BUFFER}${eol}` });
  },
});

/** Whether the charm's code had a name of such a module before the run. */
function fromOld(charm: Charm, module: RegExp): boolean {
  return charm
    .pythonFiles('charms.tempo_coordinator_k8s')
    .filter((path) => charm.relative(path) !== undefined)
    .some((path) =>
      charm
        .python(path)
        ?.imports.flatMap(({ names }) => names)
        .some(({ local }) => module.test(charm.origin(path, local)?.module ?? '')),
    );
}

function usesTraceCharm(charm: Charm): boolean {
  return charm
    .pythonFiles('trace_charm', 'tempo_coordinator_k8s')
    .filter((path) => charm.relative(path) !== undefined)
    .some((path) =>
      charm.python(path)?.imports.some(({ module, names }) => {
        const from = withoutLibPrefix(module);
        return names.some(({ name }) =>
          [name, `${from}.${name}`]
            .map(withoutLibPrefix)
            .some((full) => full === NEW_CHARM_TRACING || full === `${NEW_CHARM_TRACING}.trace_charm`),
        );
      }),
    );
}

/** A .gitignore between the repository's top and the charm covers the buffer file. */
function ignored(charm: Charm): boolean {
  const parts = charm.root === '' ? [] : charm.root.split('/');
  return Array.from({ length: parts.length + 1 }, (_, depth) => depth).some((depth) => {
    const folder = parts.slice(0, depth);
    const text = charm.read([...folder, '.gitignore'].join('/'));
    return (
      text !== undefined &&
      ignore()
        .add(text)
        .ignores([...parts.slice(depth), BUFFER].join('/'))
    );
  });
}

/** The lock files that this charm root sees, each with its command. */
function locks(charm: Charm | undefined): [string, string][] {
  const known = { 'uv.lock': 'uv lock', 'poetry.lock': 'poetry lock' };
  return Object.entries(known).filter(([name]) => charm?.read(charm.at(name)) !== undefined);
}
