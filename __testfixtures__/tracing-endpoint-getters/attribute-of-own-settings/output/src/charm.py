from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase

from settings import Settings


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, "tracing")

    def _configure(self, settings: Settings):
        settings.zipkin_endpoint = "http://localhost:9411"
        return settings.zipkin_endpoint, Settings(zipkin_endpoint="")
