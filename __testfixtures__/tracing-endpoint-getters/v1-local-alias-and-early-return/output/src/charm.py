from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


@trace_charm(tracing_endpoint="tracing_endpoint")
class PanelCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        # one requirer for both
        self.tracing = TracingEndpointRequirer(
            self, protocols=["otlp_http", "otlp_grpc"]
        )  # charm and workload

    def _generate_tracing_config(self) -> str:
        tracing = self.tracing
        if not tracing.is_ready():
            return ""
        endpoint = tracing.get_endpoint("otlp_grpc")
        if endpoint is None:
            return ""
        return f"address = {endpoint}"

    @property
    def tracing_endpoint(self):
        return (
            self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        )
