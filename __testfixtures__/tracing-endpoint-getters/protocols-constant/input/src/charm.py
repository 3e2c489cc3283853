from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops import CharmBase

from literals import TRACING_PROTOCOLS


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=TRACING_PROTOCOLS)

    def use(self):
        if self.tracing.is_ready():
            print(self.tracing.otlp_grpc_endpoint())
