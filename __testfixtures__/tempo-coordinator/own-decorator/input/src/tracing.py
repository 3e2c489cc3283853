import functools

try:
    from charms.tempo_k8s.v1.charm_tracing import trace_charm
except ImportError:
    trace_charm = None


def trace_sample_charm(charm):
    """Trace a charm, where the library is packed."""
    if trace_charm is None:
        return charm
    return trace_charm(tracing_endpoint="tracing_endpoint", server_cert="tracing_ca")(charm)
