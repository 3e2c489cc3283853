from charms.tempo_k8s.v0 import tracing
from charms.tempo_k8s.v0.tracing import TracingEndpointProvider
