from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v1.tracing import TracingEndpointProvider


@trace_charm(tracing_endpoint="endpoint")
class Charm:
    def __init__(self):
        self.tracing = TracingEndpointProvider(self)
