"""A charm for tests."""

from typing import Optional

import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer

TRACING_PROTOCOL = "otlp_http"
TRACING_RELATION = "tracing"


@trace_charm(tracing_endpoint="tempo_endpoint", extra_types=[])
class NotebookCharm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)

        # Send traces of the charm to Tempo.
        self._tracing = TracingEndpointRequirer(
            self, relation_name=TRACING_RELATION, protocols=[TRACING_PROTOCOL]
        )
        self.framework.observe(self.on.start, self._on_start)

    def _on_start(self, _):
        pass

    # Only for charm traces.
    @property
    def tempo_endpoint(self) -> Optional[str]:
        """Where to send charm traces."""
        if self._tracing.is_ready():
            # the only protocol that every Tempo speaks
            return self._tracing.get_endpoint(TRACING_PROTOCOL)
        return None


if __name__ == "__main__":
    ops.main(NotebookCharm)
