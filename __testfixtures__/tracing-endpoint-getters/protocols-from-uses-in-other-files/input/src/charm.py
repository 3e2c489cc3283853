from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops import CharmBase

from workload import Workload


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)
        self.workload = Workload(self)
