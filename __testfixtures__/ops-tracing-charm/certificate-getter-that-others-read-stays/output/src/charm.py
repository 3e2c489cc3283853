"""A charm for tests."""

import logging

import ops_tracing
from ops import ActiveStatus, CharmBase, main

logger = logging.getLogger(__name__)

CA_PATH = "/etc/notebook/ca.crt"


class NotebookCharm(CharmBase):
    """A notebook."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = ops_tracing.Tracing(
            self, tracing_relation_name="tracing", ca_relation_name="receive-ca-cert"
        )
        self.framework.observe(self.on.start, self._on_start)

    def _on_start(self, _):
        logger.info("CA at %s", self.cert)
        self.unit.status = ActiveStatus()

    @property
    def cert(self):
        return CA_PATH


if __name__ == "__main__":
    main(NotebookCharm)
