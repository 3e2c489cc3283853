from pathlib import Path
from typing import cast

from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
from ops.charm import CharmBase


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="server_ca_cert_path")
class SampleCharm(CharmBase):
    """Lists things."""

    _ca_path = "/usr/local/share/ca-certificates/ca.crt"

    def __init__(self, *args):
        super().__init__(*args)
        self.port = cast(int, self.config.get("port", 80))
        self._tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.tracing_endpoint, self.server_ca_cert_path = charm_tracing_config(
            self._tracing, self._ca_path
        )

        self.framework.observe(self.on.update_status, self._on_update_status)

    def _on_update_status(self, _event):
        Path(self._ca_path).write_text(self.config["ca"])
