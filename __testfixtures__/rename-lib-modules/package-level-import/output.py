from charms.tempo_coordinator_k8s.v0 import charm_tracing
from charms.tempo_coordinator_k8s.v0 import tracing as tracing_lib


@charm_tracing.trace_charm(tracing_endpoint="endpoint")
class Charm:
    def __init__(self):
        self.tracing = tracing_lib.TracingEndpointRequirer(self)
