/** Endpoint getters: which requirer they ask, for which protocol, and behind which guard. */
import type { Charm } from '../kit/charm.js';
import type { PythonNode } from '../kit/languages.js';
import { argument, callArguments } from '../kit/python/calls.js';
import { constantString } from '../kit/python/constants.js';
import type { PythonFile } from '../kit/python/file.js';
import { type Condition, given, type Outcome, unwrap } from '../kit/python/outcomes.js';

/** The expressions of an endpoint getter, as ast-grep patterns; `$R` is the requirer. */
export const ENDPOINT_RULES = {
  get: '$R.get_endpoint($$$ARGS)',
  ready: '$R.is_ready()',
} as const;

export interface EndpointGetter {
  /** The requirer's expression. */
  readonly requirer: PythonNode;
  /** undefined when the argument is not one provable string. */
  readonly protocol: string | undefined;
  /** It asks `is_ready()` first. */
  readonly guarded: boolean;
}

/** Reads the outcomes of an endpoint getter; undefined when it is anything but `R.get_endpoint(P)`, guarded or not. */
export function endpointGetter(
  file: PythonFile,
  outcomes: readonly Outcome[],
  charm?: Charm,
): EndpointGetter | undefined {
  const results = given(outcomes);
  const [first] = results.map((outcome) => outcome.value && requestOf(outcome.value));
  if (!first || results.some((outcome) => outcome.value && requestOf(outcome.value)?.text !== first.text)) {
    return undefined;
  }
  const { requirer, protocol } = first;
  const isGuard = ({ node }: Condition) => {
    const ready = node.matches(ENDPOINT_RULES.ready) ? node.field('function')?.field('object') : undefined;
    return ready?.text() === requirer.text();
  };
  const known = (condition: Condition) =>
    isGuard(condition) || requestOf(condition.node)?.text === first.text;
  // A result is behind the guard or the request itself; None is what is left.
  if (!results.every((outcome) => outcome.conditions.every((one) => known(one) && !one.negated)))
    return undefined;
  if (!outcomes.every((outcome) => outcome.conditions.every(known))) return undefined;
  return {
    requirer,
    protocol: protocol && constantString(file, protocol, charm),
    guarded: results.every((outcome) => outcome.conditions.some(isGuard)),
  };
}

/** `R.get_endpoint("p")` or `R.get_endpoint(protocol="p")`, with nothing else. */
function requestOf(
  node: PythonNode,
):
  | { readonly requirer: PythonNode; readonly protocol: PythonNode | undefined; readonly text: string }
  | undefined {
  const call = unwrap(node);
  const requirer = call.matches(ENDPOINT_RULES.get) ? call.field('function')?.field('object') : undefined;
  if (!requirer || callArguments(call)?.all.length !== 1) return undefined;
  const protocol = argument(call, 'protocol', 0)?.value;
  return { requirer, protocol, text: `${requirer.text()} ${protocol?.text()}` };
}
