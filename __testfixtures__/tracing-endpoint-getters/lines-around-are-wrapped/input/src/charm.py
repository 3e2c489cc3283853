import logging

from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from ops import CharmBase

log = logging.getLogger(__name__)


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self)

    def joined_arguments(self):
        self.configure_the_workload(
            self.tracing.otlp_http_endpoint(), grpc=self.tracing.otlp_grpc_endpoint(), extra=1
        )

    def nested_bracket(self, env):
        env.update({"http": self.tracing.otlp_http_endpoint()})

    def f_string(self):
        log.info(f"the traces of the workload go to {self.tracing.otlp_http_endpoint()}")

    def pair(self):
        return self.pick((self.tracing.otlp_http_endpoint(), 1), self.tracing.zipkin_endpoint())
