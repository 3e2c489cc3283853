import ops
from charms.observability_libs.v1.cert_handler import CertHandler
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)


@trace_charm(tracing_endpoint="tempo_endpoint", server_cert="server_cert_path", extra_types=[dict])
class SampleCharm(ops.CharmBase):
    """Sends alerts."""

    _ca_path = "/usr/local/share/ca-certificates/cos-ca.crt"

    def __init__(self, *args):
        super().__init__(*args)
        self.server_cert = CertHandler(self, key="sample")
        self._tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.tempo_endpoint, self.server_cert_path = charm_tracing_config(
            self._tracing, self._ca_path
        )
