from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from charms.tempo_k8s.v1.charm_tracing import TLSError, trace_charm


@trace_charm(tracing_endpoint="endpoint")
class Charm:
    def __init__(self):
        self.tracing = TracingEndpointRequirer(self)

    def _sync(self):
        try:
            self.flush()
        except TLSError:
            self.wait()
