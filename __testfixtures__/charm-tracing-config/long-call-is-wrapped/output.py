"""Charm of a made-up service."""

import logging

import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)

logger = logging.getLogger(__name__)

CA_CERTIFICATE_PATH = "/tmp/ca.crt"


class Helper:
    """Somebody's helper."""


@trace_charm(tracing_endpoint="charm_tracing_endpoint", server_cert="charm_tracing_server_cert", extra_types=(Helper,))
class MyCharm(ops.CharmBase):
    """The charm."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.charm_tracing_endpoint, self.charm_tracing_server_cert = (
            charm_tracing_config(self.tracing, CA_CERTIFICATE_PATH)
        )
        self.framework.observe(self.on.config_changed, self._on_config_changed)

    def _on_config_changed(self, _: ops.ConfigChangedEvent):
        """Write the CA."""
        logger.info("changed")
