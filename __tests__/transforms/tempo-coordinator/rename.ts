/** The part of the rename that steps behind it rely on: they see the new names, and the origin knows the old ones. */
import { defineTransform } from '../../../transforms/kit/transform.js';
import { rewriteReferences } from '../../../transforms/tracing/references.js';

export const rename = defineTransform({
  id: 'rename',
  title: 'Rename, for tests',
  safety: 'safe',
  language: 'python',
  literals: ['tempo_k8s'],
  apply(file) {
    for (const edit of rewriteReferences(file.text).edits) file.edit.replace(edit, edit.text);
  },
});
