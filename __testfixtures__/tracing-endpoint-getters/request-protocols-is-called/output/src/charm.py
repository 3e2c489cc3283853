from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)
        if self.unit.is_leader():
            self.tracing.request_protocols(["otlp_http"])

    def _http(self):
        if self.tracing.is_ready():
            return self.tracing.get_endpoint("otlp_http")


class OtherCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.traces = TracingEndpointRequirer(self)
        if self.unit.is_leader():
            self.traces.request_protocols(["otlp_http"])

    def _grpc(self):
        if self.traces.is_ready():
            return self.traces.otlp_grpc_endpoint()
