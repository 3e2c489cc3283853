/** What the move to `ops.tracing` left behind: mentions of the charm_tracing library anywhere in a converted charm. */
import { LIBIDS, NEW_CHARM_TRACING } from '../facts/libraries.js';
import type { Verify } from '../kit/apply.js';
import { protection } from '../kit/protected.js';
import { DOCS, type Finding } from '../kit/transform.js';
import { planOf } from './plan.js';

const MENTION = new RegExp(
  `\\btempo[_-]coordinator[_-]k8s[./\\\\]+(?:v0[./])?charm_tracing\\b|${LIBIDS[NEW_CHARM_TRACING]}`,
  'g',
);

export const verifyOpsTracing: Verify = (charm) => {
  if (planOf(charm).state !== 'converted' || charm.owns('tempo_coordinator_k8s')) return [];
  return charm
    .files()
    .filter((path) => charm.tree.contains(path, 'tempo') && protection(path, charm) === undefined)
    .flatMap((path) =>
      Array.from((charm.read(path) ?? '').matchAll(MENTION), (match): Finding => {
        const [text] = match;
        return {
          id: 'verify/residue',
          severity: 'warning',
          transform: null,
          file: path,
          range: { start: match.index, end: match.index + text.length },
          message: `'${text}' still names the charm_tracing library, which the charm no longer uses`,
          help: 'Remove the mention, or say ops[tracing] instead.',
          docs: `${DOCS}/README.md#verifyresidue`,
        };
      }),
    );
};
