from charms.tempo_k8s.v1.charm_tracing import trace_type


@trace_type
class Handler:
    """Traced, see charms.tempo_k8s.v1.charm_tracing."""
