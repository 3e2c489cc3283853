from typing import Optional

from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops.charm import CharmBase

CERT_FILE = "/etc/sample/ca.pem"


@trace_charm(tracing_endpoint="tempo_endpoint", server_cert="tempo_cert", extra_types=[dict])
class SampleCharm(CharmBase):
    """Stores logs."""

    def __init__(self, *args):
        super().__init__(*args)
        self._tracing = TracingEndpointRequirer(self)

    @property
    def tempo_endpoint(self) -> Optional[str]:
        """Tempo endpoint for charm tracing."""
        if self._tracing.is_ready():
            return self._tracing.otlp_http_endpoint()
        else:
            return None

    @property
    def tempo_cert(self) -> str:
        """The CA's certificate."""
        return CERT_FILE
