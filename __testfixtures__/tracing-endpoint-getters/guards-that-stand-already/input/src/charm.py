from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    @property
    def _ready(self):
        return self.unit.is_leader() and self.tracing.is_ready()

    def ternary(self):
        return self.tracing.otlp_http_endpoint() if self.tracing.is_ready() else None

    def negative_ternary(self):
        return None if not self.tracing.is_ready() else self.tracing.otlp_http_endpoint()

    def conjunction(self):
        if self.tracing.is_ready() and (address := self.tracing.otlp_http_endpoint()):
            return address

    def disjunction(self):
        return not self.tracing.is_ready() or self.tracing.otlp_http_endpoint()

    def later_branch(self):
        if not self.tracing.is_ready():
            address = ""
        elif self.verbose:
            address = self.tracing.otlp_http_endpoint()
        else:
            address = self.tracing.otlp_http_endpoint()
        return address

    def flag(self):
        ready = self.tracing.is_ready()
        if not ready or self.stopped:
            raise RuntimeError()
        for _ in range(2):
            print(self.tracing.otlp_http_endpoint())

    def asserted(self):
        assert self.tracing.is_ready(), "not ready"
        return self.tracing.otlp_http_endpoint()

    def by_property(self):
        if self._ready:
            return self.tracing.otlp_http_endpoint()

    def by_method(self):
        if self._is_ready():
            return self.tracing.otlp_http_endpoint()

    def _is_ready(self):
        return self.tracing.is_ready()

    def walrus(self):
        if (ready := self.tracing.is_ready()) and ready:
            return self.tracing.otlp_http_endpoint()

    def loop(self):
        while self.tracing.is_ready():
            self.wait(self.tracing.otlp_http_endpoint())
