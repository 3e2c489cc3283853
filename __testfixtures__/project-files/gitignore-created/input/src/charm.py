from charms.tempo_k8s.v1.charm_tracing import trace_charm
