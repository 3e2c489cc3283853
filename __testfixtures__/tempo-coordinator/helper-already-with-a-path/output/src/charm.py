from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
from ops import CharmBase

CA_CERT_PATH = "/tmp/ca-cert.pem"


@trace_charm(tracing_endpoint="_tracing_endpoint", server_cert="_tracing_server_cert")
class SampleCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self._tracing_endpoint, self._tracing_server_cert = charm_tracing_config(
            self.tracing, CA_CERT_PATH
        )
