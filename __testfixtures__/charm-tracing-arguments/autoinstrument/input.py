from charms.tempo_coordinator_k8s.v0.charm_tracing import _autoinstrument
from ops import CharmBase, main


class ShopCharm(CharmBase):
    @property
    def endpoint(self):
        return None


class OtherCharm(CharmBase):
    endpoint = None


_autoinstrument(ShopCharm, ShopCharm.endpoint, "shop", (OtherCharm,))
_autoinstrument(ShopCharm, ShopCharm.endpoint, ShopCharm.cert, "shop")
_autoinstrument(ShopCharm, ShopCharm.endpoint, None, extra_types=[OtherCharm])
_autoinstrument(
    ShopCharm,
    tracing_endpoint_getter=ShopCharm.endpoint,
    server_cert_getter=None,
    service_name="shop",
)
_autoinstrument(charm_type=ShopCharm, tempo_endpoint_getter=ShopCharm.endpoint)
main(ShopCharm)
