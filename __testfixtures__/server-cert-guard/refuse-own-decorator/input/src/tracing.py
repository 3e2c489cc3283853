from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm


def trace_sample(charm):
    return trace_charm(tracing_endpoint="tracing_endpoint", server_cert="server_cert")(charm)


def trace_other(charm, name):
    return trace_charm(tracing_endpoint="tracing_endpoint", server_cert=name)(charm)
