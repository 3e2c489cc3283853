// Makes the benchmark's trees: seeded, so that every machine measures the same bytes.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const WORDS =
  'unit relation status config container layer service model event data secret endpoint address port network action storage bucket worker cluster leader follower handler manager client server request response payload token certificate key value name path file folder check plan state'.split(
    ' ',
  );

/** A Python module of about `bytes` bytes that nobody would migrate. */
function python(random, bytes) {
  const word = () => WORDS[Math.floor(random() * WORDS.length)];
  const parts = [
    `"""Module about ${word()}s."""\n\nimport json\nimport logging\nfrom typing import Any, Optional\n\nlogger = logging.getLogger(__name__)\n`,
  ];
  let size = 0;
  for (let index = 0; size < bytes; index += 1) {
    const name = `${word()}_${word()}_${index}`;
    const part = `
class ${name.replace(/(^|_)(\w)/g, (_, __, letter) => letter.toUpperCase())}:
    """Keeps the ${word()} of a ${word()}."""

    def __init__(self, ${word()}s: dict[str, Any], limit: Optional[int] = None):
        self._items = {key: value for key, value in ${'sorted'}(locals().items()) if key != "self"}
        self.limit = limit or ${Math.floor(random() * 1000)}

    def ${name}(self, ${word()}_id: str, *, strict: bool = False) -> Optional[str]:
        """Return the ${word()} of the ${word()}, if there is one."""
        for key, value in self._items.items():
            if strict and not key.startswith("${word()}"):
                logger.debug("skipping %s because of %s", key, value)
                continue
            if (found := json.dumps({"${word()}": value, "${word()}": [1, 2.5, None]})) and len(found) > self.limit:
                return found[: self.limit]
        return None
`;
    parts.push(part);
    size += part.length;
  }
  return parts.join('\n');
}

const charm = (random, index) => `#!/usr/bin/env python3
"""Charm number ${index}."""

import logging
from typing import Optional

import ops
from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer

logger = logging.getLogger(__name__)

CA_CERT_PATH = "/usr/local/share/ca-certificates/ca.crt"


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="server_cert")
class Charm${index}(ops.CharmBase):
    """Runs the workload."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        framework.observe(self.on.config_changed, self._on_config_changed)

    @property
    def tracing_endpoint(self) -> Optional[str]:
        """Where traces go."""
        if self.tracing.is_ready():
            return self.tracing.get_endpoint("otlp_http")
        return None

    @property
    def server_cert(self) -> Optional[str]:
        """The CA's certificate."""
        return CA_CERT_PATH

    def _on_config_changed(self, _: ops.ConfigChangedEvent):
        with open(CA_CERT_PATH, "w") as file:
            file.write(str(self.config["ca"]))

${python(random, 23_500).replaceAll(/^(import|from) .*\n/gm, '')}
`;

const lib = (id, api, patch) =>
  `"""Stand-in for a vendored library."""\n\nLIBID = "${id}"\nLIBAPI = ${api}\nLIBPATCH = ${patch}\n`;

function put(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const git = (cwd, ...args) =>
  execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args], {
    cwd,
    stdio: 'ignore',
  });

function repository(folder) {
  git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'bench');
}

/** `files` unrelated Python files of 5 to 29 kB (17 kB on average) in one repository. */
export function unrelated(folder, files) {
  if (existsSync(join(folder, '.git'))) return;
  rmSync(folder, { recursive: true, force: true });
  const random = seeded(files);
  for (let index = 0; index < files; index += 1) {
    const text = python(random, 5_000 + Math.floor(random() * 24_000));
    put(join(folder, `package_${index % 60}`, `sub_${index % 7}`, `module_${index}.py`), text);
  }
  repository(folder);
}

/** `count` charms to migrate, each a repository: a charm.py of 25 kB, two tests, metadata, vendored libraries. */
export function charms(folder, count) {
  const last = join(folder, `charm-${String(count - 1).padStart(3, '0')}`);
  if (existsSync(join(last, '.git'))) return;
  rmSync(folder, { recursive: true, force: true });
  for (let index = 0; index < count; index += 1) {
    const random = seeded(index + 1);
    const root = join(folder, `charm-${String(index).padStart(3, '0')}`);
    put(
      join(root, 'charmcraft.yaml'),
      `name: charm-${index}\nrequires:\n  tracing:\n    interface: tracing\n    limit: 1\n`,
    );
    put(join(root, 'src/charm.py'), charm(random, index));
    put(join(root, 'src/workload.py'), python(random, 12_000));
    put(join(root, 'tests/unit/test_charm.py'), python(random, 20_000));
    put(join(root, 'tests/unit/conftest.py'), python(random, 2_000));
    put(
      join(root, 'lib/charms/tempo_k8s/v1/charm_tracing.py'),
      lib('cb1705dcd1a14ca09b2e60187d1215c7', 1, 15),
    );
    put(join(root, 'lib/charms/tempo_k8s/v2/tracing.py'), lib('12977e9aa0b34367903d8afeb8c3d85d', 2, 10));
    repository(root);
  }
}
