from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class ShopCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def _on_start(self, _):
        if not self.unit.is_leader():
            if self.unit.is_leader():
                self.tracing.request_protocols(["otlp_http"])
        if self.unit.is_leader() or self.eager:
            if self.unit.is_leader():
                self.tracing.request_protocols(["otlp_grpc"])
        if not self.unit.is_leader():
            logger.info("a follower")
        if self.unit.is_leader():
            self.tracing.request_protocols(["zipkin"])
