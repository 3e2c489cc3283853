"""What the charms have in common."""

import ops
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer, charm_tracing_config


class BaseCharm(ops.CharmBase):
    """The base."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.tracing_endpoint, _ = charm_tracing_config(self.tracing, None)
