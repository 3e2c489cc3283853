from unittest.mock import patch

from charms.tempo_k8s.v1.tracing import Ingester, TracingProviderAppData


@patch("charms.tempo_coordinator_k8s.v0.tracing.TracingEndpointRequirer.is_ready")
def test_charm(_):
    TracingProviderAppData(host="foo", ingesters=[Ingester(protocol="otlp_http", port=80)])
