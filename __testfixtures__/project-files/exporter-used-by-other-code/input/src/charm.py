from charms.tempo_k8s.v0.charm_instrumentation import trace_charm
from charms.tempo_k8s.v0.tracing import TracingEndpointRequirer
