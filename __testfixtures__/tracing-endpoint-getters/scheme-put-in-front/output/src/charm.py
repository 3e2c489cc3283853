from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])

    def of_an_f_string(self):
        if self.tracing.is_ready():
            return f"http://{self.tracing.get_endpoint('otlp_http')}/v1/traces"

    def of_a_sum(self):
        if self.tracing.is_ready():
            return "http://" + self.tracing.get_endpoint("otlp_http") + "/v1/traces"

    def of_a_format(self):
        if self.tracing.is_ready():
            return "http://{}/v1/traces".format(self.tracing.get_endpoint("otlp_http"))

    def of_a_variable(self):
        if self.tracing.is_ready():
            endpoint = self.tracing.get_endpoint("otlp_http")
            return f"http://{endpoint}/v1/traces"

    def of_no_scheme(self):
        if endpoint := self.tracing.is_ready() and self.tracing.get_endpoint("otlp_http"):
            return f"-traces={endpoint}"
