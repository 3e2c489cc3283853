from typing import Optional

from charms.tempo_k8s.v1.charm_tracing import trace_charm
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
from ops.charm import CharmBase
from ops.framework import Object

CA_PATH = "/usr/local/share/ca-certificates/ca.crt"


class Dashboards(Object):
    """Something else to trace."""


@trace_charm(
    tracing_endpoint="tracing_endpoint",
    server_cert="server_cert",
    extra_types=(Dashboards,),
)
class SampleCharm(CharmBase):
    """Serves dashboards."""

    def __init__(self, *args):
        super().__init__(*args)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
        self.framework.observe(self.on.update_status, self._on_update_status)

    def _on_update_status(self, _event):
        with open(CA_PATH, "w") as file:
            file.write(self.config["ca"])

    @property
    def tracing_endpoint(self) -> Optional[str]:
        """Where charm tracing is sent."""
        if self.tracing.is_ready():
            return self.tracing.get_endpoint("otlp_http")
        return None

    @property
    def server_cert(self) -> Optional[str]:
        """The CA's certificate."""
        return CA_PATH
