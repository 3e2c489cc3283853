from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def _layer(self):
        if self.tracing.is_ready():
            self.configure(self.tracing.otlp_http_endpoint())
            self.configure(self.tracing.otlp_grpc_endpoint())
