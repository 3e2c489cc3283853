from typing import TYPE_CHECKING

import charms.tempo_coordinator_k8s.v0.charm_tracing
import charms.tempo_coordinator_k8s.v0.tracing as tracing_v2
import lib.charms.tempo_coordinator_k8s.v0.tracing

if TYPE_CHECKING:
    import charms.tempo_coordinator_k8s.v0.tracing as tracing


@charms.tempo_coordinator_k8s.v0.charm_tracing.trace_charm(tracing_endpoint="endpoint")
class Charm:
    def __init__(self):
        self.tracing = tracing_v2.TracingEndpointRequirer(self)
        self.other = lib.charms.tempo_coordinator_k8s.v0.tracing.TracingEndpointRequirer(
            self
        )

    def shadowed(self, charms):
        return charms.tempo_k8s.v1.charm_tracing.trace_charm

    def get(self) -> "tracing.TracingEndpointRequirer":
        return self.tracing
