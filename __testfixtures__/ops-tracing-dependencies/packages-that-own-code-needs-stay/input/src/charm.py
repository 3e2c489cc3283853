"""A charm for tests."""

import logging

from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer, charm_tracing_config
from ops import ActiveStatus, CharmBase, main

logger = logging.getLogger(__name__)


@trace_charm(tracing_endpoint="endpoint")
class NotebookCharm(CharmBase):
    """A notebook."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.endpoint, _ = charm_tracing_config(self.tracing, None)
        self.framework.observe(self.on.start, self._on_start)

    def _on_start(self, _):
        self.unit.status = ActiveStatus()


if __name__ == "__main__":
    main(NotebookCharm)
