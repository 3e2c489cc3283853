import pytest


@pytest.fixture
def no_tracing():
    yield
