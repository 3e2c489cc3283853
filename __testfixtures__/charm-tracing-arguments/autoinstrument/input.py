from charms.tempo_coordinator_k8s.v0.charm_tracing import _autoinstrument
from ops import CharmBase, main


class ShopCharm(CharmBase):
    @property
    def endpoint(self):
        return None


class OtherCharm(CharmBase):
    endpoint = None


_autoinstrument(ShopCharm, "endpoint", service_name="shop", extra_types=(OtherCharm,))
_autoinstrument(ShopCharm, "endpoint", "cert", "shop")
_autoinstrument(ShopCharm, "endpoint", None, extra_types=[OtherCharm])
_autoinstrument(
    ShopCharm,
    tracing_endpoint_attr="endpoint",
    server_cert_attr=None,
    service_name="shop",
)
_autoinstrument(charm_type=ShopCharm, tracing_endpoint_attr="endpoint")
main(ShopCharm)
