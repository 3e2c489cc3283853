from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase

from literals import JAEGER


class OvenCharm(CharmBase):
    _PROTOCOL = JAEGER

    def __init__(self, *args):
        super().__init__(*args)
        self.a = TracingEndpointRequirer(self, "a", protocols=['jaeger_http_thrift', "zipkin"])
        self.b = TracingEndpointRequirer(self, "b", protocols=[self._PROTOCOL])
        self.c = TracingEndpointRequirer(self, "c")
        if self.unit.is_leader():
            self.c.request_protocols(["jaeger_http_thrift"])

    def use(self):
        if self.a.is_ready():
            return self.a.get_endpoint("jaeger_http_thrift")
        if self.b.is_ready():
            return self.b.get_endpoint(protocol=self._PROTOCOL)
