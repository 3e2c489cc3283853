from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer as NewRequirer
from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from database import Database
from ops import CharmBase


class OvenCharm(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.database = Database(self)
        self.tracing = TracingEndpointRequirer(self)
        self.framework.observe(self.tracing.on.endpoint_changed, self._on_endpoint_changed)
        self.framework.observe(self.tracing.on.endpoint_removed, self._on_endpoint_removed)
        self.framework.observe(self.database.on.endpoint_changed, self._on_endpoint_removed)
        self.other = NewRequirer(self, "other", protocols=["zipkin"])
        self.framework.observe(self.other.on.endpoint_changed, self._on_other_changed)

    def _on_endpoint_changed(self, event):
        """Tell the workload."""
        for ingester in event.ingesters:
            self.add(event.host, ingester.protocol, ingester.port)
        self.save(self.host)

    def _on_endpoint_removed(self, event):
        self.remove(event.host)

    def _on_other_changed(self, event):
        self.other_host = event.host

    def ports(self):
        data = self.tracing.get_all_endpoints()
        return [one.port for one in data.ingesters] + self.other.get_all_endpoints().receivers
