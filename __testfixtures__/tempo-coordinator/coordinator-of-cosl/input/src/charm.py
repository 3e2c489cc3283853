from typing import Optional

import cosl.coordinated_workers.nginx as nginx
from charms.tempo_k8s.v1.charm_tracing import trace_charm
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

    @property
    def charm_tracing_endpoint(self) -> Optional[str]:
        """Where charm tracing is sent."""
        if self.coordinator.tracing.is_ready():
            return self.coordinator.tracing.get_endpoint(protocol="otlp_http")
        return None

    @property
    def server_cert(self) -> str:
        """The server's certificate."""
        return nginx.CERT_PATH
