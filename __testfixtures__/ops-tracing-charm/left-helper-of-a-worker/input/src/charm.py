"""A charm for tests."""

import logging

from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from cosl.coordinated_workers.worker import Worker
from ops import ActiveStatus, CharmBase, main

logger = logging.getLogger(__name__)


@trace_charm(tracing_endpoint="endpoint")
class NotebookCharm(CharmBase):
    """A notebook."""

    def __init__(self, *args):
        super().__init__(*args)
        self.worker = Worker(self, "notebook")
        self.endpoint, _ = self.worker.charm_tracing_config()
        self.framework.observe(self.on.start, self._on_start)

    def _on_start(self, _):
        self.unit.status = ActiveStatus()


if __name__ == "__main__":
    main(NotebookCharm)
