from charms.tempo_k8s.v0.charm_tracing import trace_charm
