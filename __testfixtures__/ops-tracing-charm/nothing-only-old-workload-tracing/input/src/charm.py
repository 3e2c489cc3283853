from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer

from charm_tracing import nothing
