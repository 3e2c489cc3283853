from charms.tempo_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def of_an_f_string(self):
        if self.tracing.is_ready():
            return f"http://{self.tracing.otlp_http_endpoint()}/v1/traces"

    def of_a_sum(self):
        if self.tracing.is_ready():
            return "http://" + self.tracing.otlp_http_endpoint() + "/v1/traces"

    def of_a_format(self):
        if self.tracing.is_ready():
            return "http://{}/v1/traces".format(self.tracing.otlp_http_endpoint())

    def of_a_variable(self):
        if self.tracing.is_ready():
            endpoint = self.tracing.otlp_http_endpoint()
            return f"http://{endpoint}/v1/traces"

    def of_no_scheme(self):
        if endpoint := self.tracing.otlp_http_endpoint():
            return f"-traces={endpoint}"
