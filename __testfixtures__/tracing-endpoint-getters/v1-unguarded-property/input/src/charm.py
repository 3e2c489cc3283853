"""A charm that traces itself."""

from typing import Optional

from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops.charm import CharmBase


@trace_charm(tracing_endpoint="tracing_endpoint")
class BakeryCharm(CharmBase):
    """Bakes."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    @property
    def tracing_endpoint(self) -> Optional[str]:
        """Where charm traces go."""
        return self.tracing.otlp_http_endpoint()
