/** Runs as reports see them: small charms through the real pipeline, with three test transforms. */
import { formatPatch, structuredPatch } from 'diff';
import { excerptOf } from '../../../runner/report/frame.js';
import type { CharmOutcome, FileOutcome, FindingOutcome, RunOutcome } from '../../../runner/result.js';
import { drain, pipeline } from '../../../transforms/kit/apply.js';
import { Charm } from '../../../transforms/kit/charm.js';
import { position } from '../../../transforms/kit/edits.js';
import { defineTransform, optionValues, type Transform } from '../../../transforms/kit/transform.js';
import { MemoryTree, Overlay } from '../../../transforms/kit/tree.js';

export const rename = defineTransform({
  id: 'rename-lib-modules',
  title: 'Point imports at the tempo_coordinator_k8s libraries',
  safety: 'safe',
  language: 'python',
  literals: ['tempo_k8s'],
  apply(file) {
    for (const match of file.text.matchAll(/tempo_k8s\.v[12]/g)) {
      file.edit.replace(
        { start: match.index, end: match.index + match[0].length },
        'tempo_coordinator_k8s.v0',
      );
    }
  },
});

export const helper = defineTransform({
  id: 'charm-tracing-config',
  title: 'Let charm_tracing_config decide endpoint and certificate',
  safety: 'review',
  language: 'python',
  literals: ['tracing_endpoint'],
  findings: {
    'cert-read-elsewhere': { severity: 'warning', title: 'The certificate getter is read by other code' },
  },
  apply(file) {
    const getter = /\n {4}@property\n {4}def tracing_endpoint\(self\):\n(?: {8}.*\n)+/.exec(file.text);
    const init = /def __init__\(self, \*args\):\n/.exec(file.text);
    const names = /\.tracing import (TracingEndpointRequirer)/.exec(file.text);
    if (getter && init && names) {
      const group = 'tracing_endpoint';
      file.edit.remove({ start: getter.index, end: getter.index + getter[0].length }, group);
      file.edit.insert(
        init.index + init[0].length,
        '        self._endpoint, self._cert = charm_tracing_config(self.tracing, CERT)\n',
        group,
      );
      file.edit.insert(names.index + names[0].length, ', charm_tracing_config', group);
      const decorator = /"tracing_endpoint"/.exec(file.text);
      if (decorator) {
        file.edit.replace(
          { start: decorator.index, end: decorator.index + decorator[0].length },
          '"_endpoint"',
          group,
        );
      }
    }
    const read = /self\.cert_path\b/.exec(file.text);
    if (read) {
      file.report('cert-read-elsewhere', {
        message: '`self.cert_path` is read outside the getter, so it was kept.',
        help: 'Check that `self.cert_path` and the new `self._cert` name the same file.',
        at: { start: read.index, end: read.index + read[0].length },
      });
    }
  },
});

export const vendored = defineTransform({
  id: 'vendored-libs',
  title: 'Remove vendored libraries that nothing imports',
  safety: 'safe',
  language: 'python',
  literals: ['tempo_k8s'],
  findings: { fetch: { severity: 'info', title: 'A new library has to be fetched' } },
  conclude({ charm, act, report }) {
    for (const path of charm.tree.paths()) {
      if (path.includes('lib/charms/tempo_k8s/')) act({ kind: 'delete', path });
    }
    report('fetch', {
      message: 'The new library `tempo_coordinator_k8s.v0.tracing` is not in the charm yet.',
      help: 'charmcraft fetch-lib charms.tempo_coordinator_k8s.v0.tracing',
    });
  },
});

export const CHARM = `"""A charm."""

from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops import CharmBase

CERT = "/etc/ssl/cert.crt"


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="cert_path")
class MyCharm(CharmBase):
    """Serves cats."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.framework.observe(self.on.config_changed, self._on_config_changed)

    def _on_config_changed(self, _):
        print("certificate", self.cert_path)

    @property
    def tracing_endpoint(self):
        if self.tracing.is_ready():
            return self.tracing.get_endpoint("otlp_http")
        return None

    @property
    def cert_path(self):
        return CERT
`;

export const TEST = `from unittest.mock import patch

from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer


def test_charm():
    with patch("charms.tempo_k8s.v2.tracing.TracingEndpointRequirer.is_ready"):
        assert TracingEndpointRequirer
`;

export const LIB = '"""Old library."""\n\nLIBPATCH = 7\n';

/** The files of one ordinary charm below a folder. */
export function charmFiles(root = ''): Record<string, string> {
  const at = (path: string) => (root === '' ? path : `${root}/${path}`);
  return {
    [at('src/charm.py')]: CHARM,
    [at('tests/test_charm.py')]: TEST,
    [at('lib/charms/tempo_k8s/v2/tracing.py')]: LIB,
  };
}

export interface CharmInput {
  readonly root?: string;
  readonly name?: string | null;
  readonly files: Readonly<Record<string, string>>;
}

