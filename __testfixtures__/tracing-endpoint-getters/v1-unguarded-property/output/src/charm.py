"""A charm that traces itself."""

from typing import Optional

from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops.charm import CharmBase


@trace_charm(tracing_endpoint="tracing_endpoint")
class BakeryCharm(CharmBase):
    """Bakes."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    @property
    def tracing_endpoint(self) -> Optional[str]:
        """Where charm traces go."""
        return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
