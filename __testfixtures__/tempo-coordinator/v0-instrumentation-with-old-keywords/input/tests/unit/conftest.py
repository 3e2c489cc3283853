import pytest
from charms.tempo_k8s.v0.charm_instrumentation import _charm_tracing_disabled


@pytest.fixture(autouse=True)
def no_tracing():
    with _charm_tracing_disabled():
        yield
