from charms.tempo_k8s.v0.charm_instrumentation import trace_charm
from charms.tempo_k8s.v0.tracing import TracingEndpointRequirer
from ops.charm import CharmBase


@trace_charm(tempo_endpoint="tempo", service_name="sample-charm")
class SampleCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    @property
    def tempo(self):
        return self.tracing.otlp_grpc_endpoint()
