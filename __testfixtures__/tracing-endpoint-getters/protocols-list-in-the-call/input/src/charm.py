from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops import CharmBase


class OneLine(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.one = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.two = TracingEndpointRequirer(self, relation_name="two", protocols=None)
        self.three = TracingEndpointRequirer(self, "three", ['zipkin', 'otlp_http'])
        self.four_tracing = TracingEndpointRequirer(self, "four", protocols=["zipkin"])
        self.five = TracingEndpointRequirer(
            self,
            protocols=[
                "zipkin",
                "otlp_http",
            ],
        )
        self.six = TracingEndpointRequirer(self, protocols=[])

    def use(self):
        if self.one.is_ready() and self.two.is_ready() and self.three.is_ready():
            print(self.one.otlp_grpc_endpoint(), self.one.get_endpoint("otlp_http"))
            print(self.two.otlp_http_endpoint())
            print(self.three.otlp_grpc_endpoint())
        if self.four_tracing.is_ready() and self.five.is_ready():
            print(self.four_tracing.otlp_grpc_endpoint())
            print(self.five.otlp_grpc_endpoint())
        print(self.six.otlp_http_endpoint())
