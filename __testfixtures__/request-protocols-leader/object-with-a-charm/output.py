from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import Object


class Tracing(Object):
    def __init__(self, charm):
        super().__init__(charm, "tracing")
        self._charm = charm
        self._requirer = TracingEndpointRequirer(charm)

    def start(self):
        self._requirer.request_protocols(["otlp_http"])

    @staticmethod
    def request(requirer):
        requirer.request_protocols(["otlp_http"])


class Base(OurCharm):
    def __init__(self, *args):
        super().__init__(*args)
        self._requirer = TracingEndpointRequirer(self)
        if self.unit.is_leader():
            self.lead()

    def start(self):
        if self.unit.is_leader():
            self._requirer.request_protocols(["otlp_http"])
