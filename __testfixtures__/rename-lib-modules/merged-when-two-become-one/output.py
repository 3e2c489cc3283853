from charms.tempo_coordinator_k8s.v0.tracing import (
    ReceiverProtocol,
    TracingEndpointRequirer,
    charm_tracing_config,
)


def apart():
    from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer as V1
    from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer as V2

    return V1, V2


def commented():
    from charms.tempo_coordinator_k8s.v0.tracing import TracingError  # the old one
    from charms.tempo_coordinator_k8s.v0.tracing import NotReadyError

    return TracingError, NotReadyError
