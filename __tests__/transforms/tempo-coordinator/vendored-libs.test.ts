import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { applyToCharm, defineTransformTest } from '../../../runner/testing.js';
import renameLibModules from '../../../transforms/tempo-coordinator/rename-lib-modules.js';
import vendoredLibs from '../../../transforms/tempo-coordinator/vendored-libs.js';

defineTransformTest(vendoredLibs, join(import.meta.dirname, '../../../__testfixtures__'), {
  with: [renameLibModules],
});

const METADATA = 'name: sample\n';
const OLD = 'from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer\n';
const NEW = OLD.replace('tempo_k8s.v2', 'tempo_coordinator_k8s.v0');
const LIBRARY = 'LIBID = "12977e9aa0b34367903d8afeb8c3d85d"\nLIBAPI = 2\nLIBPATCH = 10\n';
const MODULE = 'lib/charms/tempo_k8s/v2/tracing.py';

/** Runs on the roots one after the other, as the runner does, and returns what is left, done and said for each. */
function runRoots(files: Record<string, string>, ...roots: string[]) {
  let left = files;
  return roots.map((root) => {
    const { files: out, findings, result } = applyToCharm(left, [renameLibModules, vendoredLibs], { root });
    left = out;
    return {
      root,
      old: Object.keys(out).filter((path) => path.includes('/tempo_k8s/')),
      actions: result.actions.map((action) =>
        action.kind === 'fetch' ? `${action.root}: ${action.library.split('.').at(-1)}` : action.kind,
      ),
      findings: findings.map(({ id }) => id),
      help: result.findings.map(({ help }) => help),
    };
  });
}

it('works in a root below the top', () => {
  const [charm] = runRoots(
    { 'charm/metadata.yaml': METADATA, 'charm/src/charm.py': OLD, [`charm/${MODULE}`]: LIBRARY },
    'charm',
  );
  expect(charm).toEqual({
    root: 'charm',
    old: [],
    actions: ['delete', 'charm: tracing'],
    findings: ['vendored-libs/fetch'],
    help: ['cd charm\ncharmcraft fetch-lib charms.tempo_coordinator_k8s.v0.tracing'],
  });
});

it('deletes a folder that several roots share last, and fetches into it once', () => {
  const [a, b, top] = runRoots(
    {
      'charms/a/metadata.yaml': METADATA,
      'charms/a/src/charm.py': OLD,
      'charms/b/metadata.yaml': METADATA,
      'charms/b/src/charm.py': OLD,
      [`libs/external/${MODULE}`]: LIBRARY,
    },
    'charms/a',
    'charms/b',
    '',
  );
  expect([a?.actions, b?.actions]).toEqual([[], []]);
  expect(top).toMatchObject({ old: [], actions: ['delete', 'libs/external: tracing'] });
});

it('keeps a shared library that a root still imports', () => {
  const top = runRoots(
    {
      'charms/a/metadata.yaml': METADATA,
      'charms/a/src/charm.py': OLD,
      'charms/b/metadata.yaml': METADATA,
      'charms/b/src/charm.py': OLD,
      [`libs/external/${MODULE}`]: LIBRARY,
    },
    'charms/a',
    '',
  ).at(-1);
  expect(top?.old).toEqual([`libs/external/${MODULE}`]);
  expect(top?.findings).toEqual(['vendored-libs/still-used', 'vendored-libs/fetch']);
});

it('is not held back by a nested charm that has its own copy, nor by the parent of one', () => {
  const files = {
    'metadata.yaml': METADATA,
    'src/charm.py': OLD,
    [MODULE]: LIBRARY,
    'tests/tester/metadata.yaml': METADATA,
    'tests/tester/src/charm.py': OLD,
    [`tests/tester/${MODULE}`]: LIBRARY,
  };
  expect(runRoots(files, '')[0]?.old).toEqual([`tests/tester/${MODULE}`]);
  expect(runRoots(files, 'tests/tester')[0]?.old).toEqual([MODULE]);
});

it('keeps what a nested charm without its own copy imports', () => {
  const files = {
    'charm/metadata.yaml': METADATA,
    [`charm/${MODULE}`]: LIBRARY,
    'charm/tests/tester/metadata.yaml': METADATA,
    'charm/tests/tester/src/charm.py': OLD,
  };
  expect(runRoots(files, 'charm')[0]?.old).toEqual([`charm/${MODULE}`]);
});

it('fetches into the charm root when no folder shows where libraries lie', () => {
  const [charm] = runRoots({ 'metadata.yaml': METADATA, 'src/charm.py': NEW }, '');
  expect(charm?.actions).toEqual([': tracing']);
});

it('names the folder of an old copy below the top', () => {
  const path = 'charm/lib/charms/tempo_coordinator_k8s/v0/tracing.py';
  const files = { 'charm/metadata.yaml': METADATA, 'charm/src/charm.py': NEW, [path]: 'LIBPATCH = 2\n' };
  expect(runRoots(files, 'charm')[0]?.help).toEqual([
    'cd charm\ncharmcraft fetch-lib charms.tempo_coordinator_k8s.v0.tracing',
  ]);
});

it('asks for nothing in a nested charm whose libraries are those around it', () => {
  const files = {
    'charm/metadata.yaml': METADATA,
    'charm/lib/charms/other/v0/other.py': '',
    'charm/tests/tester/metadata.yaml': METADATA,
    'charm/tests/tester/src/charm.py': NEW,
  };
  expect(runRoots(files, 'charm/tests/tester', 'charm').map(({ actions }) => actions)).toEqual([
    [],
    ['charm: tracing'],
  ]);
});
