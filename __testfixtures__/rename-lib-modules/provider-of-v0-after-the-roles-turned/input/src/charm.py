from charms.tempo_k8s.v0.tracing import TracingEndpointProvider
