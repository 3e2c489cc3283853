"""Charm of a made-up service."""

import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="tracing_cert")
class MyCharm(ops.CharmBase):
    """The charm."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self._ca_path = self.config["ca"]
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    @property
    def tracing_endpoint(self):
        """Where traces go."""
        return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None

    @property
    def tracing_cert(self):
        """The CA's certificate."""
        return self._ca_path
