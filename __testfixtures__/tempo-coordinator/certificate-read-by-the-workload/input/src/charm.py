from typing import Optional

from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops import CharmBase

CA_PATH = "/etc/sample/ca.crt"


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="server_cert")
class SampleCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.workload = f"cert={self.server_cert}"

    @property
    def tracing_endpoint(self) -> Optional[str]:
        if self.tracing.is_ready():
            return self.tracing.get_endpoint("otlp_http")
        return None

    @property
    def server_cert(self) -> str:
        return CA_PATH
