from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer
