from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.requirers = {"a": TracingEndpointRequirer(self, "a")}
        self.c = TracingEndpointRequirer(self, "c")

    def one(self):
        return self.requirers["a"].otlp_http_endpoint()


def two(requirer):
    return requirer.otlp_http_endpoint()


def three(requirer: TracingEndpointRequirer):
    return requirer.otlp_http_endpoint()


def four(requirer):
    return requirer.tempo_endpoint
