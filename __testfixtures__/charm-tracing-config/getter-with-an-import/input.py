"""Charm of a made-up service."""

import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer

CA_PATH = "/usr/local/share/ca-certificates/ca.crt"


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="ca")
class MyCharm(ops.CharmBase):
    """The charm."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    @property
    def tracing_endpoint(self):
        """Where traces go."""
        return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None

    @property
    def ca(self):
        """The CA's certificate."""
        from pathlib import Path

        if Path(CA_PATH).exists():
            return CA_PATH
        return None

    def _write(self, certificate: str):
        open(CA_PATH, "w").write(certificate)


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="ca")
class OtherCharm(ops.CharmBase):
    """Its path is known where the import is, only."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    @property
    def tracing_endpoint(self):
        """Where traces go."""
        return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None

    @property
    def ca(self):
        """The CA's certificate."""
        from literals import OTHER_CA_PATH

        return OTHER_CA_PATH
