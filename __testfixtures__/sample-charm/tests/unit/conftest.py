"""Fixtures of the unit tests."""

import pytest
from charms.tempo_k8s.v1.charm_tracing import charm_tracing_disabled

#: Libraries that the tests expect to find.
LIBRARIES = ["tempo_k8s/v1/charm_tracing.py", "tempo_k8s/v2/tracing.py"]


@pytest.fixture(autouse=True)
def no_charm_tracing():
    """Send no traces from tests."""
    with charm_tracing_disabled():
        yield
