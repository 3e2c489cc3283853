"""A charm for tests."""

import logging

import ops

logger = logging.getLogger(__name__)


class NotebookCharm(ops.CharmBase):
    """A notebook."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = ops.tracing.Tracing(self, tracing_relation_name="tracing")
        self.framework.observe(self.on.start, self._on_start)

    def _on_start(self, _):
        self.unit.status = ops.ActiveStatus()


if __name__ == "__main__":
    ops.main(NotebookCharm)
