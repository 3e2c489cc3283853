/** Every transform, and the presets: ordered lists, each position with its reason. */
import type { Preset } from './kit/preset.js';
import type { Transform } from './kit/transform.js';
import opsTracingCharm from './ops-tracing/ops-tracing-charm.js';
import opsTracingDependencies from './ops-tracing/ops-tracing-dependencies.js';
import opsTracingLibs from './ops-tracing/ops-tracing-libs.js';
import opsTracingMetadata from './ops-tracing/ops-tracing-metadata.js';
import opsTracingTests from './ops-tracing/ops-tracing-tests.js';
import { LITERALS } from './ops-tracing/plan.js';
import { verifyOpsTracing } from './ops-tracing/verify.js';
import charmLibs from './tempo-coordinator/charm-libs.js';
import charmTracingArguments from './tempo-coordinator/charm-tracing-arguments.js';
import charmTracingConfig from './tempo-coordinator/charm-tracing-config.js';
import deploymentReport from './tempo-coordinator/deployment-report.js';
import projectFiles from './tempo-coordinator/project-files.js';
import renameLibModules from './tempo-coordinator/rename-lib-modules.js';
import requestProtocolsLeader from './tempo-coordinator/request-protocols-leader.js';
import serverCertGuard from './tempo-coordinator/server-cert-guard.js';
import testDatabags from './tempo-coordinator/test-databags.js';
import tracingEndpointGetters from './tempo-coordinator/tracing-endpoint-getters.js';
import tracingProtocols from './tempo-coordinator/tracing-protocols.js';
import vendoredLibs from './tempo-coordinator/vendored-libs.js';
import { verifyNames, verifyResidue } from './tempo-coordinator/verify.js';

/** The migration guide: tempo_k8s → tempo_coordinator_k8s. */
const tempoCoordinator: Preset = {
  id: 'tempo-coordinator',
  title: 'Move a charm from the tempo_k8s libraries to those of tempo_coordinator_k8s',
  // Order: test-databags, rename-lib-modules, charm-tracing-arguments, tracing-endpoint-getters, tracing-protocols,
  // charm-tracing-config, server-cert-guard, request-protocols-leader, charm-libs, project-files,
  // vendored-libs, deployment-report.
  steps: [
    {
      transform: testDatabags,
      why: 'In front of the rename: Ingester, which is gone, becomes Receiver, and its import can move.',
    },
    {
      transform: renameLibModules,
      why: 'Early: all others know one namespace; what a name came from was recorded before the run.',
    },
    {
      transform: charmTracingArguments,
      why: 'Behind the rename, which brings the calls under one module; before the steps that read the keywords.',
    },
    {
      transform: tracingEndpointGetters,
      why: 'Behind the rename, as the new requirer is what has get_endpoint(); before all that reads protocols and getters.',
    },
    {
      transform: tracingProtocols,
      why: 'Behind the getters, which bring old code to get_endpoint(); before the helper, which has to find otlp_http.',
    },
    {
      transform: charmTracingConfig,
      why: 'Behind the getters and protocols, which bring old code to the one form that it converts.',
    },
    {
      transform: serverCertGuard,
      why: 'Behind the helper, which makes it needless: guards only what could not be converted.',
    },
    {
      transform: requestProtocolsLeader,
      why: 'Behind the steps that decide whether a requirer is asked for protocols at all.',
    },
    {
      transform: charmLibs,
      why: 'Behind all that edit code: an entry moves when no code imports the old library any more.',
    },
    {
      transform: projectFiles,
      why: 'Behind all that edit code: a mention of a module moves when no code imports it any more.',
    },
    {
      transform: vendoredLibs,
      why: 'Last of those that change files: it looks at the imports that all others have left.',
    },
    {
      transform: deploymentReport,
      why: 'Last: it changes nothing.',
    },
  ],
  verify: [verifyResidue, verifyNames],
  literals: ['tempo_k8s', 'tempo-k8s'],
  gate: ['tempo_k8s', 'tempo-k8s', 'tempo_coordinator_k8s', 'tempo-coordinator-k8s'],
};

/** The next move: tempo_coordinator_k8s.charm_tracing → ops[tracing]. */
const opsTracing: Preset = {
  id: 'ops-tracing',
  title: 'Trace a charm with ops[tracing] instead of the charm_tracing library',
  steps: [
    {
      transform: opsTracingMetadata,
      why: "First: a 'limit: 1' that it adds is what the code step waits for.",
    },
    {
      transform: opsTracingCharm,
      why: 'The code, if all that follows can be done too; the other steps see by the code that it was.',
    },
    { transform: opsTracingTests, why: 'Behind the code, which no longer needs what the tests keep quiet.' },
    { transform: opsTracingDependencies, why: 'Behind the code, which no longer needs the old packages.' },
    { transform: opsTracingLibs, why: 'Last: what nothing imports any more.' },
  ],
  verify: [verifyOpsTracing],
  literals: LITERALS,
  gate: LITERALS,
};

export const presets: Readonly<Record<string, Preset>> = {
  'tempo-coordinator': tempoCoordinator,
  'ops-tracing': opsTracing,
};

/** Built-in transforms by id. */
export const transforms: Readonly<Record<string, Transform>> = Object.fromEntries(
  Object.values(presets).flatMap((preset) => preset.steps.map(({ transform }) => [transform.id, transform])),
);
