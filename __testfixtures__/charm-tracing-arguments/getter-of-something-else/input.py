from charms.tempo_coordinator_k8s.v0.charm_tracing import _autoinstrument
from ops import CharmBase


class ShopCharm(CharmBase):
    pass


_autoinstrument(ShopCharm, lambda charm: charm.endpoint, "shop")
_autoinstrument(ShopCharm, tracing_endpoint_getter=OtherCharm.endpoint)
_autoinstrument(ShopCharm, ShopCharm.endpoint, server_cert_getter=read_cert)
