from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from ops import CharmBase


@trace_charm(tracing_endpoint="endpoint", cert_path="cert")
class ShopCharm(CharmBase):
    pass
