try:
    from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm, trace_type
except ImportError:

    def trace_charm(**_kwargs):
        return lambda cls: cls

    def trace_type(cls):
        return cls


try:
    import charms.tempo_coordinator_k8s.v0.tracing as tracing
except ImportError:
    tracing = None
