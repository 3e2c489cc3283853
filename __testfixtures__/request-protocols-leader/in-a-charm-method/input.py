from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class ShopCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def _on_start(self, _):
        # every unit gets here
        self.tracing.request_protocols(["otlp_http"])  # the charm's own
        self._start()

    def _on_config_changed(this, _):
        if this.config["grpc"]:
            this.tracing.request_protocols(["otlp_http", "otlp_grpc"])
