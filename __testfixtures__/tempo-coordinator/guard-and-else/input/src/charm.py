from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops import CharmBase


@trace_charm(tracing_endpoint='tempo_otlp_http_endpoint')
class SampleCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=['otlp_http'])

    @property
    def tempo_otlp_http_endpoint(self) -> str | None:
        if self.tracing.is_ready():
            return self.tracing.get_endpoint('otlp_http')
        else:
            return None
