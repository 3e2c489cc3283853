from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)
        if self.unit.is_leader():
            self.tracing.request_protocols(["otlp_http"])
        self.endpoint, _ = charm_tracing_config(self.tracing, None)


class OtherCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.traces = TracingEndpointRequirer(self)
        if self.unit.is_leader():
            self.traces.request_protocols(["zipkin"])
        self.endpoint, _ = charm_tracing_config(self.traces, None)
