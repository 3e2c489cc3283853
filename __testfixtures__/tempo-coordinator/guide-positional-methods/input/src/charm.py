from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops import CharmBase


@trace_charm("tracing_endpoint", "tracing_cert")
class MyCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def tracing_endpoint(self):
        return self.tracing.get_endpoint("otlp_http")

    def tracing_cert(self):
        return "/path/to/cert.crt"
