import pytest


@pytest.mark.usefixtures("no_tracing")
def test_start():
    pass
