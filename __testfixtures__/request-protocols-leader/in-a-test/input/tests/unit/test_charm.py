from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer


def test_request(charm):
    charm.tracing.request_protocols(["otlp_http"])
