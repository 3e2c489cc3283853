"""Charm of a made-up service."""

import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from charms.tempo_coordinator_k8s.v0.tracing import charm_tracing_config as tracing_config


@trace_charm(tracing_endpoint="tracing_endpoint")
class MyCharm(ops.CharmBase):
    """The charm."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.tracing_endpoint, _ = tracing_config(self.tracing, None)


@trace_charm(tracing_endpoint="endpoint")
class MachineCharm(ops.CharmBase):
    """The charm for machines, converted by hand."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.endpoint, _ = tracing_config(self.tracing, None)
