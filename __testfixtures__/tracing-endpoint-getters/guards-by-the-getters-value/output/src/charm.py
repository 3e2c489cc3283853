"""Charm of a made-up service."""

import ops
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer


class MyCharm(ops.CharmBase):
    """The charm."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http", "otlp_grpc"])
        self.other = TracingEndpointRequirer(self, "other-tracing", protocols=["otlp_http"])

    def truth(self):
        """The getter's value was the guard."""
        if self.tracing.is_ready() and self.tracing.get_endpoint("otlp_http"):
            return self.tracing.get_endpoint("otlp_http")
        return self.tracing.get_endpoint("otlp_grpc") if self.tracing.is_ready() else None

    def not_none(self):
        """Compared with None."""
        if (
            self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        ) is not None:
            return self.tracing.get_endpoint("otlp_http")
        if (endpoint := (self.tracing.get_endpoint("otlp_grpc") if self.tracing.is_ready() else None)) is None:
            return None
        return endpoint, self.tracing.get_endpoint("otlp_http")

    def variable(self):
        """Held by a variable."""
        endpoint = self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        if endpoint is not None:
            return endpoint, self.tracing.get_endpoint("otlp_grpc")
        if endpoint == "":
            return self.tracing.get_endpoint("otlp_grpc") if self.tracing.is_ready() else None
        return None

    def another(self):
        """That one says nothing of this one."""
        if self.other.is_ready() and self.other.get_endpoint("otlp_http"):
            return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        return None
