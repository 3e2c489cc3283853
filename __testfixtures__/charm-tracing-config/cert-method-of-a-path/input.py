"""Charm of a made-up service."""

from pathlib import Path

import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer

CA_FOLDER = Path("/usr/local/share/ca-certificates")


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
        return CA_FOLDER.joinpath("ca.crt").as_posix()

    def _write(self, certificate: str):
        CA_FOLDER.joinpath("ca.crt").write_text(certificate)
