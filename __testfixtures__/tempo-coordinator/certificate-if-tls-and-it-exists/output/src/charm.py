from pathlib import Path

from charms.observability_libs.v1.cert_handler import CertHandler
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
from ops.charm import CharmBase

CA_PATH = Path("/etc/sample/ca.crt")


@trace_charm(tracing_endpoint="_tracing_endpoint", server_cert="_ca")
class SampleCharm(CharmBase):
    """Lists things."""

    def __init__(self, *args):
        super().__init__(*args)
        self.cert = CertHandler(self, key="sample")
        self._tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self._tracing_endpoint, self._ca = charm_tracing_config(self._tracing, CA_PATH)
