"""A charm for tests."""

import logging

from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer, charm_tracing_config
from ops import ActiveStatus, CharmBase, main

from registry import checked, registered

logger = logging.getLogger(__name__)


@registered
@trace_charm("endpoint", None, "notebook", buffer_max_events=5)
@checked()
class NotebookCharm(CharmBase):
    """A notebook."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, "tracing")
        self.endpoint, _ = charm_tracing_config(self.tracing, None)
        self.framework.observe(self.on.start, self._on_start)

    def _on_start(self, _):
        self.unit.status = ActiveStatus()


if __name__ == "__main__":
    main(NotebookCharm)
