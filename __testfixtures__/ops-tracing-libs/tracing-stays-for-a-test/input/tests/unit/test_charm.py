from charms.tempo_coordinator_k8s.v0 import tracing
