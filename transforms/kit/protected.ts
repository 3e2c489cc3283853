/** Files that no step may edit, whatever they contain: history, lock files, and other owners' libraries (DESIGN 3). */
import type { Charm } from './charm.js';

// `history.py` and `news.yaml` are code and data.
const HISTORY =
  /(?:^|\/)(?:(?:CHANGELOG|CHANGES|HISTORY|NEWS|RELEASES?|RELEASE[-_ ]?NOTES)(?:[-_.][^/]*)?|r-(?:releases?|revision)[^/]*|release[-_]notes?\/.*)(?<!\.(?:pyi?|ya?ml|toml|ini|cfg|json5?|sh))$/i;
const LOCK =
  /(?:^|\/)(?:[^/]*\.lock|package-lock\.json|pnpm-lock\.yaml|Pipfile\.lock|requirements[^/]*\.lock\.txt)$/;

export type Protection = 'history' | 'lock' | 'vendored';

/** Why a path must not be edited; undefined when it may be. */
export function protection(path: string, charm: Charm): Protection | undefined {
  if (HISTORY.test(path)) return 'history';
  if (LOCK.test(path)) return 'lock';
  return charm.isVendored(path) ? 'vendored' : undefined;
}
