from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
