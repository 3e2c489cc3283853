// What the move to ops.tracing does to a charm: the code before and after it, in the same situations.
import { expect, it } from '@jest/globals';
import { readFolder } from '../../runner/testing.js';
import { describeExecution, type Outcome, runCharmAll, type Situation } from './run.js';

const fixtures = '__testfixtures__/ops-tracing-charm';

function charms(name: string): [before: Record<string, string>, after: Record<string, string>] {
  const before = readFolder(`${fixtures}/${name}/input`);
  return [before, { ...before, ...readFolder(`${fixtures}/${name}/output`) }];
}

async function both(name: string, situations: readonly Situation[]): Promise<[Outcome[], Outcome[]]> {
  const [before, after] = charms(name);
  return [await runCharmAll(before, situations), await runCharmAll(after, situations)];
}

const brief = (outcomes: readonly Outcome[]) =>
  outcomes.map((one) => [one.exception?.type ?? null, one.tracer, one.export, one.requested]);

const HTTP: Situation[] = [
  { kind: 'no-relation' },
  { kind: 'not-ready' },
  { kind: 'http' },
  { kind: 'follower' },
];
const CONVERTED = [
  'comment-for-a-tool-behind-the-helper',
  'getters-and-what-only-they-used',
  'helper-without-certificate',
  'import-ops-with-a-type-checker',
  'import-ops-without-a-type-checker',
  'module-imported-whole',
  'requirer-with-an-annotation',
  'spans-of-other-types-are-only-decoration',
];

describeExecution('ops-tracing-charm', () => {
  it.each(CONVERTED)('sends the same traces over http: %s', async (name) => {
    const [before, after] = await both(name, HTTP);
    expect(brief(before).map(([, tracer]) => tracer)).toEqual(Array(4).fill('charm_tracing'));
    expect(brief(after)).toEqual(
      brief(before).map(([exception, , sent, requested]) => [exception, 'ops', sent, requested]),
    );
    expect(after.map((one) => one.endpoint)).toEqual(before.map((one) => one.endpoint));
  });

  it('keeps the requirer of the workload apart', async () => {
    const [before, after] = await both('requirer-of-the-workload-stays', HTTP);
    expect(after.map((one) => one.requestedBy)).toEqual(before.map((one) => one.requestedBy));
    expect(after.map((one) => one.export)).toEqual(before.map((one) => one.export));
  });

  it('uses the system certificates where the old code got none', async () => {
    const [before, after] = await both('helper-without-certificate', [
      { kind: 'https-no-file' },
      { kind: 'https-no-file', systemCa: true },
    ]);
    expect(before.map((one) => one.export)).toEqual(['buffered', 'buffered']);
    expect(after.map((one) => one.export)).toEqual(['failed', 'sent']);
  });

  it.each([
    'certificate-transfer-takes-the-place-of-the-path',
    'getters-with-certificate',
    'certificate-getter-that-others-read-stays',
  ])('takes the CA from the relation: %s', async (name) => {
    const [, after] = await both(name, [
      { kind: 'http' },
      { kind: 'https-with-file', caRelation: 'ready' },
      { kind: 'https-with-file', caRelation: 'none' },
      { kind: 'https-no-file', caRelation: 'empty' },
    ]);
    expect(after.map((one) => one.exception)).toEqual([null, null, null, null]);
    expect(after.map((one) => one.export)).toEqual(['sent', 'sent', 'buffered', 'buffered']);
  });

  it('no longer crashes on a certificate that is not there yet', async () => {
    const [before, after] = await both('getters-with-certificate', [{ kind: 'no-relation' }]);
    expect(before[0]?.exception).toMatchObject({ type: 'ValueError' });
    expect(after[0]?.exception).toBeNull();
  });

  it('sends with a certificate that the charm adds to the system', async () => {
    const [before, after] = await both('path-that-is-a-system-certificate', [
      { kind: 'https-with-file', systemCa: true },
    ]);
    expect([...before, ...after].map((one) => one.export)).toEqual(['sent', 'sent']);
  });

  it('is refused where Tracing would be silent or raise', async () => {
    const [, after] = charms('helper-without-certificate');
    const outcomes = await runCharmAll(after, [
      { kind: 'http', limit: null },
      { kind: 'http', opsExtra: false },
      { kind: 'http', metadata: { name: 'x', provides: { tracing: { interface: 'tracing', limit: 1 } } } },
      { kind: 'http', metadata: { name: 'x' } },
    ]);
    expect(outcomes.map((one) => [one.exception?.type ?? null, one.export])).toEqual([
      [null, 'buffered'],
      ['ModuleNotFoundError', null],
      ['ValueError', null],
      ['ValueError', null],
    ]);
  });

  it('is refused where two objects request protocols on one relation: the later one wins', async () => {
    const [, after] = charms('requirer-of-the-workload-stays');
    const source = (after['src/charm.py'] ?? '').replace('"workload-tracing"', '"charm-tracing"');
    const [outcome] = await runCharmAll({ ...after, 'src/charm.py': source }, [{ kind: 'http' }]);
    expect(outcome?.requestedBy).toEqual({ 'charm-tracing': ['otlp_grpc'] });
  });
});
