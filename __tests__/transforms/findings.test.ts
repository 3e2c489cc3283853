/** What a step may report is declared in full: `list`, the docs and SARIF are made from it. */
import { readdirSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { applyToCharm, readCase } from '../../runner/testing.js';
import { presets, transforms } from '../../transforms/index.js';
import type { LocatedFinding } from '../../transforms/kit/apply.js';

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

// Fixtures write no help down: a finding without any, or with half a sentence, would go unseen.
it.each(Object.values(presets))(
  '$id: every finding on every fixture says what to do',
  ({ steps, verify }) => {
    const list = steps.map(({ transform }) => transform);
    const found = new Map<string, LocatedFinding>();
    for (const { id } of list) {
      const folder = `__testfixtures__/${id}`;
      for (const name of readdirSync(folder)) {
        const { result } = applyToCharm(readCase(`${folder}/${name}`, 'input'), list, { verify });
        for (const one of result.findings) found.set(`${one.id} ${one.help}`, one);
      }
    }
    const poor = [...found.values()].filter(
      ({ message, help }) =>
        message.length < 20 || help.length < 10 || /^\s|\s$|undefined|,\s*[.:)]/.test(help),
    );
    expect(poor.map(({ id, message, help }) => ({ id, message, help }))).toEqual([]);
  },
);
