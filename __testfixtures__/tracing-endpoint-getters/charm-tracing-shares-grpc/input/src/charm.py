from charms.tempo_k8s.v0.charm_tracing import trace_charm
from charms.tempo_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


@trace_charm(tracing_endpoint="endpoint")
class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    @property
    def endpoint(self):
        return self.tracing.otlp_grpc_endpoint()

    def _layer(self):
        return {"ENDPOINT": self.endpoint}
