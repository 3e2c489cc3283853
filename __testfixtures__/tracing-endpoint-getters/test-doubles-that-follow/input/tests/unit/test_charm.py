from unittest.mock import MagicMock, Mock, patch

import charm
from charm import OvenCharm
from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer


@patch.object(TracingEndpointRequirer, "otlp_http_endpoint", return_value="http://a:4318")
@patch("charm.TracingEndpointRequirer.otlp_http_endpoint", MagicMock(return_value="x"))
def test_patched(endpoint, harness: OvenCharm):
    with patch.object(harness.tracing, "otlp_http_endpoint") as getter:
        harness.address()
    getter.assert_called_once()


def test_mocks():
    requirer = MagicMock(otlp_http_endpoint=Mock(return_value="http://a:4318"))
    requirer.otlp_http_endpoint = MagicMock(return_value="http://a:4318")
    requirer.otlp_http_endpoint.side_effect = ["http://a:4318", None]
    requirer.otlp_http_endpoint.side_effect = None
    requirer.otlp_http_endpoint.assert_called_once_with("relation")
    requirer.otlp_http_endpoint.assert_any_call()
    requirer.otlp_http_endpoint.assert_not_called()
    assert not requirer.otlp_http_endpoint.called
