import cosl.coordinated_workers.nginx as nginx
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import charm_tracing_config
from cosl.coordinated_workers.coordinator import Coordinator
from ops import CharmBase


@trace_charm(
    tracing_endpoint="charm_tracing_endpoint",
    server_cert="server_cert",
    extra_types=[Coordinator],
)
class SampleCharm(CharmBase):
    """Coordinates workers."""

    def __init__(self, *args):
        super().__init__(*args)
        self.coordinator = Coordinator(charm=self, endpoints={"tracing": "tracing"})
        self.charm_tracing_endpoint, self.server_cert = charm_tracing_config(
            self.coordinator.tracing, nginx.CERT_PATH
        )
