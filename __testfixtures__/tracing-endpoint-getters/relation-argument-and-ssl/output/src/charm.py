from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(
            self, protocols=["otlp_http", "otlp_grpc", "zipkin"]
        )

    def _endpoints(self, rel):
        first = self.tracing.get_endpoint("otlp_http", rel) if self.tracing.is_ready(rel) else None
        second = (
            self.tracing.get_endpoint("zipkin", relation=rel)
            if self.tracing.is_ready(relation=rel)
            else None
        )
        third = self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        if self.tracing.is_ready(rel):
            fourth = self.tracing.get_endpoint("otlp_http", rel)
        if self.tracing.is_ready():
            fifth = (
                self.tracing.get_endpoint("otlp_grpc", rel) if self.tracing.is_ready(rel) else None
            )
        return first, second, third, fourth, fifth
