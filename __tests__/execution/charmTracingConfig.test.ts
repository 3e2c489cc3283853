/**
 * Every converted fixture, executed: what the charm hands to the tracing library in each situation must be what the
 * tables of DOMAIN 2.4 and 2.6 demand, and the un-converted charm must fail where DOMAIN 0.1 says so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { readFolder } from '../../runner/testing.js';
import { describeExecution, type Outcome, runJobs, type Situation } from './run.js';

const SITUATIONS = {
  'no-relation': { kind: 'no-relation' },
  'not-ready': { kind: 'not-ready' },
  http: { kind: 'http' },
  'http, file there': { kind: 'http', certExists: true },
  'https, no file': { kind: 'https-no-file' },
  'https, file there': { kind: 'https-with-file' },
  follower: { kind: 'follower', leader: false },
  'follower, not offered': { kind: 'follower-not-offered', leader: false },
} as const satisfies Record<string, Situation>;
type Name = keyof typeof SITUATIONS;

/** What `charm_tracing_config(R, PATH)` gives: [endpoint, certificate]; `path` stands for PATH. Source: DOMAIN 2.4. */
const HELPER: Readonly<Record<Name, readonly ['http' | 'https' | null, 'path' | null]>> = {
  'no-relation': [null, null],
  'not-ready': [null, null],
  http: ['http', null],
  'http, file there': ['http', null],
  'https, no file': [null, null],
  'https, file there': ['https', 'path'],
  follower: ['http', null],
  'follower, not offered': [null, null],
};

/** The fixture's files before and after, as a charm. */
function versions(
  folder: string,
): { before: Record<string, string>; after: Record<string, string> } | undefined {
  const single = (name: string) => ({ 'src/charm.py': readFileSync(join(folder, name), 'utf8') });
  if (existsSync(join(folder, 'output.py')))
    return { before: single('input.py'), after: single('output.py') };
  if (!existsSync(join(folder, 'output'))) return undefined;
  const before = readFolder(join(folder, 'input'));
  return { before, after: { ...before, ...readFolder(join(folder, 'output')) } };
}

function fixtures(id: string) {
  const root = join('__testfixtures__', id);
  return readdirSync(root).flatMap((name) => {
    const found = versions(join(root, name));
    return found ? [{ name, ...found }] : [];
  });
}

const names = Object.keys(SITUATIONS) as Name[];

/** All fixtures of a transform in all situations, in one Python process. */
function runAll(id: string, config: Readonly<Record<string, unknown>>) {
  const cases = fixtures(id);
  const jobs = cases.flatMap(({ name, before, after }) => {
    const cosl = name.includes('early-cosl') ? '0.0.42' : '0.0.43';
    return [before, after].flatMap((files) =>
      names.map((one) => ({ files, situation: { ...SITUATIONS[one], config, cosl, className: 'MyCharm' } })),
    );
  });
  const outcomes = runJobs(jobs);
  return cases.map(({ name, after }, index) => {
    const version = async (offset: number) => {
      const from = (2 * index + offset) * names.length;
      const own = (await outcomes).slice(from, from + names.length);
      return Object.fromEntries(names.map((one, at) => [one, own[at]])) as Record<Name, Outcome>;
    };
    return { name, text: after['src/charm.py'] ?? '', before: () => version(0), after: () => version(1) };
  });
}

const failing = (outcomes: Record<Name, Outcome>) =>
  names.filter((situation) => outcomes[situation].exception?.type === 'ValueError');

describeExecution('charm-tracing-config, executed', () => {
  for (const { name, text, before, after } of runAll('charm-tracing-config', {
    tls: true,
    ca: '/etc/service/ca.crt',
  })) {
    const hasCert = /server_cert="|"tracing_cert"/.test(text);

    it(`${name}: the library gets what the helper's table says`, async () => {
      const outcomes = await after();
      for (const situation of names) {
        const { exception, endpoint, cert } = outcomes[situation];
        const [scheme, path] = HELPER[situation];
        const expected = scheme === 'https' && !hasCert ? null : scheme;
        expect({
          situation,
          exception: exception?.type ?? null,
          scheme: endpoint === null ? null : endpoint.split(':')[0],
          cert: cert !== null,
        }).toEqual(
          UNLIMITED.has(name)
            ? { situation, exception: 'AmbiguousRelationUsageError', scheme: null, cert: false }
            : { situation, exception: null, scheme: expected, cert: hasCert && path !== null },
        );
      }
    });

    it(`${name}: spans are sent, or buffered until they can be`, async () => {
      const outcomes = await after();
      expect(outcomes.http.sent).toBe(!UNLIMITED.has(name));
      expect(outcomes['https, no file'].buffered).toBe(!UNLIMITED.has(name));
      expect(outcomes['https, file there'].sent).toBe(hasCert);
    });

    it(`${name}: before, it crashes exactly where an untested path does not exist`, async () => {
      const there: Name[] = ['http, file there', 'https, file there'];
      const missing = names.filter((situation) => !there.includes(situation));
      const outcomes = await before();
      const crashes = failing(outcomes).filter((situation) => missing.includes(situation));
      // Where the endpoint getter fails first, the certificate is never asked for.
      const first = missing.filter((one) => (outcomes[one].exception?.type ?? 'ValueError') === 'ValueError');
      expect(crashes).toEqual(UNTESTED.has(name) ? first : []);
      if (UNTESTED.has(name)) expect(crashes.length).toBeGreaterThan(1);
      expect(failing(outcomes).filter((situation) => there.includes(situation))).toEqual([]);
    });
  }
});

/** Without `limit: 1` the library cannot tell the relations apart: the warning says so. */
const UNLIMITED = new Set(['endpoint-without-limit']);

/** Fixtures whose certificate getter returns a path whether the file exists or not (DOMAIN 0.1; rows 3 and 4 of 2.6). */
const UNTESTED = new Set([
  'cert-class-attribute',
  'cert-if-tls-statement',
  'cert-if-tls-ternary',
  'cert-method-of-a-path',
  'cert-path-from-config',
  'cert-pushed-into-the-workload',
  'cert-read-elsewhere-is-kept',
  'cert-server-certificate-never-written',
  'cert-unconditional',
  'getter-named-in-the-class-body-is-kept',
  'keyword-of-patch-multiple-is-kept',
  'cert-written-through-a-local-path',
  'coordinator-of-an-early-cosl',
  'coordinator-of-coordinated-workers',
  'long-call-is-wrapped',
  'unguarded-methods-positional',
]);

describeExecution('server-cert-guard, executed', () => {
  const config = { url: null, tls: true, mtls: true, plain: false, force: true };
  for (const { name, before, after } of runAll('server-cert-guard', config)) {
    it(`${name}: no crash over the certificate, and the path is passed once the file exists`, async () => {
      const outcomes = await after();
      expect(failing(outcomes)).toEqual([]);
      expect(outcomes['no-relation'].exception).toBeNull();
      expect(outcomes['https, file there']).toMatchObject({ sent: true });
      expect(failing(await before())).toContain('no-relation');
    });
  }
});
