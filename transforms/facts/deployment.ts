/** What takes the place of one `tempo-k8s` application, as juju, bundles, terraform and tests spell it. Source: DOMAIN 4. */

const JUJU = `juju deploy tempo-coordinator-k8s tempo --channel 1/stable --trust
juju deploy tempo-worker-k8s tempo-worker --channel 1/stable --trust
juju deploy s3-integrator
juju config s3-integrator endpoint=<S3 URL> bucket=<bucket>
juju run s3-integrator/leader sync-s3-credentials access-key=<key> secret-key=<secret>
juju integrate tempo:s3 s3-integrator:s3-credentials
juju integrate tempo:tempo-cluster tempo-worker:tempo-cluster`;

const BUNDLE = `applications:
  tempo:
    charm: tempo-coordinator-k8s
    channel: 1/stable
    scale: 1
    trust: true
  tempo-worker:
    charm: tempo-worker-k8s
    channel: 1/stable
    scale: 1
    trust: true
  s3-integrator:
    charm: s3-integrator
    scale: 1
relations:
  - [tempo:s3, s3-integrator:s3-credentials]
  - [tempo:tempo-cluster, tempo-worker:tempo-cluster]`;

const TERRAFORM = `module "tempo" {
  source = "git::https://github.com/canonical/tempo-operators//terraform"
  # model, channel and the S3 credentials: see the module's variables
}
# relate to module.tempo's output provides.tracing`;

const JUBILANT = `juju.deploy("tempo-coordinator-k8s", "tempo", channel="1/stable", trust=True)
juju.deploy("tempo-worker-k8s", "tempo-worker", channel="1/stable", trust=True)
juju.deploy("s3-integrator")
juju.integrate("tempo:s3", "s3-integrator:s3-credentials")
juju.integrate("tempo:tempo-cluster", "tempo-worker:tempo-cluster")`;

const PYTEST_OPERATOR = `await ops_test.model.deploy("tempo-coordinator-k8s", "tempo", channel="1/stable", trust=True)
await ops_test.model.deploy("tempo-worker-k8s", "tempo-worker", channel="1/stable", trust=True)
await ops_test.model.deploy("s3-integrator")
await ops_test.model.integrate("tempo:s3", "s3-integrator:s3-credentials")
await ops_test.model.integrate("tempo:tempo-cluster", "tempo-worker:tempo-cluster")`;

export const DEPLOYMENT = {
  juju: JUJU,
  bundle: BUNDLE,
  terraform: TERRAFORM,
  jubilant: JUBILANT,
  'pytest-operator': PYTEST_OPERATOR,
} as const;

export type DeploymentForm = keyof typeof DEPLOYMENT;
