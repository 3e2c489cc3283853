from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from cosl.coordinated_workers.worker import Worker
from ops import CharmBase


@trace_charm(
    tracing_endpoint="_charm_tracing_endpoint",
    server_cert="_charm_tracing_cert",
    extra_types=[Worker],
)
class SampleCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.worker = Worker(charm=self, name="sample")
        self._charm_tracing_endpoint, self._charm_tracing_cert = self.worker.charm_tracing_config()
