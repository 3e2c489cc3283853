from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class ShopCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def _on_start(self, _):
        if self.unit.is_leader() and self.ready:
            self.tracing.request_protocols(["otlp_http"])
        if not self.unit.is_leader():
            self._follow()
        else:
            self.tracing.request_protocols(["otlp_http"])
        if self.idle:
            pass
        elif self.unit.is_leader():
            self.tracing.request_protocols(["otlp_http"])

    def _on_leader_elected(self, _):
        if not (self.unit.is_leader()) or not self.ready:
            logger.info("not now")
            return
        for name in self.protocols:
            self.tracing.request_protocols([name])

    def _on_update(self, _):
        is_leader = self.unit.is_leader()
        if is_leader:
            self.tracing.request_protocols(["otlp_http"])
