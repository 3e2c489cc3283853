from charms.tempo_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def _layer(self):
        if self.tracing.is_ready():
            self.configure(self.tracing.jaeger_grpc_endpoint)
