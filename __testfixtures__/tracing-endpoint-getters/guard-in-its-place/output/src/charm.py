from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.address = (
            self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        )

    def places(self):
        endpoint = (
            self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        ) or ""
        self.configure(
            self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None,
            x=1,
        )
        first = {
            "a": (
                self.tracing.get_endpoint("otlp_http")
                if self.tracing.is_ready()
                else None
            ),
            f"{self.tracing.get_endpoint('otlp_http') if self.tracing.is_ready() else None}": [
                f'{self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None}'
            ],
        }
        if not (
            self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        ):
            self.stop()
        return endpoint, first

    def walrus(self):
        if address := (
            self.tracing.is_ready() and self.tracing.get_endpoint("otlp_http")
        ):
            self.configure(address)

    def walrus_read_later(self):
        if address := (
            self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        ):
            self.configure(address)
        return address

    def _long_lines(self, configuration):
        self.configured_endpoint = (
            self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        )  # type: ignore
        configuration.the_endpoint_for_the_traces = (
            self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None
        )
        configuration.update(
            endpoint=(
                self.tracing.get_endpoint("otlp_http")
                if self.tracing.is_ready()
                else None
            ),
            the_endpoint_for_the_traces_of_the_oven=(
                self.tracing.get_endpoint("otlp_http")
                if self.tracing.is_ready()
                else None
            ),
        )
        if self.tracing.is_ready():
            configuration.a_rather_long_name = self.tracing.get_endpoint("otlp_http")
            configuration.name_that_is_longer_still = self.tracing.get_endpoint(
                "otlp_http"
            )
            configuration.endpoint(
                url=self.tracing.get_endpoint("otlp_http"), insecure=1
            )
            return configuration.with_endpoint(self.tracing.get_endpoint("otlp_http"))
        if very_long_name_of_an_address := (
            self.tracing.is_ready() and self.tracing.get_endpoint("otlp_http")
        ):
            self.configure(very_long_name_of_an_address)
