from charms.tempo_coordinator_k8s.v0.charm_tracing import charm_tracing_disabled

# see lib/charms/tempo_coordinator_k8s/v0/tracing.py and lib/charms/tempo_coordinator_k8s/v0
LIBS = ("tempo_coordinator_k8s/v0/charm_tracing.py", "tempo_coordinator_k8s/v0/tracing.py")
MODULE = "charms.tempo_coordinator_k8s.v0.tracing"
