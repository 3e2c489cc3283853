from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops import CharmBase

PROTOCOL = "otlp_http"


@trace_charm(tracing_endpoint="endpoint")
class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["zipkin"])

    @property
    def endpoint(self):
        if self.tracing.is_ready():
            return self.tracing.get_endpoint(PROTOCOL)
