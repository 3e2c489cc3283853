from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


@trace_charm(tracing_endpoint="endpoint")
class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.endpoint = self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None


@trace_charm(tracing_endpoint=make_name())
class OtherCharm(CharmBase):
    def endpoint(self):
        return None
