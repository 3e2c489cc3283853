from charms.tempo_coordinator_k8s.v0.charm_tracing import (
    UntraceableObjectError,
    charm_tracing_disabled,
    trace_charm,
)
from charms.tempo_coordinator_k8s.v0.tracing import (
    ReceiverProtocol,
    TracingEndpointRequirerEvents as TracingEndpointEvents,
)


def test(protocol: ReceiverProtocol, other: "TracingEndpointEvents"):
    with charm_tracing_disabled():
        assert trace_charm
    raise UntraceableObjectError(protocol, TracingEndpointEvents)
