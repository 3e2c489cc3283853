from charms.tempo_k8s.v0.tracing import Ingester, TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def use(self):
        return self.tracing.otlp_http_endpoint(), Ingester
