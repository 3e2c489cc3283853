from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
from charms.tempo_k8s.v2.tracing import ReceiverProtocol, charm_tracing_config


def apart():
    from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer as V1
    from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer as V2

    return V1, V2


def commented():
    from charms.tempo_k8s.v1.tracing import TracingError  # the old one
    from charms.tempo_k8s.v2.tracing import NotReadyError

    return TracingError, NotReadyError
