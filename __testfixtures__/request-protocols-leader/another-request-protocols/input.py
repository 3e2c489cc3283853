from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from ops import CharmBase
from shop.protocols import Protocols


class ShopCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.protocols = Protocols(self)
        self.protocols.request_protocols(["http"])
