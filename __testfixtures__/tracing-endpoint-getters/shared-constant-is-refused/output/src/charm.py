from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase

PROTOCOLS = ["otlp_http"]
print(PROTOCOLS)


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=PROTOCOLS)

    def _grpc(self):
        return self.tracing.otlp_grpc_endpoint()
