import charms.tempo_coordinator_k8s.v0.charm_tracing as ct

@ct.trace_charm(tracing_endpoint="x")
class ShopCharm: ...
