from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def use(self, protocol, other):
        getter = getattr(self.tracing, f"{protocol}_endpoint")
        getattr(other, f"{protocol}_endpoint")
        getattr(self, "an_endpoint")
        return getter()
