from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from ops import CharmBase


@trace_charm("endpoint", "shop", (Cart,))
class ShopCharm(CharmBase):
    pass


@trace_charm("endpoint", "market")
class MarketCharm(CharmBase):
    pass
