from unittest.mock import MagicMock, Mock, PropertyMock, patch

from charms.tempo_k8s.v1.tracing import TracingEndpointRequirer


@patch.object(TracingEndpointRequirer, "otlp_http_endpoint", lambda self: "http://a:4318")
@patch.object(TracingEndpointRequirer, "otlp_http_endpoint", new_callable=PropertyMock)
@patch("somewhere.Other.otlp_http_endpoint")
def test_patched(monkeypatch, unknown):
    monkeypatch.setattr(TracingEndpointRequirer, "otlp_http_endpoint", lambda self: "x")
    with patch.object(unknown, "otlp_http_endpoint"):
        pass


def test_mocks():
    requirer = Mock(otlp_http_endpoint="http://a:4318")
    requirer = MagicMock(**{"otlp_http_endpoint.return_value": "http://a:4318"})
    requirer.otlp_http_endpoint = "http://a:4318"
    requirer.otlp_http_endpoint.side_effect = lambda: "http://a:4318"
    check = requirer.otlp_http_endpoint.assert_any_call
    configure(otlp_http_endpoint="http://a:4318")
    target = "charm.TracingEndpointRequirer.otlp_http_endpoint"
    assert "otlp_http_endpoint" in dir(requirer)
