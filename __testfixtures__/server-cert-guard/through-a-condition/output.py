"""Charm of a made-up service."""

import logging
from pathlib import Path
from typing import Optional

import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer

logger = logging.getLogger(__name__)

CA_PATH = "/usr/local/share/ca-certificates/ca.crt"


class Helper:
    """Somebody's helper."""


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="server_cert", extra_types=(Helper,))
class MyCharm(ops.CharmBase):
    """The charm."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.framework.observe(self.on.config_changed, self._on_config_changed)

    def _on_config_changed(self, _: ops.ConfigChangedEvent):
        """Write the CA."""
        with open(CA_PATH, "w") as file:
            file.write(self.config["ca"])

    @property
    def tracing_endpoint(self) -> Optional[str]:
        if self.tracing.is_ready():
            return self.tracing.get_endpoint("otlp_http")
        return self.config["url"]

    @property
    def server_cert(self) -> Optional[str]:
        if self.config["tls"]:
            return CA_PATH if Path(CA_PATH).exists() else None
        return None
