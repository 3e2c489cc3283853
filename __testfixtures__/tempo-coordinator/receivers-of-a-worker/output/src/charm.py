from pathlib import Path
from typing import Optional

from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from ops import CharmBase

from worker import Worker


@trace_charm(tracing_endpoint="tempo_endpoint", server_cert="server_cert_path", extra_types=[Worker])
class SampleCharm(CharmBase):
    """A worker that is told by its coordinator."""

    def __init__(self, *args):
        super().__init__(*args)
        self.worker = Worker(self)

    @property
    def tempo_endpoint(self) -> Optional[str]:
        """Where charm tracing is sent."""
        if receivers := self.worker.cluster.get_tracing_receivers():
            return receivers.get("otlp_http")
        return None

    @property
    def server_cert_path(self) -> Optional[str]:
        """The CA's certificate."""
        return (
            self.worker.cluster.ca_path
            if self.worker.cluster.ca_path and Path(self.worker.cluster.ca_path).exists()
            else None
        )
