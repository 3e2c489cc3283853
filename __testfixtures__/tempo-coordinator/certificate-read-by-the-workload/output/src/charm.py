from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
from ops import CharmBase

CA_PATH = "/etc/sample/ca.crt"


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="_charm_tracing_cert")
class SampleCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.tracing_endpoint, self._charm_tracing_cert = charm_tracing_config(
            self.tracing, CA_PATH
        )
        self.workload = f"cert={self.server_cert}"

    @property
    def server_cert(self) -> str:
        return CA_PATH
