from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase

QUERY = "tempo_http"


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["kafka", QUERY, "burp"])

    def use(self):
        return self.tracing.get_endpoint("jaeger_thrift_compact")
