from pathlib import Path
from typing import Optional, cast

from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops.charm import CharmBase


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="server_ca_cert_path")
class SampleCharm(CharmBase):
    """Lists things."""

    _ca_path = "/usr/local/share/ca-certificates/ca.crt"

    def __init__(self, *args):
        super().__init__(*args)
        self.port = cast(int, self.config.get("port", 80))
        self._tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

        self.framework.observe(self.on.update_status, self._on_update_status)

    def _on_update_status(self, _event):
        Path(self._ca_path).write_text(self.config["ca"])

    @property
    def tracing_endpoint(self) -> Optional[str]:
        """Where charm tracing is sent."""
        if self._tracing.is_ready():
            return self._tracing.get_endpoint("otlp_http")
        return None

    @property
    def server_ca_cert_path(self) -> Optional[str]:
        """The CA's certificate, once it is there."""
        return self._ca_path if Path(self._ca_path).exists() else None
