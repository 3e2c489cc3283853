"""Charm of a made-up service."""

import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer as ForCharm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer as ForWorkload
from charms.tempo_coordinator_k8s.v0.tracing import charm_tracing_config


@trace_charm(tracing_endpoint="tracing_endpoint")
class MyCharm(ops.CharmBase):
    """The charm."""

    workload_requirer = ForWorkload

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.tracing = ForCharm(self, protocols=["otlp_http"])
        self.tracing_endpoint, _ = charm_tracing_config(self.tracing, None)
