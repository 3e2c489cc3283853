from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class ShopCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def _on_start(self, _):
        if self.unit.is_leader():
            self.tracing.request_protocols(
                [
                    "otlp_http",

                    """otlp
_grpc""",
                ],
                relation=self.model.get_relation("tracing"),
            )

    def _on_config_changed(self, _):
        if self.unit.is_leader():
            self.tracing.request_protocols(
                ["otlp_http"], self.model.get_relation("tracing")
            )
