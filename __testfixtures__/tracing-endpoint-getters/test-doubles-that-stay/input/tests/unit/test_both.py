from unittest.mock import MagicMock


def test_both():
    requirer = MagicMock()
    requirer.otlp_http_endpoint.return_value = "http://a:4318"
    requirer.otlp_grpc_endpoint.return_value = "a:4317"
