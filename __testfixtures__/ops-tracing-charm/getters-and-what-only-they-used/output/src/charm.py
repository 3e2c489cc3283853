"""A charm for tests."""

import ops
import ops_tracing

TRACING_RELATION = "tracing"


class NotebookCharm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)

        # Only for charm traces.
        # the only protocol that every Tempo speaks
        # Send traces of the charm to Tempo.
        self._tracing = ops_tracing.Tracing(self, tracing_relation_name=TRACING_RELATION)
        self.framework.observe(self.on.start, self._on_start)

    def _on_start(self, _):
        pass


if __name__ == "__main__":
    ops.main(NotebookCharm)
