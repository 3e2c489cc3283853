from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
from ops.charm import CharmBase


@trace_charm(tracing_endpoint="tempo_otlp_grpc_endpoint", service_name="sample")
class SampleCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(
            self, protocols=["otlp_http", "jaeger_thrift_http"]
        )
        self.tempo_otlp_grpc_endpoint, _ = charm_tracing_config(self.tracing, None)
        self.workload_endpoint = (
            self.tracing.get_endpoint("jaeger_thrift_http")
            if self.tracing.is_ready()
            else None
        )
