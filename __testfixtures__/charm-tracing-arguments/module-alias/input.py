import charms.tempo_coordinator_k8s.v0.charm_tracing as ct
from ops import CharmBase


@ct.trace_charm(
    tempo_endpoint="tempo",
    # the workload has another name
    service_name="shop",
)
class ShopCharm(CharmBase):
    pass
