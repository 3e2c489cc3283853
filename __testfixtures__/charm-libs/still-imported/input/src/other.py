import lib.charms.tempo_k8s.v0.tracing as t
# charms.tempo_k8s.v1.charm_tracing
