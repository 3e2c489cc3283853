/**
 * What: reports where documents, bundles, terraform and tests deploy the charm `tempo-k8s`. It changes nothing.
 *
 * Why: one tempo-k8s becomes a coordinator, workers and S3 storage, which needs credentials, trust and sizing that no
 * tool can know. Migration guide, "Migration guide" and "Data migration"; DOMAIN 4.
 *
 *     juju deploy tempo-k8s --channel latest/edge
 *   →
 *     juju deploy tempo-coordinator-k8s tempo --channel 1/stable --trust   (and six more lines, in the finding's help)
 *
 * Handles:
 * - `juju deploy`, `charm: tempo-k8s`, terraform names and sources, `deploy("tempo-k8s")`: `deployed`, with a snippet
 * - `juju integrate tempo-k8s:…` and the like: `relation`; the peer relation `tempo-peers`: `peers`
 * - the resource `tempo-image`: `resource`; channels of the closed track `latest`: `channel`
 * - stored traces, once a charm: `traces`
 *
 * Refuses:
 * - nothing: names of remote applications in unit tests are arbitrary and give no finding; no more do repositories that
 *   own tempo-k8s
 *
 * Safety: safe.
 */
import { DEPLOYMENT, type DeploymentForm } from '../facts/deployment.js';
import { OLD_OWNERS } from '../facts/libraries.js';
import type { Range } from '../kit/edits.js';
import { protection } from '../kit/protected.js';
import { defineTransform } from '../kit/transform.js';

