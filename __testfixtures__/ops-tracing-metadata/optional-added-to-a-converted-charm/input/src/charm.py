import ops_tracing
from ops import ActiveStatus, CharmBase, main


class NotebookCharm(CharmBase):
    """A notebook."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = ops_tracing.Tracing(self, "tracing")
        self.framework.observe(self.on.start, self._on_start)

    def _on_start(self, _):
        self.unit.status = ActiveStatus()


if __name__ == "__main__":
    main(NotebookCharm)
