from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from shop.tracing import trace_charm


def _autoinstrument(charm, getter):
    return charm


@trace_charm(tempo_endpoint="tempo", cert_path="x")
class ShopCharm:
    pass


_autoinstrument(ShopCharm, ShopCharm.endpoint)
