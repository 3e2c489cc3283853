import charms.tempo_k8s.v0.tracing as tracing_lib
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = tracing_lib.TracingEndpointRequirer(self, 'trace')

    def _layer(self):
        if not self.tracing.is_ready():
            raise RuntimeError('no tracing')
        return {
            'JAEGER': self.tracing.jaeger_http_thrift_endpoint,
            'JAEGER_GRPC': self.tracing.jaeger_grpc_endpoint or '',
        }
