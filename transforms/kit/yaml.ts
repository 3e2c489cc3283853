/**
 * Range-preserving YAML edits: `yaml` tells what a file means and where it stands; we splice its text ourselves,
 * because its printer re-indents lists and collapses blank lines (ANCHORS 4.3).
 */
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Range } from './edits.js';
import { must } from './must.js';
import type { FileContext } from './transform.js';

export type { Document, Node as YamlNode, Pair, Scalar, YAMLMap, YAMLSeq };
export { isMap, isScalar, isSeq };

/** Parses one YAML document; undefined when it has errors. Ranges of its nodes are UTF-16 offsets. */
export function parseYaml(text: string): Document.Parsed | undefined {
  const document = parseDocument(text, { keepSourceTokens: true });
  return document.errors.length > 0 ? undefined : document;
}

/**
 * Range of a parsed node's source without trailing comments and blank lines.
 *
 * @throws Error for a node made by hand, which stands nowhere
 */
export function yamlRange(node: { range?: readonly [number, number, number] | null | undefined }): Range {
  const [start, end] = must(node.range, 'place of a YAML node');
  return { start, end };
}

type Target = Pick<FileContext, 'text' | 'edit'>;

/** The node at a path of keys; undefined when there is none, or an alias stands in the way. */
export function yamlAt(document: Document.Parsed, keys: readonly string[]): Node | undefined {
  const found: unknown = document.getIn(keys, true);
  return isNode(found) ? found : undefined;
}

/** Every sequence of a document, in order. */
export function yamlLists(document: Document.Parsed): YAMLSeq[] {
  const found: YAMLSeq[] = [];
  visit(document, { Seq: (_, list) => void found.push(list) });
  return found;
}

/** A string (also a number or boolean, by its source) with the place of its source; undefined for anything else. */
export function yamlString(node: unknown): { readonly value: string; readonly node: Scalar } | undefined {
  return isScalar(node) ? { value: must(node.source, 'source of a scalar'), node } : undefined;
}

/**
 * Writes another string into a scalar, in its own quotes. One that would mean a number, a boolean or null without
 * quotes gets double ones.
 */
export function replaceScalar(file: Target, node: Scalar, value: string, group?: string): void {
  const plain = node.type !== 'QUOTE_DOUBLE' && node.type !== 'QUOTE_SINGLE';
  const bare = plain && parseDocument(value).toJS() === value;
  const quote = node.type === 'QUOTE_SINGLE' ? "'" : '"';
  file.edit.replace(yamlRange(node), bare ? value : `${quote}${value}${quote}`, group);
}

/**
 * Removes an item of a block sequence with its lines. Comments above it stay.
 *
 * @returns false when the sequence is written in brackets, or the item's lines hold a comment: nothing is edited then
 */
export function removeItem(file: Target, sequence: YAMLSeq, index: number, group?: string): boolean {
  const item = sequence.items[index];
  const range = isNode(item) ? yamlRange(item) : undefined;
  if (!range || sequence.flow) return false;
  const start = file.text.lastIndexOf('\n', range.start) + 1;
  const next = file.text.indexOf('\n', range.end - 1);
  const end = next === -1 ? file.text.length : next + 1;
  const lines = file.text.slice(start, end);
  if (!/^[ \t]*-[ \t]/.test(lines) || lines.includes('#')) return false;
  file.edit.remove({ start, end }, group);
  return true;
}
