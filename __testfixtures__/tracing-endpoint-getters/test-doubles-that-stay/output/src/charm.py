from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http", "otlp_grpc"])

    def address(self):
        http = self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        grpc = self.tracing.get_endpoint("otlp_grpc") if self.tracing.is_ready() else None
        return http or grpc
