from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops import CharmBase


@trace_charm(tracing_endpoint="tempo", extra_types=[TracingEndpointRequirer])
class BakeryCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, relation_name="trace")

    @property
    def tempo(self):
        if self.tracing.is_ready():
            return self.tracing.otlp_http_endpoint()
        else:
            return None
