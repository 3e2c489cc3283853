from charms.tempo_coordinator_k8s.v0.charm_tracing import _autoinstrument as autoinstrument
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from ops import CharmBase


@trace_charm(tracing_endpoint="endpoint", server_cert="cert", service_name="shop")
class ShopCharm(CharmBase):
    endpoint = None
    cert = None


@trace_charm("endpoint", "cert")
class MarketCharm(ShopCharm):
    pass


autoinstrument(ShopCharm, "endpoint")
autoinstrument(ShopCharm, "endpoint", "cert", "shop")
autoinstrument(ShopCharm, tracing_endpoint_attr="endpoint", server_cert_attr=None)
