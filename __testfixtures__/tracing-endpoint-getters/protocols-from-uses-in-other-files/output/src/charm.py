from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase

from workload import Workload


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(
            self, protocols=["otlp_grpc", "jaeger_thrift_http"]
        )
        self.workload = Workload(self)
