from unittest.mock import MagicMock, Mock, patch

import charm
from charm import OvenCharm
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer


@patch.object(TracingEndpointRequirer, "get_endpoint", return_value="http://a:4318")
@patch("charm.TracingEndpointRequirer.get_endpoint", MagicMock(return_value="x"))
def test_patched(endpoint, harness: OvenCharm):
    with patch.object(harness.tracing, "get_endpoint") as getter:
        harness.address()
    getter.assert_called_once()


def test_mocks():
    requirer = MagicMock(get_endpoint=Mock(return_value="http://a:4318"))
    requirer.get_endpoint = MagicMock(return_value="http://a:4318")
    requirer.get_endpoint.side_effect = ["http://a:4318", None]
    requirer.get_endpoint.side_effect = None
    requirer.get_endpoint.assert_called_once_with("otlp_http", "relation")
    requirer.get_endpoint.assert_any_call("otlp_http")
    requirer.get_endpoint.assert_not_called()
    assert not requirer.get_endpoint.called
