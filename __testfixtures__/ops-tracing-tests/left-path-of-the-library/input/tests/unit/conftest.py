LIBRARIES = [
    "lib/charms/tempo_coordinator_k8s/v0/charm_tracing.py",
]
