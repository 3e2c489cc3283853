try:
    from charms.tempo_k8s.v1.charm_tracing import trace_charm, trace_type
except ImportError:

    def trace_charm(**_kwargs):
        return lambda cls: cls

    def trace_type(cls):
        return cls


try:
    import charms.tempo_k8s.v2.tracing as tracing
except ImportError:
    tracing = None
