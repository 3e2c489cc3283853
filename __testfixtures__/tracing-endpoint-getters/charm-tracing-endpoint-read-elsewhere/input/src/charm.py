from charms.tempo_k8s.v0.charm_tracing import trace_charm
from charms.tempo_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


@trace_charm(tracing_endpoint="http")
class Http(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def http(self):
        if self.tracing.is_ready():
            return self.tracing.otlp_http_endpoint()

    def _layer(self):
        return {"URL": self.http()}
