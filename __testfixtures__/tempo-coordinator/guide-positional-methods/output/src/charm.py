from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
from ops import CharmBase


@trace_charm("tracing_endpoint", "tracing_cert")
class MyCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.tracing_endpoint, self.tracing_cert = charm_tracing_config(
            self.tracing, "/path/to/cert.crt"
        )
