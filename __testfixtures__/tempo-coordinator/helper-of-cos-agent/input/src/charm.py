from charms.grafana_agent.v0.cos_agent import COSAgentProvider, charm_tracing_config
from charms.tempo_k8s.v1.charm_tracing import trace_charm
from ops import CharmBase


@trace_charm(tracing_endpoint="tracing_endpoint")
class SampleCharm(CharmBase):
    """A machine charm."""

    def __init__(self, *args):
        super().__init__(*args)
        self._grafana_agent = COSAgentProvider(self, tracing_protocols=["otlp_http"])
        self.tracing_endpoint, _ = charm_tracing_config(self._grafana_agent, None)
