from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from cosl.coordinated_workers.coordinator import Coordinator
from ops import CharmBase


@trace_charm(tracing_endpoint="tempo_endpoint")
class LogsCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.coordinator = Coordinator(charm=self)

    @property
    def tempo_endpoint(self):
        if self.coordinator.tracing.is_ready():
            return self.coordinator.tracing.get_endpoint("otlp_http")
        return None

    def _grpc(self):
        return self.coordinator.tracing.otlp_grpc_endpoint()
