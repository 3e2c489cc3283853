from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def use(self, **options):
        self.a = self.tracing.otlp_http_endpoint(**options)
        self.b = self.tracing.otlp_http_endpoint(scheme="https")
        self.c = self.tracing.otlp_http_endpoint(self.pop_relation())
        self.d = self.tracing.otlp_http_endpoint(
            options["relation"]  # the one that changed
        )
        self.e = self.tracing.otlp_http_endpoint(r for r in options)
