from charms.tempo_coordinator_k8s.v0.tracing import charm_tracing_config
from coordinated_workers.coordinator import Coordinator
from ops import CharmBase


class LogsCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.coordinator = Coordinator(charm=self)
        self.endpoint, _ = charm_tracing_config(self.coordinator.charm_tracing, None)
        tracing = self.coordinator.workload_tracing
        self.jaeger = tracing.get_endpoint("jaeger_thrift_http")
