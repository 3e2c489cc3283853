from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer


def configure(requirer: TracingEndpointRequirer):
    return requirer.otlp_http_endpoint()
