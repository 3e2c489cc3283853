from typing import Optional

from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops import CharmBase


@trace_charm(tracing_endpoint="charm_tracing_endpoint")
class SampleCharm(CharmBase):
    """Routes, and lets its workload trace too."""

    def __init__(self, *args):
        super().__init__(*args)
        self._tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.workload_endpoint = self._workload_endpoint()

    @property
    def charm_tracing_endpoint(self) -> Optional[str]:
        """Otlp http endpoint for charm instrumentation."""
        if self._tracing.is_ready():
            return self._tracing.otlp_http_endpoint()
        return None

    def _workload_endpoint(self) -> Optional[str]:
        if not self._tracing.is_ready():
            return None
        if endpoint := self._tracing.otlp_http_endpoint():
            return endpoint
        return None
