"""Charm of a made-up service."""

import ops
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)


@trace_charm(tracing_endpoint="endpoint_to_which_all_the_spans_of_this_charm_are_sent")
class MyCharm(ops.CharmBase):
    """The charm."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.requirer_of_the_charms_tracing_endpoint = TracingEndpointRequirer(
            self, protocols=["otlp_http"]
        )
        self.endpoint_to_which_all_the_spans_of_this_charm_are_sent, _ = (
            charm_tracing_config(self.requirer_of_the_charms_tracing_endpoint, None)
        )
