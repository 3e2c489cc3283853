from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops.charm import CharmBase

CA_PATH = "/etc/sample/ca.crt"


@trace_charm(tracing_endpoint="tempo_otlp_grpc_endpoint", server_cert="server_cert")
class SampleCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    @property
    def tempo_otlp_grpc_endpoint(self):
        return (
            self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        )

    @property
    def server_cert(self):
        with open(CA_PATH) as file:
            return file.read()
