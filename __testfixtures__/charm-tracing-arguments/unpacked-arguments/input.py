from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from ops import CharmBase


@trace_charm(**TRACING)
class ShopCharm(CharmBase):
    pass


@trace_charm(name for name in NAMES)
class OddCharm(CharmBase):
    pass
