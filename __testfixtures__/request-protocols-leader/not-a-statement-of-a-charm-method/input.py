from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class ShopCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def _on_start(self, _):
        for request in [lambda: self.tracing.request_protocols(["otlp_http"])]:
            request()
        done = self.tracing.request_protocols(["otlp_http"])
        if done: self.tracing.request_protocols(["otlp_http"])
        self.ready(); self.tracing.request_protocols(["otlp_http"])


def start(charm):
    charm.tracing.request_protocols(["otlp_http"])


requirer = TracingEndpointRequirer(charm)
requirer.request_protocols(["otlp_http"])
