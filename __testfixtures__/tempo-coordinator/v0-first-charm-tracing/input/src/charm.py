from charms.tempo_k8s.v0.charm_tracing import trace_charm
from charms.tempo_k8s.v0.tracing import TracingEndpointRequirer
from ops.charm import CharmBase


@trace_charm(tempo_endpoint="tempo_otlp_grpc_endpoint", app_name="sample")
class SampleCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)
        self.workload_endpoint = self.tracing.jaeger_http_thrift_endpoint

    @property
    def tempo_otlp_grpc_endpoint(self):
        return self.tracing.otlp_grpc_endpoint()
