from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(
            self, protocols=["otlp_http", "otlp_grpc", "zipkin", "jaeger_grpc"]
        )
        self.endpoint, _ = charm_tracing_config(self.tracing, None)

    def use(self):
        return self.tracing.get_endpoint("jaeger_thrift_http")
