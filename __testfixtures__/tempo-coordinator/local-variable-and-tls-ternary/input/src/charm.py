from typing import Optional

import ops
from charms.observability_libs.v1.cert_handler import CertHandler
from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer


@trace_charm(tracing_endpoint="tempo_endpoint", server_cert="server_cert_path", extra_types=[dict])
class SampleCharm(ops.CharmBase):
    """Sends alerts."""

    _ca_path = "/usr/local/share/ca-certificates/cos-ca.crt"

    def __init__(self, *args):
        super().__init__(*args)
        self.server_cert = CertHandler(self, key="sample")
        self._tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    @property
    def tempo_endpoint(self) -> Optional[str]:
        """Where charm tracing is sent."""
        endpoint = None
        if self._tracing.is_ready():
            endpoint = self._tracing.get_endpoint("otlp_http")
        return endpoint

    @property
    def server_cert_path(self) -> Optional[str]:
        """The CA's certificate, with TLS on."""
        return self._ca_path if self.server_cert.enabled else None
