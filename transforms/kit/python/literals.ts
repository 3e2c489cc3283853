/** Python literals as plain data. */
import type { PythonNode } from '../languages.js';
import { stringValue } from './strings.js';

export type Literal =
  | string
  | number
  | boolean
  | null
  | readonly Literal[]
  | { readonly [key: string]: Literal };

/** The value of a literal: strings, decimal integers, True, False, None, and lists, tuples and dicts of them. */
export function literalValue(node: PythonNode): Literal | undefined {
  switch (node.kind()) {
    case 'none':
      return null;
    case 'true':
      return true;
    case 'false':
      return false;
    case 'integer':
      return /^\d+$/.test(node.text()) ? Number(node.text()) : undefined;
    case 'list':
    case 'tuple': {
      const items = elements(node).map(literalValue);
      return items.includes(undefined) ? undefined : (items as Literal[]);
    }
    case 'dictionary': {
      const pairs = elements(node).map((pair): [string, Literal] | undefined => {
        const key = stringValue(pair.field('key'));
        const value = pair.field('value');
        const read = value ? literalValue(value) : undefined;
        return key === undefined || read === undefined ? undefined : [key, read];
      });
      return pairs.includes(undefined) ? undefined : Object.fromEntries(pairs as [string, Literal][]);
    }
    default:
      return stringValue(node);
  }
}

function elements(node: PythonNode): PythonNode[] {
  return node.namedChildren().filter((child) => child.kind() !== 'comment');
}
