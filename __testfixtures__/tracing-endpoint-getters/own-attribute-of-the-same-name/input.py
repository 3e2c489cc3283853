from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tempo_endpoint = "http://localhost:3200"

    @property
    def otlp_http_endpoint(self):
        return "http://localhost:4318"

    def use(self, other):
        return self.otlp_http_endpoint, self.tempo_endpoint, other.otlp_http_endpoint
