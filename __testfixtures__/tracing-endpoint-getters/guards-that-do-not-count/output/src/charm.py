from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    def _perhaps(self):
        return self.forced or self.tracing.is_ready()

    def other_branch(self):
        if self.tracing.is_ready():
            return ""
        return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None

    def else_branch(self):
        if self.tracing.is_ready():
            return ""
        else:
            return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None

    def either(self):
        if self.tracing.is_ready() or self.forced:
            return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None

    def does_not_leave(self):
        if not self.tracing.is_ready():
            print("not ready")
        return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None

    def other_object(self):
        if self.database.is_ready():
            return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None

    def weak_method(self):
        if self._perhaps():
            return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None

    def method_not_called(self):
        if self._ready_method:
            return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None

    def _ready_method(self):
        return self.tracing.is_ready()

    def unknown_method(self):
        if self.enabled() and settings.enabled and self.a.b:
            return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None

    def later(self):
        if self.tracing.is_ready():
            return lambda: (
                self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
            )

    def condition_itself(self):
        if (
            self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        ) and self.tracing.is_ready():
            return True

    def changing_flag(self):
        ready = self.tracing.is_ready()
        ready = True
        if ready:
            return self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
