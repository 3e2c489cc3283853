/**
 * The converted fixtures of the steps that change calls and arguments, executed: every method of the charm, before with
 * the old library and after with today's, gives and passes on the same.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { readCase } from '../../runner/testing.js';
import { codeOf, oldLibraries, SITUATIONS } from './eras.js';
import { type Probed, probed, probeJob } from './probe.js';
import { describeExecution, type Outcome, runJobs, type Situation } from './run.js';

type Files = Readonly<Record<string, string>>;

/** Fixtures with an output, the errors among their findings left out. */
function converted(id: string): { name: string; before: Files; after: Files; refused: boolean }[] {
  const root = join('__testfixtures__', id);
  return readdirSync(root).flatMap((name) => {
    const at = join(root, name);
    const output = readCase(at, 'output');
    if (Object.keys(output).length === 0) return [];
    const input = readCase(at, 'input');
    const findings = join(at, 'findings.json');
    const refused = existsSync(findings) && readFileSync(findings, 'utf8').includes('"severity": "error"');
    return [{ name, before: input, after: { ...input, ...output }, refused }];
  });
}

/** The old libraries that a fixture vendors; where it vendors none, the newest of the API that it imports. */
function oldSituation(files: Files): Situation {
  const old = oldLibraries(files);
  const api = /tempo_k8s\.v([01])\.tracing/.exec(Object.values(files).join('\n'))?.[1];
  const early = Object.values(files).some((text) => /\.otlp_\w+_endpoint/.test(text));
  const format = api === '0' ? 'v0' : api === '1' ? 'v1' : early ? 'v2-early' : 'receivers';
  const shims: Record<string, number> = early && format === 'v2-early' ? { 'tempo_k8s.v2.tracing': 5 } : {};
  // The getters of jaeger were properties until then.
  if (/jaeger_\w+_endpoint(?!\()/.test(Object.values(files).join('\n'))) shims['tempo_k8s.v0.tracing'] = 6;
  return { kind: 'http', libs: 'both', format, libpatch: { ...shims, ...old.libpatch } };
}

/** HTTP values of v0 and v1.0-1 gain a scheme: a finding names each line that reads them. */
function gave({ value, calls }: Probed): string {
  return JSON.stringify({ value, calls }).replace(/https?:\/\/| at 0x\w+/g, '');
}

/** Differences on purpose, by fixture and method: what the old value is replaced by. */
const MEANT: Readonly<Record<string, Readonly<Record<string, readonly [old: string, now: string]>>>> = {
  // Charm tracing goes over HTTP (finding charm-tracing-http).
  'v0-grpc-charm-tracing-and-walrus-workload': { charm_tracing_endpoint: ['4317', '4318'] },
  // LIBPATCH 4 of v1 put a receiver's path behind it (finding value-change).
  'v1-first-patches-and-receiver-path': { _layer: ['/receiver-path', ''] },
};

describeExecution('getters and protocols, executed', () => {
  // Its `sed` has run already: there is no before that works.
  const cases = ['tracing-endpoint-getters', 'tracing-protocols']
    .flatMap(converted)
    .filter(({ name }) => name !== 'sed-has-run-already');
  const situations = Object.entries(SITUATIONS).filter(([name]) => /^(no|http$|follower$)/.test(name));
  let outcomes: readonly Outcome[] = [];

  beforeAll(async () => {
    outcomes = await runJobs(
      cases.flatMap(({ before, after }) =>
        situations.flatMap(([, one]) => [
          probeJob(codeOf(before), { ...oldSituation(before), ...one }),
          probeJob(codeOf(after), { libs: 'new', ...one }),
        ]),
      ),
    );
  });

  for (const [index, { name, refused }] of cases.entries()) {
    it(`${name}: each method gives and passes on what it did`, () => {
      for (const [at, [situation]] of situations.entries()) {
        const place = 2 * (index * situations.length + at);
        const [before, after] = [outcomes[place], outcomes[place + 1]];
        if (!before || !after || before.exception) continue;
        if (!refused)
          expect({ situation, exception: after.exception }).toEqual({ situation, exception: null });
        const now = probed(after);
        for (const [method, old] of Object.entries(probed(before))) {
          const result = now[method];
          // What is left is named by an error; what raised before may be guarded now.
          if (!result || (refused && result.raises) || old.raises) continue;
          const [was, is] = MEANT[name]?.[method] ?? ['', ''];
          const expected = gave(old).replace(was, is);
          expect({ situation, method, raises: result.raises, gave: gave(result) }).toEqual({
            situation,
            method,
            raises: undefined,
            gave: expected,
          });
        }
      }
    });
  }
});

describeExecution('request-protocols-leader, executed', () => {
  // An object that is no charm is not constructed by the driver.
  const cases = converted('request-protocols-leader').filter(({ name }) => name !== 'object-with-a-charm');
  let outcomes: readonly Outcome[] = [];

  beforeAll(async () => {
    outcomes = await runJobs(
      cases.flatMap(({ before, after }) =>
        [before, after].flatMap((files) =>
          (['http', 'follower'] as const).map((kind) => probeJob(files, { kind, libs: 'new' })),
        ),
      ),
    );
  });

  for (const [index, { name, refused }] of cases.entries()) {
    it(`${name}: followers are denied before, not after; leaders are not denied at all`, () => {
      const denied = outcomes.slice(4 * index, 4 * index + 4).map((outcome) =>
        Object.entries(probed(outcome))
          .filter(([, { raises }]) => raises === 'DataAccessPermissionError')
          .map(([method]) => method),
      );
      const [leaderBefore, followerBefore = [], leaderAfter, followerAfter = []] = denied;
      expect({ leaderBefore, leaderAfter }).toEqual({ leaderBefore: [], leaderAfter: [] });
      expect(followerBefore.length).toBeGreaterThan(0);
      if (!refused) expect(followerAfter).toEqual([]);
    });
  }
});

describeExecution('charm-tracing-arguments, executed', () => {
  let outcomes: readonly Outcome[] = [];

  /** With the attributes and classes that the fixtures only name, and the import as the rename leaves it. */
  const complete = (files: Files): Files => ({
    ...codeOf(files),
    'src/charm.py': `from ops import CharmBase


class Cart: ...


class Complete(CharmBase):
    tempo = tempo_endpoint = endpoint = cert = None


${(files['src/charm.py'] ?? '')
  .replaceAll('(CharmBase)', '(Complete)')
  .replace(/^main\(.*$/m, '')
  .replace(/tempo_k8s\.v\d\.\w+/g, 'tempo_coordinator_k8s.v0.charm_tracing')}`,
  });

  // Where only the import moved, the arguments meant the same to the old library.
  const cases = converted('charm-tracing-arguments').filter(
    ({ before, after }) => complete(before)['src/charm.py'] !== complete(after)['src/charm.py'],
  );

  beforeAll(async () => {
    outcomes = await runJobs(
      cases.flatMap(({ before, after }) =>
        [before, after].map((files) => ({
          files: complete(files),
          situation: { kind: 'http', libs: 'new' } as const,
        })),
      ),
    );
  });

  for (const [index, { name }] of cases.entries()) {
    it(`${name}: today's library takes the new arguments, and not the old ones`, () => {
      const [before, after] = outcomes.slice(2 * index, 2 * index + 2);
      expect(before?.exception?.type).toMatch(/^(TypeError|AttributeError)$/);
      expect(after?.exception).toBeNull();
    });
  }
});

const READER = `
import ast
import importlib
import json
import pathlib
import re

from charms.tempo_coordinator_k8s.v0.tracing import TracingProviderAppData
from ops import CharmBase

PLACE = re.compile(r"charms\\.tempo_k8s\\.v\\d\\.tracing")


class Reader(CharmBase):
    def read(self):
        """What the new library makes of each provider databag in the tests."""
        found = []
        for path in sorted(pathlib.Path("tests").rglob("*.py")):
            tree = ast.parse(PLACE.sub("charms.tempo_coordinator_k8s.v0.tracing", path.read_text()))
            names = {"json": json}
            for node in tree.body:
                if isinstance(node, ast.ImportFrom) and "tracing" in (node.module or ""):
                    module = importlib.import_module(node.module)
                    for one in node.names:
                        names[one.asname or one.name] = getattr(module, one.name, None)
            for node in ast.walk(tree):
                bag = self.bag(node, names)
                if bag is not None:
                    found.append(self.loaded(bag))
        return json.dumps(found)

    def bag(self, node, names):
        def value(one):
            return eval(compile(ast.Expression(one), "<bag>", "eval"), dict(names))

        made = names.get(node.func.id) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
        try:
            if made is TracingProviderAppData:
                bag = {}
                value(node).dump(bag)
                return bag
            keys = [k.value for k in getattr(node, "keys", []) if isinstance(k, ast.Constant)]
            if isinstance(node, ast.Dict) and {"receivers", "ingesters"} & set(keys):
                bag = value(node)
                return bag if all(isinstance(one, str) for one in bag.values()) else None
        except NameError:
            return None
        except Exception as e:
            return e
        return None

    def loaded(self, bag):
        if isinstance(bag, Exception):
            return type(bag).__name__
        try:
            return [[r.protocol.name, r.url] for r in TracingProviderAppData.load(bag).receivers]
        except Exception as e:
            return type(e).__name__
`;

/** Databags that a case shows to be refused. */
const LEFT: Readonly<Record<string, number>> = { 'calls-not-literal': 6 };

describeExecution('test-databags, executed', () => {
  const cases = converted('test-databags');
  let outcomes: readonly Outcome[] = [];

  beforeAll(async () => {
    outcomes = await runJobs(
      cases.flatMap(({ before, after }) =>
        [before, after].map((files) => ({
          files: { ...codeOf(files), 'src/charm.py': READER },
          situation: { kind: 'no-relation', libs: 'new', read: ['read'] } as const,
        })),
      ),
    );
  });

  for (const [index, { name }] of cases.entries()) {
    it(`${name}: the new library reads the databags, and did not read the old ones`, () => {
      const [before, after] = outcomes
        .slice(2 * index, 2 * index + 2)
        .map(({ attrs }) => JSON.parse(String(attrs.read)) as unknown[]);
      const read = (bags: readonly unknown[] = []) => bags.filter(Array.isArray).length;
      expect({ before: read(before) }).toEqual({ before: 0 });
      // What is left is named by a finding.
      expect({ left: (after?.length ?? 0) - read(after) }).toEqual({ left: LEFT[name] ?? 0 });
      expect(read(after)).toBeGreaterThan(0);
    });
  }
});
