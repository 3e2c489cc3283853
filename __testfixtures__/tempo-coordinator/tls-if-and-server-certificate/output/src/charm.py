from charms.observability_libs.v1.cert_handler import CertHandler
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
from ops import CharmBase

SERVER_CERT_PATH = "/etc/sample/server.cert"


@trace_charm(tracing_endpoint="charm_tracing_endpoint", server_cert="server_cert")
class SampleCharm(CharmBase):
    """Routes."""

    def __init__(self, *args):
        super().__init__(*args)
        self.cert = CertHandler(self, key="sample")
        self._tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.charm_tracing_endpoint, self.server_cert = charm_tracing_config(
            self._tracing, SERVER_CERT_PATH
        )

    def _is_tls_enabled(self) -> bool:
        return self.cert.enabled
