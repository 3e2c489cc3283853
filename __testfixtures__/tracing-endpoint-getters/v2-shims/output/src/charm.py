from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class ProxyCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self._tracing = TracingEndpointRequirer(self, protocols=["otlp_http", "otlp_grpc"])

    def _is_tracing_enabled(self) -> bool:
        """Return True if tracing is enabled."""
        if not self._tracing or not self._tracing.is_ready():
            return False
        return True

    def _configure_tracing(self):
        if not self._is_tracing_enabled():
            return

        if endpoint := self._tracing.get_endpoint("otlp_http"):
            grpc = False
        elif endpoint := self._tracing.get_endpoint("otlp_grpc"):
            grpc = True
        else:
            return
        self.proxy.configure(endpoint, grpc=grpc)
