from abc import ABC
from typing import Optional

from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class SampleBase(CharmBase, ABC):
    """What all kinds of this charm share."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    @property
    def tracing_endpoint(self) -> Optional[str]:
        """Where charm tracing is sent."""
        if self.tracing.is_ready():
            return self.tracing.get_endpoint("otlp_http")
