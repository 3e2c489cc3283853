from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def _endpoints(self, rel):
        first = self.tracing.otlp_http_endpoint(rel)
        second = self.tracing.zipkin_endpoint(relation=rel, ssl=True)
        third = self.tracing.otlp_http_endpoint(ssl=False)
        if self.tracing.is_ready(rel):
            fourth = self.tracing.otlp_http_endpoint(rel, True)
        if self.tracing.is_ready():
            fifth = self.tracing.otlp_grpc_endpoint(rel)
        return first, second, third, fourth, fifth
