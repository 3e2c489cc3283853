from typing import Optional

from charms.observability_libs.v1.cert_handler import CertHandler
from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops import CharmBase

SERVER_CERT_PATH = "/etc/sample/server.cert"


@trace_charm(tracing_endpoint="charm_tracing_endpoint", server_cert="server_cert")
class SampleCharm(CharmBase):
    """Routes."""

    def __init__(self, *args):
        super().__init__(*args)
        self.cert = CertHandler(self, key="sample")
        self._tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    @property
    def charm_tracing_endpoint(self) -> Optional[str]:
        """Otlp http endpoint for charm instrumentation."""
        if self._tracing.is_ready():
            return self._tracing.get_endpoint("otlp_http")
        return None

    @property
    def server_cert(self) -> Optional[str]:
        """Server certificate path for tls tracing."""
        if self._is_tls_enabled():
            return SERVER_CERT_PATH
        return None

    def _is_tls_enabled(self) -> bool:
        return self.cert.enabled
