import logging

from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import (
    TracingEndpointRequirer,
    charm_tracing_config,
)
from charms.tempo_coordinator_k8s.v0.tracing import ReceiverProtocol as Protocol
from charms.traefik_k8s.v2.ingress import IngressPerAppRequirer
from lib.charms.tempo_coordinator_k8s.v0.charm_tracing import trace

logger = logging.getLogger(__name__)


def late():
    from charms.tempo_coordinator_k8s.v0.charm_tracing import charm_tracing_disabled

    return charm_tracing_disabled
