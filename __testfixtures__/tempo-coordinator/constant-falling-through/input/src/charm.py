from typing import Generic, Optional, TypeVar

from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops import CharmBase

TRACING_PROTOCOL = "otlp_http"
TRACING_RELATION_NAME = "tracing"
C = TypeVar("C")


class TypedCharmBase(CharmBase, Generic[C]):
    """A charm with a typed configuration."""


@trace_charm(tracing_endpoint="tracing_endpoint", extra_types=(TypedCharmBase,))
class SampleCharm(TypedCharmBase[dict]):
    """Serves a database."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(
            self, relation_name=TRACING_RELATION_NAME, protocols=[TRACING_PROTOCOL]
        )

    @property
    def tracing_endpoint(self) -> Optional[str]:
        """Otlp http endpoint for charm instrumentation."""
        if self.tracing.is_ready():
            return self.tracing.get_endpoint(TRACING_PROTOCOL)
