/**
 * Python requirements: `ops[testing] >=2.10,<3 ; python_version >= "3.8"` (PEP 508), and poetry's version strings.
 * Read into pieces that give back the very text, so that an edit changes only what it must.
 */
import { firstPart } from './python/nodes.js';

export interface Requirement {
  /** As written. */
  readonly name: string;
  /** Lower case, runs of `-_.` as one `-`. */
  readonly key: string;
  readonly extras: readonly string[];
  /** Version clauses with their spaces: ` >=2.10,<3`; empty without any. */
  readonly version: string;
  /** Everything behind: spaces, marker, comment. */
  readonly rest: string;
}

// '!' begins an operator or an epoch (`1!2.0`), never both: else `a!a!a!…` would be read in exponentially many ways.
const REQUIREMENT =
  /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?!\s)(?:\[([^\]]*)\])?((?:\s*(?:,\s*)?(?:[<>=~]={0,2}|!==?|\^)\s*[\w.*+-]+(?:![\w.*+-]+)*)*)(\s*(?:[;#].*|\\.*)?)$/s;

/** Reads a requirement; undefined for options (`-r x`), paths, URLs and direct references. */
export function readRequirement(text: string): Requirement | undefined {
  const match = REQUIREMENT.exec(text);
  if (!match?.[1]) return undefined;
  const [, name, extras = '', version = '', rest = ''] = match;
  return { name, key: requirementKey(name), extras: list(extras), version, rest };
}

/** The name by which an index knows a package. */
export function requirementKey(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** The text of a requirement with another extra (in order) and version. */
export function requirementText({ name, extras, rest }: Requirement, extra: string, version: string): string {
  return `${name}[${[...new Set([...extras, extra])].sort().join(',')}]${version}${rest}`;
}

/**
 * Version clauses that exclude everything below a floor, changed as little as possible.
 *
 * @param floor `major.minor`
 * @returns undefined when the clauses exclude the floor and what comes after it, or cannot be read
 */
export function raiseFloor(version: string, floor: string): string | undefined {
  if (version.trim() === '' || version.trim() === '*') return `>=${floor}`;
  let bounded = false;
  const clauses = version.split(',').map((clause) => {
    const match = /^(\s*)(?:([<>=!~^]+)(\s*))?(\d[\w.*+!-]*)(\s*)$/.exec(clause);
    if (!match) return undefined;
    const [, before = '', operator = '', space = '', value = '', after = ''] = match;
    const low = compareVersions(value, floor) < 0;
    const raised = `${before}${operator}${space}${floor}${after}`;
    switch (operator) {
      case '>=':
      case '>':
        bounded = true;
        return low ? `${before}>=${space}${floor}${after}` : clause;
      case '^':
        bounded = true;
        return low ? (firstPart(value) === firstPart(floor) ? raised : undefined) : clause;
      case '~=':
        bounded = true;
        if (!low) return clause;
        return value.split('.').length === 2 && firstPart(value) === firstPart(floor) ? raised : undefined;
      case '<':
        return compareVersions(value, floor) > 0 ? clause : undefined;
      case '<=':
        return low ? undefined : clause;
      case '!=':
        return clause;
      default:
        bounded = true;
        return low ? undefined : clause;
    }
  });
  if (clauses.includes(undefined)) return undefined;
  return `${bounded ? '' : `>=${floor},`}${clauses.join(',')}`;
}

/** Whether a version from this one on is allowed. */
export function allowsFrom(version: string, floor: string): boolean {
  return raiseFloor(version, floor) !== undefined;
}

/** Compares by the numbers of a version; a wildcard ends it. */
function compareVersions(a: string, b: string): number {
  const numbers = (text: string) => text.split('.').map((part) => Number.parseInt(part, 10));
  const [left, right] = [numbers(a), numbers(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const wildcard = Number.isNaN(left[index] ?? 0);
    if (wildcard) return 0;
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
