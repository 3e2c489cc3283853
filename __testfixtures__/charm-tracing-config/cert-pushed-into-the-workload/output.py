"""Charm of a made-up service."""

import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)

CA_PATH = "/etc/service/ca.crt"


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="ca")
class MyCharm(ops.CharmBase):
    """The charm."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.tracing_endpoint, self.ca = charm_tracing_config(self.tracing, CA_PATH)

    def _write(self, certificate: str):
        self.unit.get_container("service").push(CA_PATH, certificate, make_dirs=True)
