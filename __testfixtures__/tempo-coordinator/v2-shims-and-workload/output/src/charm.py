from typing import Optional

from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
from ops import CharmBase


@trace_charm(tracing_endpoint="charm_tracing_endpoint")
class SampleCharm(CharmBase):
    """Routes, and lets its workload trace too."""

    def __init__(self, *args):
        super().__init__(*args)
        self._tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.charm_tracing_endpoint, _ = charm_tracing_config(self._tracing, None)
        self.workload_endpoint = self._workload_endpoint()

    def _workload_endpoint(self) -> Optional[str]:
        if not self._tracing.is_ready():
            return None
        if endpoint := self._tracing.get_endpoint("otlp_http"):
            return endpoint
        return None
