"""A charm for tests."""

import logging

from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import ActiveStatus, CharmBase, main

logger = logging.getLogger(__name__)

CA_PATH = "/etc/notebook/ca.crt"


@trace_charm(tracing_endpoint="endpoint", server_cert="cert")
class NotebookCharm(CharmBase):
    """A notebook."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.framework.observe(self.on.start, self._on_start)

    def _on_start(self, _):
        self.unit.status = ActiveStatus()

    @property
    def endpoint(self):
        return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None


if __name__ == "__main__":
    main(NotebookCharm)
