from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["jaeger_grpc"])

    def _layer(self):
        if self.tracing.is_ready():
            self.configure(self.tracing.get_endpoint("jaeger_grpc"))
