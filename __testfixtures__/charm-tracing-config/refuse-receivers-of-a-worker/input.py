"""Charm of a made-up worker."""

import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from cosl.coordinated_workers.worker import Worker


@trace_charm(tracing_endpoint="tracing_endpoint")
class MyCharm(ops.CharmBase):
    """The charm."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.worker = Worker(self, "service")

    @property
    def tracing_endpoint(self):
        """Where traces go."""
        if receivers := self.worker.cluster.get_tracing_receivers():
            return receivers.get("otlp_http")
        return None
