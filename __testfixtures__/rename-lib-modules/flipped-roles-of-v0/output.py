from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_k8s.v0.tracing import TracingEndpointProvider


@trace_charm(tracing_endpoint="endpoint")
class Charm:
    def __init__(self):
        self.tracing = TracingEndpointProvider(self)
