from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)
        self.address = self.tracing.otlp_http_endpoint()

    def places(self):
        endpoint = self.tracing.otlp_http_endpoint() or ""
        self.configure(self.tracing.otlp_http_endpoint(), x=1)
        first = {
            "a": self.tracing.otlp_http_endpoint(),
            f"{self.tracing.otlp_http_endpoint()}": [
                f'{self.tracing.otlp_http_endpoint()}'
            ],
        }
        if not self.tracing.otlp_http_endpoint():
            self.stop()
        return endpoint, first

    def walrus(self):
        if address := self.tracing.otlp_http_endpoint():
            self.configure(address)

    def walrus_read_later(self):
        if address := self.tracing.otlp_http_endpoint():
            self.configure(address)
        return address

    def _long_lines(self, configuration):
        self.configured_endpoint = self.tracing.otlp_http_endpoint()  # type: ignore
        configuration.the_endpoint_for_the_traces = self.tracing.otlp_http_endpoint()
        configuration.update(
            endpoint=self.tracing.otlp_http_endpoint(),
            the_endpoint_for_the_traces_of_the_oven=self.tracing.otlp_http_endpoint(),
        )
        if self.tracing.is_ready():
            configuration.a_rather_long_name = self.tracing.otlp_http_endpoint()
            configuration.name_that_is_longer_still = self.tracing.otlp_http_endpoint()
            configuration.endpoint(url=self.tracing.otlp_http_endpoint(), insecure=1)
            return configuration.with_endpoint(self.tracing.otlp_http_endpoint())
        if very_long_name_of_an_address := self.tracing.otlp_http_endpoint():
            self.configure(very_long_name_of_an_address)
