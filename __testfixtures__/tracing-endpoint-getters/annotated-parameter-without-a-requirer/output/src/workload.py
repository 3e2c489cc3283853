from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer


def configure(requirer: TracingEndpointRequirer):
    return requirer.otlp_http_endpoint()
