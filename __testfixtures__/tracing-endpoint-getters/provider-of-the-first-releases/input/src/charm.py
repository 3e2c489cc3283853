from charms.tempo_k8s.v0.tracing import TracingEndpointProvider
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointProvider(self)

    def use(self):
        return self.tracing.otlp_http_endpoint or ""
