from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class OneLine(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.one = TracingEndpointRequirer(self, protocols=["otlp_http", "otlp_grpc"])
        self.two = TracingEndpointRequirer(
            self, relation_name="two", protocols=["otlp_http"]
        )
        self.three = TracingEndpointRequirer(
            self, "three", ['zipkin', 'otlp_http', 'otlp_grpc']
        )
        self.four_tracing = TracingEndpointRequirer(
            self, "four", protocols=["zipkin", "otlp_grpc"]
        )
        self.five = TracingEndpointRequirer(
            self,
            protocols=[
                "zipkin",
                "otlp_http",
                "otlp_grpc",
            ],
        )
        self.six = TracingEndpointRequirer(self, protocols=["otlp_http"])

    def use(self):
        if self.one.is_ready() and self.two.is_ready() and self.three.is_ready():
            print(
                self.one.get_endpoint("otlp_grpc"), self.one.get_endpoint("otlp_http")
            )
            print(self.two.get_endpoint("otlp_http"))
            print(self.three.get_endpoint("otlp_grpc"))
        if self.four_tracing.is_ready() and self.five.is_ready():
            print(self.four_tracing.get_endpoint("otlp_grpc"))
            print(self.five.get_endpoint("otlp_grpc"))
        print(self.six.get_endpoint("otlp_http") if self.six.is_ready() else None)
