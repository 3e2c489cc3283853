from unittest.mock import MagicMock, create_autospec

import pytest
from charms.tempo_k8s.v0.tracing import TracingEndpointRequirer
from integrations import TracingData


@pytest.fixture
def requirer() -> MagicMock:
    return create_autospec(TracingEndpointRequirer)


def test_load(requirer: MagicMock) -> None:
    requirer.is_ready.return_value = True
    requirer.otlp_http_endpoint.return_value = "host:4318"

    assert TracingData.load(requirer).http_endpoint == "host:4318"
    requirer.otlp_http_endpoint.assert_called_once_with()
