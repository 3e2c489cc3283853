import charms.tempo_coordinator_k8s.v0.tracing as tracing_lib
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = tracing_lib.TracingEndpointRequirer(
            self, 'trace', protocols=['jaeger_thrift_http', 'jaeger_grpc']
        )

    def _layer(self):
        if not self.tracing.is_ready():
            raise RuntimeError('no tracing')
        return {
            'JAEGER': self.tracing.get_endpoint('jaeger_thrift_http'),
            'JAEGER_GRPC': self.tracing.get_endpoint('jaeger_grpc') or '',
        }
