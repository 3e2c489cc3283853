from pathlib import Path
from typing import Optional

from charms.observability_libs.v1.cert_handler import CertHandler
from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops.charm import CharmBase

CA_PATH = Path("/etc/sample/ca.crt")


@trace_charm(tracing_endpoint="_tracing_endpoint", server_cert="_ca")
class SampleCharm(CharmBase):
    """Lists things."""

    def __init__(self, *args):
        super().__init__(*args)
        self.cert = CertHandler(self, key="sample")
        self._tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    @property
    def _tracing_endpoint(self) -> Optional[str]:
        return self._tracing.get_endpoint("otlp_http") if self._tracing.is_ready() else None

    @property
    def _ca(self) -> Optional[str]:
        if self.cert.enabled and CA_PATH.exists():
            return str(CA_PATH)
        return None
