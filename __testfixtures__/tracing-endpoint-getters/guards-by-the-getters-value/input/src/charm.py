"""Charm of a made-up service."""

import ops
from charms.tempo_k8s.v0.tracing import TracingEndpointRequirer


class MyCharm(ops.CharmBase):
    """The charm."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.tracing = TracingEndpointRequirer(self)
        self.other = TracingEndpointRequirer(self, "other-tracing")

    def truth(self):
        """The getter's value was the guard."""
        if self.tracing.otlp_http_endpoint():
            return self.tracing.otlp_http_endpoint()
        return self.tracing.otlp_grpc_endpoint()

    def not_none(self):
        """Compared with None."""
        if self.tracing.otlp_http_endpoint() is not None:
            return self.tracing.otlp_http_endpoint()
        if (endpoint := self.tracing.otlp_grpc_endpoint()) is None:
            return None
        return endpoint, self.tracing.otlp_http_endpoint()

    def variable(self):
        """Held by a variable."""
        endpoint = self.tracing.otlp_http_endpoint()
        if endpoint is not None:
            return endpoint, self.tracing.otlp_grpc_endpoint()
        if endpoint == "":
            return self.tracing.otlp_grpc_endpoint()
        return None

    def another(self):
        """That one says nothing of this one."""
        if self.other.otlp_http_endpoint():
            return self.tracing.otlp_http_endpoint()
        return None
