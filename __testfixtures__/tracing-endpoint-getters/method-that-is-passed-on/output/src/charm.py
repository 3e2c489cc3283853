from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def use(self):
        self.retry(self.tracing.otlp_http_endpoint)
        return str(self.tracing.jaeger_grpc_endpoint) or ""
