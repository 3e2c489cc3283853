import { existsSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { describeExecution, runCharm, runCharmAll, runJobs, situationKinds } from './run.js';

const charm = `
import pathlib
import subprocess

import requests
from charms.data_platform_libs.v0.data_interfaces import DatabaseRequires
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer, charm_tracing_config
from cosl import JujuTopology
from helpers import CA_PATH
from ops import CharmBase, ActiveStatus, main


@trace_charm(tracing_endpoint="endpoint", server_cert="cert", extra_types=[DatabaseRequires])
class MyCharm(CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        self.mode = self.config["mode"]
        self.database = DatabaseRequires(self, relation_name="database")
        self.tracing = TracingEndpointRequirer(self, "charm-tracing", protocols=["otlp_http"])
        if self.config.get("write"):
            pathlib.Path(CA_PATH).parent.mkdir(parents=True)
            pathlib.Path(CA_PATH).write_text(requests.get("http://x").text and "pem")
            subprocess.run(["update-ca-certificates"])
        self.endpoint, self.cert = charm_tracing_config(self.tracing, CA_PATH)
        self.framework.observe(self.database.on.database_created, self._on_changed)
        self.framework.observe(self.on.config_changed, self._on_changed)

    def _on_changed(self, _event):
        self.unit.status = ActiveStatus(JujuTopology.from_charm(self).model)
        raise ValueError("in a handler")


if __name__ == "__main__":
    main(MyCharm)
`;
const CA = '/proof-root/ca-bundle';
const files = {
  'src/charm.py': charm,
  'src/helpers.py': `CA_PATH = "${CA}"\n`,
  'charmcraft.yaml': 'name: mine\nrequires:\n  charm-tracing: {interface: tracing, limit: 1}\n',
  'config.yaml': 'options:\n  mode: {type: string, default: fast}\n  write: {type: boolean}\n',
};

describeExecution('run', () => {
  it('takes metadata and configuration from the files', async () => {
    const outcome = await runCharm(files, { kind: 'http' });
    expect(outcome).toMatchObject({
      exception: null,
      attrs: { mode: 'fast' },
      serviceName: 'mine-charm',
      requestedBy: { 'charm-tracing': ['otlp_http'] },
      sent: true,
    });
  });

  it('keeps files and commands virtual', async () => {
    const outcomes = await runCharmAll(files, [
      { kind: 'https-no-file', config: { write: true } },
      { kind: 'https-no-file' },
      { kind: 'https-no-file', files: [CA] },
    ]);
    expect(outcomes.map(({ exception }) => exception)).toEqual([null, null, null]);
    expect(outcomes.map(({ cert }) => cert)).toEqual([CA, null, CA]);
    expect(outcomes.map(({ export: spans }) => spans)).toEqual(['sent', 'buffered', 'sent']);
    expect(outcomes.map(({ commands }) => commands)).toEqual([[['update-ca-certificates']], [], []]);
    expect(existsSync(CA)).toBe(false);
  });

  it('names the phase and the line of an exception', async () => {
    const outcome = await runCharm(files, { kind: 'http', emit: ['config_changed'] });
    expect(outcome.exception).toEqual({
      type: 'ValueError',
      bases: ['Exception'],
      message: 'in a handler',
      phase: 'event:config_changed',
      line: charm.split('\n').indexOf('        raise ValueError("in a handler")') + 1,
    });
  });

  it('runs every kind of situation, and several charms in one process', async () => {
    const other = { 'src/charm.py': 'from ops import CharmBase\nclass C(CharmBase):\n    pass\n' };
    const outcomes = await runJobs([
      ...situationKinds.map((kind) => ({ files, situation: { kind } })),
      { files: other, situation: { kind: 'http' } },
    ]);
    expect(outcomes.map(({ export: spans }) => spans)).toEqual([
      ...['buffered', 'buffered', 'sent', 'buffered', 'buffered', 'sent', 'buffered'],
      null,
    ]);
  });

  it('reports what was asked to be read', async () => {
    const outcome = await runCharm(files, {
      kind: 'follower',
      read: ['tracing.is_ready', 'unit.is_leader', 'tracing.nothing'],
    });
    expect(outcome.attrs).toMatchObject({
      'tracing.is_ready': true,
      'unit.is_leader': false,
      'tracing.nothing': { exception: 'AttributeError' },
    });
  });

  it('fails loudly on a situation that it does not know', async () => {
    const situation = { kind: 'http', libpatch: { 'tempo_coordinator_k8s.v0.tracing': 99 } } as const;
    await expect(runCharm(files, situation)).rejects.toThrow('no such LIBPATCH');
  });
});
