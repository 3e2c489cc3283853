from charms.tempo_k8s.v0.snapshot import get_state
