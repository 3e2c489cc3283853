import pytest
from charms.tempo_coordinator_k8s.v0.charm_tracing import charm_tracing_disabled
from ops.testing import Context

from charm import NotebookCharm


@pytest.fixture(autouse=True, scope="session")
def no_tracing():
    """No traces in tests."""
    with charm_tracing_disabled():
        yield


@pytest.fixture
def context():
    return Context(NotebookCharm)
