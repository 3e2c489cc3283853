import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log, Region } from 'sarif';
import { renderSarif, sarifLog } from '../../../runner/report/sarif.js';
import type { RunOutcome } from '../../../runner/result.js';
import { applyEdits } from '../../../transforms/kit/edits.js';
import { charmFiles, hostileOutcome, outcomeOf } from './sample.js';

const require = createRequire(import.meta.url);
const schema = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));

function valid(outcome: RunOutcome): Log {
  const log: unknown = JSON.parse(renderSarif(outcome, { version: '1.2.3' }));
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return sarifLog(outcome, { version: '1.2.3' });
}

function offset(text: string, line: number, column: number): number {
  const lines = text.split('\n').slice(0, line - 1);
  return lines.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
}

function rangeOf(text: string, region: Region) {
  return {
    start: offset(text, region.startLine ?? 1, region.startColumn ?? 1),
    end: offset(text, region.endLine ?? 1, region.endColumn ?? 1),
  };
}

describe('sarif', () => {
  const outcome = outcomeOf([{ files: charmFiles() }]);

  it('is valid, with rules that have help and links', () => {
    const run = valid(outcome).runs[0];
    const rule = run?.tool.driver.rules?.find((one) => one.id === 'charm-tracing-config/cert-read-elsewhere');
    expect(rule).toMatchObject({
      shortDescription: { text: 'The certificate getter is read by other code' },
      helpUri: expect.stringContaining('charm-tracing-config.md#cert-read-elsewhere'),
      help: { markdown: expect.stringContaining('[Read more](<https://') },
      defaultConfiguration: { level: 'warning' },
    });
    for (const result of run?.results ?? []) {
      expect(run?.tool.driver.rules?.[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
      expect(result.locations?.length).toBe(1);
    }
  });

  it('places findings in the file', () => {
    const result = valid(outcome).runs[0]?.results?.find((one) => one.ruleId?.includes('/cert-'));
    expect(result?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'src/charm.py', uriBaseId: '%SRCROOT%' },
      region: { startLine: 20, startColumn: 30, endLine: 20, endColumn: 44 },
    });
  });

  it('the fixes together are the run', () => {
    const results = valid(outcome).runs[0]?.results ?? [];
    const changes = results.flatMap((result) => result.fixes ?? []).flatMap((fix) => fix.artifactChanges);
    const files = outcome.charms[0]?.files.filter((file) => file.status === 'modified') ?? [];
    expect(files).toHaveLength(2);
    for (const { path, before, after } of files) {
      const edits = changes
        .filter((change) => change.artifactLocation.uri === path)
        .flatMap((change) => change.replacements)
        .map((one) => ({
          ...rangeOf(before ?? '', one.deletedRegion),
          text: one.insertedContent?.text ?? '',
          group: 'g',
        }));
      expect(applyEdits(before ?? '', edits)).toBe(after);
    }
  });

  it('offers no fixes for what was written', () => {
    const results = valid(outcomeOf([{ files: charmFiles() }], { written: true })).runs[0]?.results ?? [];
    expect(results.map((result) => result.ruleId)).toEqual([
      'charm-tracing-config/cert-read-elsewhere',
      'vendored-libs/fetch',
    ]);
  });

  it('says that a run failed', () => {
    const [charm] = outcome.charms;
    if (!charm) throw new Error('no charm');
    const failed = { ...outcome, charms: [{ ...charm, failed: 'metadata.yaml: permission denied' }] };
    expect(valid(failed).runs[0]?.invocations?.[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error' }],
    });
  });

  it('is valid for hostile names and contents', () => {
    const run = valid(hostileOutcome()).runs[0];
    const uri = run?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? '';
    expect(uri).toMatch(/^src\/%3Cimg/);
    expect(JSON.stringify(run)).not.toContain('javascript:');
    expect(JSON.stringify(run?.results?.[0])).not.toContain('\\u001b');
  });

  it('takes no more results than GitHub', () => {
    const [charm] = outcome.charms;
    const [finding] = charm?.findings ?? [];
    if (!charm || !finding) throw new Error('no finding');
    const many = { ...outcome, charms: [{ ...charm, findings: Array(26_000).fill(finding) }] };
    const run = sarifLog(many, { version: '1.2.3' }).runs[0];
    expect(run?.results).toHaveLength(25_000);
    expect(run?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toContain('left out');
  });
});