/** Runs transforms over charms in memory and says what happened as the runner does. */
export function outcomeOf(
  charms: readonly CharmInput[],
  options: { transforms?: readonly Transform[]; written?: boolean; rejected?: ReadonlySet<string> } = {},
): RunOutcome {
  const transforms = options.transforms ?? [rename, helper, vendored];
  const written = options.written ?? false;
  const outcomes = charms.map((charm) => runCharm(charm, transforms, written, options.rejected ?? new Set()));
  const files = outcomes.flatMap((charm) => charm.files);
  const findings = outcomes.flatMap((charm) => charm.findings);
  const counted = (status: FileOutcome['status']) => files.filter((file) => file.status === status).length;
  const severity = (name: FindingOutcome['severity']) =>
    findings.filter((one) => one.severity === name).length;
  return {
    presets: ['tempo-coordinator'],
    transforms: transforms.map(({ id, title, safety, findings }) => ({
      id,
      title,
      safety,
      findings,
      why: `later steps need what '${id}' makes`,
    })),
    written,
    charms: outcomes,
    summary: {
      charms: outcomes.length,
      scanned: charms.reduce((sum, charm) => sum + Object.keys(charm.files).length, 0),
      candidates: files.length,
      changed: counted('modified'),
      created: counted('created'),
      deleted: counted('deleted'),
      failed: counted('failed'),
      findings: { error: severity('error'), warning: severity('warning'), info: severity('info') },
    },
  };
}

function runCharm(
  { root = '', name = null, files }: CharmInput,
  transforms: readonly Transform[],
  written: boolean,
  rejected: ReadonlySet<string>,
): CharmOutcome {
  const tree = new Overlay(new MemoryTree(files));
  const charm = new Charm(tree, root);
  const configured = transforms.map((transform) => ({ transform, options: optionValues(transform) }));
  const result = drain(pipeline(charm, configured, { rejected }));
  const changed = [...tree.changes].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    root: root === '' ? '.' : root,
    name,
    scanned: Object.keys(files).length,
    candidates: changed.length,
    files: changed.map(([path, after]) => {
      const before = tree.base.read(path) ?? null;
      const steps = result.steps.filter((step) => step.path === path);
      const makers = new Set(steps.map((step) => step.transform));
      if (after === null) makers.add('vendored-libs');
      return {
        charm: root === '' ? '.' : root,
        path,
        status: before === null ? 'created' : after === null ? 'deleted' : 'modified',
        transforms: transforms.map(({ id }) => id).filter((id) => makers.has(id)),
        diff: patchOf(path, before, after),
        error: null,
        before,
        after,
        steps,
      };
    }),
    findings: result.findings.map(({ rangeBefore, rangeAfter, ...finding }) => {
      const range = written ? rangeAfter : rangeBefore;
      const text =
        finding.file === null ? undefined : written ? tree.read(finding.file) : tree.base.read(finding.file);
      const start = range && text !== undefined ? position(text, range.start) : null;
      const end = range && text !== undefined ? position(text, range.end) : null;
      return {
        id: finding.id,
        severity: finding.severity,
        transform: finding.transform,
        charm: root === '' ? '.' : root,
        file: finding.file,
        line: start?.line ?? null,
        column: start?.column ?? null,
        endLine: end?.line ?? null,
        endColumn: end?.column ?? null,
        message: finding.message,
        help: finding.help,
        docs: finding.docs,
        ...(start && text !== undefined ? { excerpt: excerptOf(text, start.line, end?.line) } : {}),
      };
    }),
    actions: result.actions,
    failed: null,
  };
}

/** A git patch, as the runner makes it. */
export function patchOf(path: string, before: string | null, after: string | null): string {
  const patch = structuredPatch(path, path, before ?? '', after ?? '', undefined, undefined, { context: 3 });
  return formatPatch([
    {
      ...patch,
      oldFileName: before === null ? '/dev/null' : `a/${path}`,
      newFileName: after === null ? '/dev/null' : `b/${path}`,
      oldHeader: '',
      newHeader: '',
      isGit: true,
      ...(before === null ? { isCreate: true, newMode: '100644' } : {}),
      ...(after === null ? { isDelete: true, oldMode: '100644' } : {}),
    },
  ]);
}

/** Content that tries to act in whatever shows it. */
export const HOSTILE = {
  path: 'src/<img src=x onerror=alert(1)> `::error::`\u001b[31m\u202e.py',
  text: [
    '# </script><script>window.pwned=1</script> <!-- {{constructor}}',
    '# ```',
    '# ````\u001b]0;title\u0007\u001b[2J',
    '::error file=x::pwned',
    'import charms.tempo_k8s.v2.tracing  # <img src=x onerror="window.pwned=1"> </details>',
    '# @everyone #1 [link](javascript:alert(1)) \u202eevil',
    '',
  ].join('\n'),
} as const;

/** A run with hostile names, contents and messages in every place. */
export function hostileOutcome(): RunOutcome {
  const outcome = outcomeOf([{ root: '', name: '<b>name</b>', files: { [HOSTILE.path]: HOSTILE.text } }], {
    transforms: [rename],
  });
  const [charm] = outcome.charms;
  if (!charm) throw new Error('no charm');
  const finding: FindingOutcome = {
    id: 'rename-lib-modules/<script>',
    severity: 'warning',
    transform: 'rename-lib-modules',
    charm: '.',
    file: HOSTILE.path,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 5,
    message: 'In <img src=x onerror="window.pwned=1"> and\n::warning::x \u001b[31mred @team #12 **b** `a``b`',
    help: 'Run `x`\n```\n</details><script>window.pwned=1</script>\n- [x] done',
    docs: 'javascript:alert(1)',
    excerpt: excerptOf(HOSTILE.text, 1),
  };
  return { ...outcome, charms: [{ ...charm, findings: [finding] }] };
}
