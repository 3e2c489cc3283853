/** What the move to `ops.tracing` left behind: mentions of libraries that are gone anywhere in a converted charm. */
import { LIBIDS, NEW_CHARM_TRACING } from '../facts/libraries.js';
import type { Verify } from '../kit/apply.js';
import type { Charm } from '../kit/charm.js';
import { protection } from '../kit/protected.js';
import { DOCS, type Finding } from '../kit/transform.js';
import { planOf } from './plan.js';

const CHARM_TRACING = new RegExp(
  `\\btempo[_-]coordinator[_-]k8s[./\\\\]+(?:v0[./])?charm_tracing\\b|${LIBIDS[NEW_CHARM_TRACING]}`,
  'g',
);
const TRACING = /\btempo_coordinator_k8s[./]v0[./]tracing\b/g;

export const verifyOpsTracing: Verify = (charm) => {
  if (planOf(charm).state !== 'converted' || charm.owns('tempo_coordinator_k8s')) return [];
  const names: [library: string, mention: RegExp][] = [['charm_tracing', CHARM_TRACING]];
  const vendored = charm.files().some((path) => path.endsWith('tempo_coordinator_k8s/v0/tracing.py'));
  const imported = charm.pythonFiles('tempo_coordinator_k8s').length > 0;
  if (!vendored && !imported) names.push(['tracing', TRACING]);
  return charm
    .files()
    .filter((path) => charm.tree.contains(path, 'tempo') && protection(path, charm) === undefined)
    .flatMap((path) => names.flatMap(([library, mention]) => mentions(charm, path, library, mention)));
};

function mentions(charm: Charm, path: string, library: string, mention: RegExp): Finding[] {
  return Array.from(charm.textOf(path).matchAll(mention), (match) => {
    const [text] = match;
    return {
      id: 'verify/residue',
      severity: 'warning',
      transform: null,
      file: path,
      range: { start: match.index, end: match.index + text.length },
      message: `'${text}' still names the ${library} library, which the charm no longer uses`,
      help: 'Remove the mention, or say ops[tracing] instead.',
      docs: `${DOCS}/README.md#verifyresidue`,
    };
  });
}
