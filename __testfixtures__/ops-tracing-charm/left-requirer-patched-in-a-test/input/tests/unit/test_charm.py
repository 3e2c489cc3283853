from unittest.mock import patch


@patch("charm.NotebookCharm.tracing")
def test_start(_):
    pass
