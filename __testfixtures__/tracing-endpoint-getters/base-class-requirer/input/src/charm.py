import abstract_charm
from charms.tempo_k8s.v1.charm_tracing import trace_charm


@trace_charm(tracing_endpoint="tracing_endpoint")
class KubernetesRouterCharm(abstract_charm.RouterCharm):
    @property
    def tracing_endpoint(self):
        if self.tracing.is_ready():
            return self.tracing.otlp_http_endpoint()
