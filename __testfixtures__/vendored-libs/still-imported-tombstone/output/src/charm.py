from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from charms.tempo_k8s.v1.charm_tracing import TLSError, trace_charm
