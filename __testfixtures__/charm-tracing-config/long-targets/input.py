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

    @property
    def endpoint_to_which_all_the_spans_of_this_charm_are_sent(self):
        """Where traces go."""
        if self.requirer_of_the_charms_tracing_endpoint.is_ready():
            return self.requirer_of_the_charms_tracing_endpoint.get_endpoint(
                "otlp_http"
            )
        return None
