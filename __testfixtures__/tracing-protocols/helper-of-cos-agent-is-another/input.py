from charms.grafana_agent.v0.cos_agent import COSAgentProvider, charm_tracing_config
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.agent = COSAgentProvider(self)
        self.tracing = TracingEndpointRequirer(self)
        self.endpoint, _ = charm_tracing_config(self.agent, None)
        self.other, _ = charm_tracing_config(self.tracing, None)
