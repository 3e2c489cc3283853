from charms.tempo_k8s.v0.charm_instrumentation import (
    UntraceableObject,
    _charm_tracing_disabled,
    trace_charm,
)
from charms.tempo_k8s.v1.tracing import IngesterProtocol, TracingEndpointEvents


def test(protocol: IngesterProtocol, other: "TracingEndpointEvents"):
    with _charm_tracing_disabled():
        assert trace_charm
    raise UntraceableObject(protocol, TracingEndpointEvents)
