/**
 * Certificate getters: which path they return, and what they test first.
 *
 * The table of named rules says which expressions are paths and which tests ask whether a file exists.
 */
import type { Charm } from '../kit/charm.js';
import { exactly, type PythonNode, type PythonRule } from '../kit/languages.js';
import { definitionOf } from '../kit/python/constants.js';
import type { PythonFile } from '../kit/python/file.js';
import { field, lastPart, textOf } from '../kit/python/nodes.js';
import { type Condition, followLocal, given, type Outcome, unwrap } from '../kit/python/outcomes.js';

/** Tests that a file is there; `$P` is its path. */
export const EXISTS_TESTS: Readonly<Record<string, string>> = {
  'path-method': '$P.exists()',
  'path-is-file': '$P.is_file()',
  'os-path-exists': 'os.path.exists($P)',
  'os-path-isfile': 'os.path.isfile($P)',
};

/** Calls that give a path when their arguments are paths. */
const PATH_CALLS = new Set([
  'str',
  'Path',
  'PurePath',
  'pathlib.Path',
  'pathlib.PurePath',
  'os.path.join',
  'os.fspath',
]);

/** Calls that only change a path's type. */
const CONVERSIONS: readonly string[] = [
  'str($P)',
  'Path($P)',
  'pathlib.Path($P)',
  'os.fspath($P)',
  '$P.as_posix()',
];

/** Methods of a path that give a path. */
const PATH_METHODS = new Set(['absolute', 'resolve', 'expanduser', 'joinpath', 'with_name', 'with_suffix']);

export interface CertificatePath {
  /** The path as the getter spells it, conversions to `str` and `Path` taken off. */
  readonly node: PythonNode;
  /** Every returned path is behind a test that the file exists. */
  readonly tested: boolean;
  /** Other conditions, such as "TLS is on". */
  readonly conditions: readonly Condition[];
}

/**
 * Reads the outcomes of a certificate getter.
 *
 * @returns the one path that it can return; `none` when it returns None always; undefined when an outcome is not
 *   provably a path (content, a call with side effects), or when there are several paths
 */
export function certificatePath(
  file: PythonFile,
  outcomes: readonly Outcome[],
  charm?: Charm,
): CertificatePath | 'none' | undefined {
  const paths = given(outcomes);
  const [first] = paths;
  if (!first?.value) return 'none';
  const node = withoutConversion(first.value, first.locals);
  if (!isPathExpression(node) || !isPath(file, node, charm)) return undefined;
  for (const outcome of paths) {
    if (outcome.value && withoutConversion(outcome.value, outcome.locals).text() !== node.text())
      return undefined;
  }
  const tested = paths.every((outcome) => isTested(outcome, node));
  const conditions = paths.flatMap((outcome) =>
    outcome.conditions.filter(
      (condition) =>
        !testsExistence(condition.node, node, outcome.locals) &&
        !samePath(condition.node, node, outcome.locals),
    ),
  );
  return { node, tested, conditions };
}

/** Whether an outcome is behind a test that the file at the path exists. */
export function isTested(outcome: Outcome, path: PythonNode): boolean {
  return outcome.conditions.some(
    (condition) => !condition.negated && testsExistence(condition.node, path, outcome.locals),
  );
}

/** Whether each path that can be returned is behind a test that its own file exists. */
export function allTested(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(
    (outcome) => !outcome.value || isTested(outcome, withoutConversion(outcome.value, outcome.locals)),
  );
}

/** Whether an outcome is behind a test that the path is not None. */
export function isGiven(outcome: Outcome, path: PythonNode): boolean {
  return outcome.conditions.some(
    (condition) => !condition.negated && samePath(condition.node, path, outcome.locals),
  );
}

function withoutConversion(value: PythonNode, locals: Outcome['locals']): PythonNode {
  const node = followLocal(value, locals);
  for (const pattern of CONVERSIONS) {
    const inner = node.matches(pattern) ? node.find(pattern)?.getMatch('P') : undefined;
    if (inner) return withoutConversion(inner, locals);
  }
  return node;
}

