/**
 * Range-preserving YAML edits: `yaml` tells what a file means and where it stands; we splice its text ourselves,
 * because its printer re-indents lists and collapses blank lines (ANCHORS 4.3).
 */
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Range } from './edits.js';

export type { Document, Pair, YAMLMap, YAMLSeq };
export { isMap, isScalar, isSeq };

/** Parses one YAML document; undefined when it has errors. Ranges of its nodes are UTF-16 offsets. */
export function parseYaml(text: string): Document.Parsed | undefined {
  const document = parseDocument(text, { keepSourceTokens: true });
  return document.errors.length > 0 ? undefined : document;
}

/** Range of a node's source without trailing comments and blank lines; undefined for nodes made by hand. */
export function yamlRange(node: {
  range?: readonly [number, number, number] | null | undefined;
}): Range | undefined {
  return node.range ? { start: node.range[0], end: node.range[1] } : undefined;
}
