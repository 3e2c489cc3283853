from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def _perhaps(self):
        return self.forced or self.tracing.is_ready()

    def other_branch(self):
        if self.tracing.is_ready():
            return ""
        return self.tracing.otlp_http_endpoint()

    def else_branch(self):
        if self.tracing.is_ready():
            return ""
        else:
            return self.tracing.otlp_http_endpoint()

    def either(self):
        if self.tracing.is_ready() or self.forced:
            return self.tracing.otlp_http_endpoint()

    def does_not_leave(self):
        if not self.tracing.is_ready():
            print("not ready")
        return self.tracing.otlp_http_endpoint()

    def other_object(self):
        if self.database.is_ready():
            return self.tracing.otlp_http_endpoint()

    def weak_method(self):
        if self._perhaps():
            return self.tracing.otlp_http_endpoint()

    def method_not_called(self):
        if self._ready_method:
            return self.tracing.otlp_http_endpoint()

    def _ready_method(self):
        return self.tracing.is_ready()

    def unknown_method(self):
        if self.enabled() and settings.enabled and self.a.b:
            return self.tracing.otlp_http_endpoint()

    def later(self):
        if self.tracing.is_ready():
            return lambda: self.tracing.otlp_http_endpoint()

    def condition_itself(self):
        if self.tracing.otlp_http_endpoint() and self.tracing.is_ready():
            return True

    def changing_flag(self):
        ready = self.tracing.is_ready()
        ready = True
        if ready:
            return self.tracing.otlp_http_endpoint()
