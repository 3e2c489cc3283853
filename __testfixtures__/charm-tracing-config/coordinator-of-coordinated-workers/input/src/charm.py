"""Charm of a made-up service."""

import logging
from typing import Optional

import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from cosl.coordinated_workers import nginx
from cosl.coordinated_workers.coordinator import Coordinator

logger = logging.getLogger(__name__)


class Helper:
    """Somebody's helper."""


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="server_cert", extra_types=(Helper,))
class MyCharm(ops.CharmBase):
    """The charm."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.coordinator = Coordinator(
            charm=self,
            endpoints={"charm-tracing": "charm-tracing", "workload-tracing": "workload-tracing"},
        )
        self.framework.observe(self.on.config_changed, self._on_config_changed)

    def _on_config_changed(self, _: ops.ConfigChangedEvent):
        """Write the CA."""
        logger.info("changed")

    @property
    def tracing_endpoint(self) -> Optional[str]:
        if self.coordinator.charm_tracing.is_ready():
            return self.coordinator.charm_tracing.get_endpoint(protocol="otlp_http")
        return None

    @property
    def server_cert(self) -> Optional[str]:
        return nginx.CA_CERT_PATH
