"""Charm of a made-up service."""

from pathlib import Path

import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm

CA_PATH = "/etc/service/ca.crt"
SYSTEM_CA_PATH = "/etc/ssl/certs/ca.pem"


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="ca")
class MyCharm(ops.CharmBase):
    """The charm."""

    tracing_endpoint = "http://tempo:4318"

    @property
    def ca(self):
        """The CA's certificate."""
        return CA_PATH if self.config["own-ca"] else ""
