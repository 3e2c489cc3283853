import pytest

from helpers import charm_tracing_disabled


@pytest.fixture(autouse=True)
def no_tracing():
    with charm_tracing_disabled():
        yield
