"""A charm for tests."""

import logging
import subprocess
from pathlib import Path

import ops_tracing
from ops import ActiveStatus, CharmBase, main

logger = logging.getLogger(__name__)

CA_PATH = "/usr/local/share/ca-certificates/notebook.crt"


class NotebookCharm(CharmBase):
    """A notebook."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = ops_tracing.Tracing(self, tracing_relation_name="tracing")
        self.framework.observe(self.on.start, self._on_start)

    def _on_start(self, _):
        Path(CA_PATH).write_text("PEM")
        subprocess.run(["update-ca-certificates", "--fresh"], check=True)
        self.unit.status = ActiveStatus()


if __name__ == "__main__":
    main(NotebookCharm)
