from pathlib import Path
from typing import Optional

from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


@trace_charm(tracing_endpoint="tempo_otlp_http_endpoint", server_cert="server_cert")
class SampleCharm(CharmBase):
    """Traces itself into what it runs."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    def tempo_otlp_http_endpoint(self) -> Optional[str]:
        """Own endpoint, if it runs."""
        if self.tracing.is_ready():
            return self.tracing.get_endpoint("otlp_http")
        elif self.config.get("external"):
            return f"http://{self.config['external']}:4318"
        return None

    def server_cert(self) -> str:
        """Write the certificate and say where."""
        path = Path("/etc/sample/server.crt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.config.get("cert", ""))
        return str(path)
