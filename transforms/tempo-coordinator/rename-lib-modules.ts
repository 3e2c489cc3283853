/**
 * Points imports, and every mention of the old library modules in code, strings, docstrings and comments, at the
 * tempo_coordinator_k8s libraries. Renames what was renamed on the way, and repairs paths that the guide's `sed` mixed up.
 *
 * Why: migration guide, "Charm library migration"; DOMAIN 2.1, 2.2. `sed` misses v0, plain folders other than src and
 * tests, and writes `tempo_coordinator_k8s.v0/charm_tracing.py` where a path stood.
 *
 * Before:
 *     from charms.tempo_k8s.v1.charm_tracing import trace_charm
 *     @patch("charms.tempo_k8s.v2.tracing.TracingEndpointRequirer.is_ready")
 * After:
 *     from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
 *     @patch("charms.tempo_coordinator_k8s.v0.tracing.TracingEndpointRequirer.is_ready")
 *
 * Handles:
 * - from-imports on one line, parenthesised, aliased, with a backslash; at module level, in functions, under
 *   `TYPE_CHECKING`, in `try`; with the prefix `lib.`, which is kept
 * - `import … as t` and dotted uses after a plain import; `from charms.tempo_k8s.v1 import charm_tracing`
 * - names that were renamed, at the import and at every use (else the old name becomes an alias of the new one)
 * - two imports that become one module (merged), isort's order, black's line length
 * - dotted names and paths in strings, docstrings and comments, the separator kept
 *
 * Refuses:
 * - `name-gone`, `no-successor`, `package-import`: the whole statement stays on the old library; so does the module in
 *   the rest of the charm when it is the charm's own code (`stays-behind`), for one process must not hold both copies
 * - `changed-meaning`: the provider side of v0 and v1.tracing, where roles or arguments differ
 * - `text-left`: text that names something without a successor, or an address; `dead-except` names a dead clause
 * - `left-alone`: repositories that own the old libraries
 *
 * Safety: safe; the libraries' own changes are the business of the other steps.
 */
import { OLD_OWNERS } from '../facts/libraries.js';
import { hasSymbol } from '../facts/symbols.js';
import type { Charm } from '../kit/charm.js';
import { renameModules } from '../kit/renameModules.js';
import { moves } from './moves.js';

export default renameModules(moves.map, hasSymbol, {
  id: 'rename-lib-modules',
  title: 'Point imports at the tempo_coordinator_k8s libraries',
  gone: {
    TLSError: {
      help: "The coordinator library logs and buffers where TLSError was raised. Delete the name from the import and the 'except TLSError:' clause, and run again.",
      exception: true,
    },
    Ingester: {
      help: 'Use `Receiver(protocol=ProtocolType(name="otlp_http", type="http"), url="http://host:4318")`, and run again.',
    },
    RawIngester: { help: 'Use `RawReceiver`, a pair (protocol, url), and run again.' },
  },
  skip: (charm) =>
    OLD_OWNERS.some((owner) => charm.owns(owner))
      ? 'this repository owns the tempo_k8s libraries: its code stays on them'
      : undefined,
  refuse: refuseProvider,
});

/** Up to v0.tracing 4 the charm side was the provider; after it, the provider's arguments changed (DOMAIN 2.1). */
function refuseProvider(charm: Charm | undefined, module: string, names: readonly string[]) {
  const provider = names.includes('TracingEndpointProvider');
  const patch = charm?.vendored(module)[0]?.patch;
  if (module === 'charms.tempo_k8s.v0.tracing' && (patch === undefined ? provider : patch <= 4)) {
    return {
      message: `in ${module} up to LIBPATCH 4 the charm that sends traces was the provider: the roles are the other way round now`,
      help: 'Move the endpoint from `provides:` to `requires:` with `limit: 1` in the metadata, write `TracingEndpointRequirer(self, protocols=["otlp_http"])` in place of `TracingEndpointProvider(self)`, and import it from charms.tempo_coordinator_k8s.v0.tracing.',
    };
  }
  if (provider && /\.v[01]\.tracing$/.test(module)) {
    return {
      message: `TracingEndpointProvider takes other arguments than in ${module}`,
      help: 'Write `TracingEndpointProvider(self, external_url=…, relation_name=…)` and import it from charms.tempo_coordinator_k8s.v0.tracing.',
    };
  }
  return undefined;
}
