import pytest
from charms.tempo_coordinator_k8s.v0.charm_tracing import charm_tracing_disabled


@pytest.fixture(autouse=True)
def quiet():
    with charm_tracing_disabled():
        yield


@pytest.fixture
def charm(quiet: None):
    yield None
