from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from ops import CharmBase


@trace_charm(tempo_endpoint="tempo", app_name="shop", extra_types=(Cart,))  # all of it
class ShopCharm(CharmBase):
    pass
