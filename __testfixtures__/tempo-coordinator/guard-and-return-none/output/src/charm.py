from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
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
        self.tracing_endpoint, self.server_cert = charm_tracing_config(
            self.tracing, CA_PATH
        )
        self.framework.observe(self.on.update_status, self._on_update_status)

    def _on_update_status(self, _event):
        with open(CA_PATH, "w") as file:
            file.write(self.config["ca"])
