from typing import Optional

from certificates import CertHandler
from charms.tempo_k8s.v0.charm_tracing import trace_charm
from charms.tempo_k8s.v0.tracing import TracingEndpointRequirer
from ops.charm import CharmBase


@trace_charm(
    tracing_endpoint="tempo_otlp_grpc_endpoint",
    server_cert="server_cert",
    extra_types=(CertHandler,),
)
class SampleCharm(CharmBase):
    """Routes."""

    def __init__(self, *args):
        super().__init__(*args)
        self.cert = CertHandler(self, "cert")
        self._tracing = TracingEndpointRequirer(self)

    @property
    def tempo_otlp_grpc_endpoint(self) -> Optional[str]:
        return self._tracing.otlp_grpc_endpoint()

    @property
    def server_cert(self) -> Optional[str]:
        """Content of the server's certificate."""
        return self.cert.cert
