"""A proxy."""

from typing import Optional

from charms.tempo_k8s.v0.charm_tracing import trace_charm
from charms.tempo_k8s.v0.tracing import TracingEndpointRequirer
from ops.charm import CharmBase


@trace_charm(tracing_endpoint="charm_tracing_endpoint", extra_types=(TracingEndpointRequirer,))
class ProxyCharm(CharmBase):
    """Proxies."""

    def __init__(self, *args):
        super().__init__(*args)
        self._tracing = TracingEndpointRequirer(self)

    @property
    def charm_tracing_endpoint(self) -> Optional[str]:
        """Otlp grpc endpoint for charm instrumentation."""
        return self._tracing.otlp_grpc_endpoint()

    def _configure_tracing(self):
        if endpoint := self._tracing.otlp_http_endpoint():
            grpc = False
        elif endpoint := self._tracing.otlp_grpc_endpoint():
            grpc = True
        else:
            return
        self.proxy.configure(endpoint, grpc=grpc)

    def _configure_zipkin(self):
        if address := self._tracing.zipkin_endpoint():
            self.proxy.zipkin(address)
        if self._tracing.zipkin_endpoint():
            self.proxy.restart()
