#!/usr/bin/env python3
"""Charm of the Lighthouse service."""

import logging
from pathlib import Path
from typing import Optional

import ops
from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer

from lighthouse import Lighthouse

logger = logging.getLogger(__name__)

CA_CERT_PATH = "/usr/local/share/ca-certificates/ca.crt"


@trace_charm(
    tracing_endpoint="lighthouse_traces_endpoint",
    server_cert="lighthouse_traces_cert",
    extra_types=[Lighthouse],
)
class LighthouseCharm(ops.CharmBase):
    """Runs Lighthouse on Kubernetes."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.lighthouse = Lighthouse(self.unit.get_container("lighthouse"))
        self.tracing = TracingEndpointRequirer(self)
        framework.observe(self.on.lighthouse_pebble_ready, self._on_pebble_ready)
        framework.observe(self.on.certificates_relation_changed, self._on_certificates_changed)

    @property
    def lighthouse_traces_endpoint(self) -> Optional[str]:
        """Where the charm sends its own traces."""
        if self.tracing.is_ready():
            return self.tracing.get_endpoint("otlp_http")
        return None

    @property
    def lighthouse_traces_cert(self) -> Optional[str]:
        """Certificate of the CA that signed the tracing backend's."""
        return CA_CERT_PATH

    def _on_pebble_ready(self, _: ops.PebbleReadyEvent):
        """Start the workload."""
        self.lighthouse.start()
        self.unit.status = ops.ActiveStatus()

    def _on_certificates_changed(self, event: ops.RelationChangedEvent):
        """Store the CA certificate where charm tracing looks for it."""
        if event.app and (certificate := event.relation.data[event.app].get("ca")):
            Path(CA_CERT_PATH).write_text(certificate)


if __name__ == "__main__":
    ops.main(LighthouseCharm)
