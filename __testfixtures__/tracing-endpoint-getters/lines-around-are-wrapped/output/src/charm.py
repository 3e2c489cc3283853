import logging

from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from ops import CharmBase

log = logging.getLogger(__name__)


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(
            self, protocols=["otlp_http", "otlp_grpc", "zipkin"]
        )

    def joined_arguments(self):
        self.configure_the_workload(
            self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None,
            grpc=self.tracing.get_endpoint("otlp_grpc") if self.tracing.is_ready() else None,
            extra=1,
        )

    def nested_bracket(self, env):
        env.update(
            {"http": self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None}
        )

    def f_string(self):
        log.info(
            f"the traces of the workload go to {self.tracing.get_endpoint('otlp_http') if self.tracing.is_ready() else None}"
        )

    def pair(self):
        return self.pick((self.tracing.get_endpoint("otlp_http") if self.tracing.is_ready() else None, 1), self.tracing.get_endpoint("zipkin") if self.tracing.is_ready() else None)
