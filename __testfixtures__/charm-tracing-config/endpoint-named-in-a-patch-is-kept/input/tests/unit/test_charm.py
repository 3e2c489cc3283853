from unittest.mock import PropertyMock, patch


@patch("charm.MyCharm.tracing_endpoint", new_callable=PropertyMock)
def test_start(endpoint):
    assert endpoint
