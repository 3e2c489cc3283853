from dataclasses import dataclass

from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer


@dataclass(frozen=True)
class TracingData:
    is_ready: bool = False
    http_endpoint: str = ""

    @classmethod
    def load(cls, requirer: TracingEndpointRequirer) -> "TracingData":
        if not (is_ready := requirer.is_ready()):
            return cls()

        return cls(
            is_ready=is_ready,
            http_endpoint=requirer.get_endpoint("otlp_http"),  # type: ignore[arg-type]
        )
