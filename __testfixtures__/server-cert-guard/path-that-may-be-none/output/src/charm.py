from pathlib import Path

import ops
from certificates import Certificates
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer

CA_PATH = "/etc/sample/ca.crt"


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="server_cert")
class MyCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.certificates = Certificates(self)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.framework.observe(self.on.config_changed, self._on_config_changed)

    def _on_config_changed(self, _: ops.ConfigChangedEvent):
        with open(CA_PATH, "w") as file:
            file.write(self.config["ca"])

    @property
    def tracing_endpoint(self):
        if self.tracing.is_ready():
            return self.tracing.get_endpoint("otlp_http")
        return self.config["url"]

    @property
    def server_cert(self):
        return (
            self.certificates.ca_path
            if self.certificates.ca_path and Path(self.certificates.ca_path).exists()
            else None
        )
