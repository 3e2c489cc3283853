from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops.charm import CharmBase


@trace_charm(tracing_endpoint="tempo_endpoint")
class SampleCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    @property
    def tempo_endpoint(self):
        return self.tracing.otlp_http_endpoint()
