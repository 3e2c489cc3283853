from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase

PROTOCOL = "otlp_http"


@trace_charm(tracing_endpoint="endpoint")
class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["zipkin", "otlp_http"])

    @property
    def endpoint(self):
        if self.tracing.is_ready():
            return self.tracing.get_endpoint(PROTOCOL)
