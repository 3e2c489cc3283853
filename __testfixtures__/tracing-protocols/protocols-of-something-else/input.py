from ops import CharmBase
from relays import TracingEndpointRequirer


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.relay = TracingEndpointRequirer(self, protocols=["kafka", "jaeger_http_thrift"])
        self.relay.request_protocols(["kafka"])

    def use(self):
        return self.relay.get_endpoint("kafka")
