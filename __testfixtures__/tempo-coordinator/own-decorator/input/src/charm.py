from tracing import trace_sample_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops import CharmBase


@trace_sample_charm
class SampleCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    @property
    def tracing_endpoint(self):
        if self.tracing.is_ready():
            return self.tracing.get_endpoint("otlp_http")
        return None

    @property
    def tracing_ca(self):
        return "/etc/sample/ca.crt"