function samePath(test: PythonNode, path: PythonNode, locals: Outcome['locals']): boolean {
  return withoutConversion(test, locals).text() === path.text();
}

function testsExistence(test: PythonNode, path: PythonNode, locals: Outcome['locals']): boolean {
  return Object.values(EXISTS_TESTS).some((pattern) => {
    const tested = test.matches(pattern) ? test.find(pattern)?.getMatch('P') : undefined;
    return tested ? samePath(tested, path, locals) : false;
  });
}

/** Made of names, attributes, literals, `/`, and path conversions only: evaluating it has no side effect. */
export function isPathExpression(node: PythonNode): boolean {
  switch (node.kind()) {
    case 'identifier':
      return true;
    case 'string':
      return node
        .children()
        .filter((part) => part.kind() === 'interpolation')
        .every((part) => part.namedChildren().every((inner) => isPathExpression(inner)));
    case 'attribute':
      return isPathExpression(field(node, 'object'));
    case 'parenthesized_expression':
      return isPathExpression(unwrap(node));
    case 'binary_operator':
      return (
        ['/', '+'].includes(field(node, 'operator').text()) &&
        ['left', 'right'].every((side) => isPathExpression(field(node, side)))
      );
    case 'call': {
      const callee = field(node, 'function');
      const object = PATH_METHODS.has(textOf(callee.field('attribute'))) && field(callee, 'object');
      return (
        (object ? isPathExpression(object) : PATH_CALLS.has(callee.text())) &&
        field(node, 'arguments')
          .namedChildren()
          .every((argument) => isPathExpression(argument))
      );
    }
    default:
      return false;
  }
}

const PATH_NAME = /path|file|location|_crt$|_pem$/i;

/**
 * Evidence that an expression is a path and not certificate content: its shape, its definition, or its name (also where
 * the definition says nothing: `self._ca_path = self.config["ca"]`).
 */
function isPath(file: PythonFile, node: PythonNode, charm: Charm | undefined, depth = 3): boolean {
  if (node.kind() === 'string') return /^[a-zA-Z]*["']+[/~.{]/.test(node.text());
  if (node.kind() === 'binary_operator' || node.kind() === 'call') return true;
  const definition = depth > 0 ? definitionOf(file, node, charm) : undefined;
  if (definition) {
    const value = unwrap(definition.value);
    const shown = isPath(definition.file, value, charm, depth - 1);
    if (shown || value.kind() !== 'subscript') return shown;
  }
  return PATH_NAME.test(lastPart(node.text()));
}

/** Whether an expression is made of literals, so that it cannot be None. */
export function isLiteralPath(file: PythonFile, node: PythonNode, charm: Charm, depth = 3): boolean {
  if (node.kind() === 'string' || node.kind() === 'binary_operator') return true;
  if (node.kind() === 'call') return isPathExpression(node);
  const definition = depth > 0 ? definitionOf(file, node, charm) : undefined;
  return (
    definition !== undefined && isLiteralPath(definition.file, unwrap(definition.value), charm, depth - 1)
  );
}

/** `self.<name>` at the roots of an expression, by name. */
export function selfNames(node: PythonNode, self: string): Map<string, PythonNode> {
  const rule: PythonRule = {
    rule: { kind: 'attribute', has: { field: 'object', kind: 'identifier', regex: exactly(self) } },
  };
  return new Map(node.findAll(rule).map((found) => [field(found, 'attribute').text(), found]));
}

const CA_NAME = /(^|[^a-z])ca([^a-z]|$)|CA_|_CA|[a-z]CA|root|trust|bundle/;

/** Whether a path looks like the certificate of the CA rather than the unit's own. */
export function looksLikeCa(file: PythonFile, node: PythonNode, charm?: Charm): boolean {
  if (CA_NAME.test(node.text()) || CA_NAME.test(node.text().toLowerCase())) return true;
  const definition = definitionOf(file, node, charm);
  return definition !== undefined && CA_NAME.test(definition.value.text().toLowerCase());
}
