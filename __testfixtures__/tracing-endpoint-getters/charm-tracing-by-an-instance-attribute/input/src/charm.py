from charms.tempo_k8s.v0.charm_tracing import trace_charm
from charms.tempo_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


@trace_charm(tracing_endpoint="endpoint")
class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)
        self.endpoint = self.tracing.otlp_grpc_endpoint()


@trace_charm(tracing_endpoint=make_name())
class OtherCharm(CharmBase):
    def endpoint(self):
        return None
