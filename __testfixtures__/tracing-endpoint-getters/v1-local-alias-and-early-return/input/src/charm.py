from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops import CharmBase


@trace_charm(tracing_endpoint="tracing_endpoint")
class PanelCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        # one requirer for both
        self.tracing = TracingEndpointRequirer(self)  # charm and workload

    def _generate_tracing_config(self) -> str:
        tracing = self.tracing
        if not tracing.is_ready():
            return ""
        endpoint = tracing.otlp_grpc_endpoint()
        if endpoint is None:
            return ""
        return f"address = {endpoint}"

    @property
    def tracing_endpoint(self):
        return self.tracing.otlp_http_endpoint()
