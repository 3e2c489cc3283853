from charms.tempo_k8s.v2.tracing import IngesterProtocol, TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["jaeger_http_thrift"])

    def use(self, names: IngesterProtocol):
        return "jaeger_http_thrift" in names
