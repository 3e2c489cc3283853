import abc

import ops
from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer


class RouterCharm(ops.CharmBase, abc.ABC):
    _TRACING_RELATION_NAME = "tracing"

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(
            self, relation_name=self._TRACING_RELATION_NAME
        )
