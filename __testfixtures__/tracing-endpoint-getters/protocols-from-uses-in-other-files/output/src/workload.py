from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charm import OvenCharm


class Workload:
    def __init__(self, charm: "OvenCharm"):
        self._charm = charm

    def configure(self):
        if self._charm.tracing.is_ready():
            self.push(self._charm.tracing.get_endpoint("jaeger_thrift_http"))
