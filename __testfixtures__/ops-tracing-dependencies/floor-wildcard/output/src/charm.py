"""A charm for tests."""

import logging

import ops_tracing
from ops import ActiveStatus, CharmBase, main

logger = logging.getLogger(__name__)


class NotebookCharm(CharmBase):
    """A notebook."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = ops_tracing.Tracing(self, tracing_relation_name="tracing")
        self.framework.observe(self.on.start, self._on_start)

    def _on_start(self, _):
        self.unit.status = ActiveStatus()


if __name__ == "__main__":
    main(NotebookCharm)
