import charms.tempo_coordinator_k8s.v0.tracing
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from shop import trace_charm
