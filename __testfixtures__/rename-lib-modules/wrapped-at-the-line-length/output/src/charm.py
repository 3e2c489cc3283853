from charms.tempo_coordinator_k8s.v0.charm_tracing import (
    trace_charm,
    charm_tracing_disabled,
    get_current_span,
)
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer, charm_tracing_config


def f():
    from charms.tempo_coordinator_k8s.v0.tracing import (
        ProtocolType,
        Receiver,
        TracingEndpointRequirer,
    )
    from charms.tempo_coordinator_k8s.v0.tracing import ProtocolType, Receiver, RequestEvent  # noqa: F401
    from charms.tempo_coordinator_k8s.v0.tracing import ProtocolType, Receiver, TracingEndpointRequirer  # noqa: F811
    from charms.tempo_coordinator_k8s.v0.tracing import (ProtocolType, Receiver, TracingEndpointRequirer)  # fmt: skip
    from charms.tempo_coordinator_k8s.v0.tracing import ReceiverProtocol, ProtocolType, TracingEndpointRequirer, Receiver
    from charms.tempo_coordinator_k8s.v0.tracing import (  # why
        ProtocolType,  # and how
    )
