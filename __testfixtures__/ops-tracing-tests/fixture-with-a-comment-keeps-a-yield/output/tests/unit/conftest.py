import pytest


@pytest.fixture(autouse=True)
def no_tracing():
    # the charm is made in the tests
    yield
