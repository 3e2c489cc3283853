from charms.tempo_k8s.v0.tracing import TracingEndpointRequirer
from integrations import TracingData
from ops import CharmBase

from constants import TRACING_RELATION


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing_requirer = TracingEndpointRequirer(
            self,
            relation_name=TRACING_RELATION,
        )

    def _layer(self):
        return TracingData.load(self.tracing_requirer).to_env()
