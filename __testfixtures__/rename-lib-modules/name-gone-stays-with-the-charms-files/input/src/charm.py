from charms.tempo_k8s.v1.charm_tracing import TLSError, trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer


@trace_charm(tracing_endpoint="endpoint")
class Charm:
    def __init__(self):
        self.tracing = TracingEndpointRequirer(self)

    def _sync(self):
        try:
            self.flush()
        except TLSError:
            self.wait()
