from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def address(self):
        http = self.tracing.otlp_http_endpoint()
        grpc = self.tracing.otlp_grpc_endpoint()
        return http or grpc
