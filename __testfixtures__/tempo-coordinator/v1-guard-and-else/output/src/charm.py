from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
from ops.charm import CharmBase

CERT_FILE = "/etc/sample/ca.pem"


@trace_charm(tracing_endpoint="tempo_endpoint", server_cert="tempo_cert", extra_types=[dict])
class SampleCharm(CharmBase):
    """Stores logs."""

    def __init__(self, *args):
        super().__init__(*args)
        self._tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.tempo_endpoint, self.tempo_cert = charm_tracing_config(
            self._tracing, CERT_FILE
        )