/** What the globs select, for the plan. */
const FILE = /\.(?:md|rst|adoc|txt|ya?ml|j2|bundle|tf|tfvars|py|sh|bash)$|(?:^|\/)(?:justfile|Makefile)$/;
/** Test folders that deploy; elsewhere in tests the name is data. */
const DEPLOYING = /(?:^|\/)(?:integration|e2e|functional|smoke|uat|system)(?:\/|$)/;
const CHARM = '(?<![\\w./-])(?:ch:)?tempo-k8s(?![\\w-])';
const CHARACTER = '(?:[^\\n\\\\]|\\\\\\r?\\n|\\\\.)';
/** To the end of the line, continued lines included. */
const LINE = `${CHARACTER}*?`;
/** The same, up to the next command: else each one on a long line would read on to its end. */
const WORDS = `(?:(?!\\bjuju\\s)${CHARACTER})*?`;
const COMMAND = new RegExp(`\\bjuju\\s+deploy\\b${WORDS}${CHARM}${LINE}(?=\\r?\\n|$)`, 'g');
const RELATION = new RegExp(
  `\\bjuju\\s+(?:integrate|relate|add-relation|offer|consume|expose)\\b${WORDS}(?<![\\w-])tempo-k8s(?![\\w-])`,
  'g',
);
const BUNDLE =
  /^([ \t]*)(?:-[ \t]+)?charm:[ \t]*["']?(?:ch:)?tempo-k8s["']?[ \t]*(?:#.*)?$(?:\r?\n\1[ \t]*[^\s-].*)*/gm;
const TERRAFORM =
  /\b(?:name|charm|charm_name)[ \t]*=[ \t]*"tempo-k8s"[^}]*|\bsource[ \t]*=[ \t]*"(?=[^"\n]*\/tempo-k8s-operator)[^"\n]*"/g;
const PYTHON_CALL = /\bdeploy\(\s*(?:[\w.]+\s*=\s*)?["'](?:ch:)?tempo-k8s["'][^)]*/g;
const PYTHON_NAME = /["'](?:ch:)?tempo-k8s["']/g;

export default defineTransform({
  id: 'deployment-report',
  title: 'Report where tempo-k8s is deployed',
  safety: 'safe',
  language: 'text',
  files: ['**/*.{md,rst,adoc,txt,yaml,yml,j2,bundle,tf,tfvars,py,sh,bash}', '**/{justfile,Makefile}'],
  literals: ['tempo-k8s', 'tempo-peers'],
  findings: {
    deployed: { severity: 'warning', title: 'tempo-k8s is deployed: its successor is three applications' },
    relation: { severity: 'info', title: 'A relation with tempo-k8s' },
    peers: { severity: 'warning', title: 'The peer relation tempo-peers is called peers now' },
    resource: { severity: 'warning', title: 'The resource tempo-image belongs to the worker now' },
    channel: { severity: 'warning', title: 'The track latest is closed' },
    traces: { severity: 'info', title: 'Stored traces cannot be migrated' },
  },
  plan({ charm }): Plan {
    const owner = OLD_OWNERS.some((one) => charm.owns(one));
    const first = charm
      .files()
      .filter((path) => FILE.test(path) && charm.tree.contains(path, 'tempo-k8s'))
      .filter((path) => protection(path, charm) === undefined)
      .find((path) => deployments(path, charm.textOf(path)).length > 0);
    return { owner, first };
  },
  apply(file, plan) {
    if (!plan || plan.owner) return;
    const { path, text } = file;
    const found = deployments(path, text);
    for (const { start, end, form } of found) {
      file.report('deployed', {
        at: { start, end: Math.min(end, lineEnd(text, start)) },
        message:
          'tempo-k8s is deprecated; its successor is a coordinator, one or more workers, and S3 storage',
        help: `Deploy the successor:\n${DEPLOYMENT[form]}`,
      });
      for (const one of within(text, { start, end }, /(?<![\w/])latest\/(?:stable|candidate|beta|edge)\b/g)) {
        file.report('channel', {
          at: one,
          message: `${text.slice(one.start, one.end)}: the charms of the successor have no open track latest`,
          help: 'Use 1/stable (or 2/edge, dev/edge).',
        });
      }
      for (const one of within(text, { start, end }, /(?<![\w-])tempo-image(?![\w-])/g)) {
        file.report('resource', {
          at: one,
          message:
            'tempo-image is a resource of tempo-worker-k8s now; the coordinator has nginx-image and nginx-prometheus-exporter-image',
          help: 'Give tempo-image to the worker, or leave the resources to the store.',
        });
      }
    }
    if (plan.first === path) {
      file.report('traces', {
        message:
          'stored traces cannot be moved from tempo-k8s, which keeps them in memory, to the S3 storage of its successor',
        help: 'Run both stacks side by side until the old history has expired, then remove tempo-k8s.',
      });
    }
    const whole = { start: 0, end: text.length };
    for (const at of within(text, whole, RELATION)) {
      file.report('relation', {
        at,
        message:
          'no endpoint of tempo-k8s that others relate to was renamed; only the application is another',
        help: 'Write tempo (the coordinator) in place of tempo-k8s; make cross-model offers and saved URLs again.',
      });
    }
    if (/\.py$/.test(path) && !DEPLOYING.test(path)) return;
    for (const at of within(text, whole, /(?<![\w-])tempo-peers(?![\w-])/g)) {
      file.report('peers', {
        at,
        message: 'the peer relation tempo-peers of tempo-k8s is called peers in the coordinator',
        help: 'Write peers.',
      });
    }
  },
});

interface Plan {
  readonly owner: boolean;
  /** The first file that deploys it, which gets the charm's one remark on stored traces. */
  readonly first: string | undefined;
}

interface Deployment extends Range {
  readonly form: DeploymentForm;
}

/** Where a file deploys tempo-k8s: the statement as far as its channel and resources reach. */
function deployments(path: string, text: string): Deployment[] {
  const all = (pattern: RegExp, form: DeploymentForm) =>
    within(text, { start: 0, end: text.length }, pattern).map((range) => ({ ...range, form }));
  const found = [
    ...all(COMMAND, 'juju'),
    ...(/\.(?:ya?ml|j2|bundle|md|rst)$/.test(path) ? all(BUNDLE, 'bundle') : []),
    ...(/\.tf(?:vars)?$/.test(path) ? all(TERRAFORM, 'terraform') : []),
    ...(/\.py$/.test(path) ? python(path, text, all) : []),
  ];
  return found.sort((a, b) => a.start - b.start);
}

function python(
  path: string,
  text: string,
  all: (pattern: RegExp, form: DeploymentForm) => Deployment[],
): Deployment[] {
  const form = text.includes('jubilant') ? 'jubilant' : 'pytest-operator';
  const calls = all(PYTHON_CALL, form);
  if (!DEPLOYING.test(path)) return calls;
  const names = all(PYTHON_NAME, form);
  return [
    ...calls,
    ...names.filter(({ start, end }) => !calls.some((one) => one.start <= start && end <= one.end)),
  ];
}

function within(text: string, { start, end }: Range, pattern: RegExp): Range[] {
  return Array.from(text.slice(start, end).matchAll(pattern), ({ index, 0: whole }) => ({
    start: start + index,
    end: start + index + whole.length,
  }));
}

function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at;
}
