from typing import Generic, TypeVar

from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
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
        self.tracing_endpoint, _ = charm_tracing_config(self.tracing, None)
