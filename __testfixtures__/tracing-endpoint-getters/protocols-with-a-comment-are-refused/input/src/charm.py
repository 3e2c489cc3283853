from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(
            self,
            protocols=[
                # all that we need
                "otlp_http",
            ],
        )

    def _grpc(self):
        return self.tracing.otlp_grpc_endpoint()
