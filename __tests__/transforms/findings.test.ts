/** What a step may report is declared in full: `list`, the docs and SARIF are made from it. */
import { expect, it } from '@jest/globals';
import { transforms } from '../../transforms/index.js';

const declared = Object.values(transforms).flatMap((transform) =>
  Object.entries(transform.findings).map(
    ([reason, { severity, title }]) => [`${transform.id}/${reason}`, severity, title] as const,
  ),
);

it.each(declared)('%s: %s, %s', (id, severity, title) => {
  expect(id).toMatch(/^[a-z-]+\/[a-z-]+$/);
  expect(['error', 'warning', 'info']).toContain(severity);
  expect(title).toMatch(/^\S.{9,}[^.\s]$/);
});
