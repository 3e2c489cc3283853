from charms.alertmanager_k8s.v1.alertmanager_dispatch import AlertmanagerConsumer
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer  # workload
from charms.traefik_k8s.v2.ingress import IngressPerAppRequirer

from charms.tempo_coordinator_k8s.v0.tracing import NotReadyError
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace
