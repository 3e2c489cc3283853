import pytest
from charms.tempo_coordinator_k8s.v0.charm_tracing import charm_tracing_disabled


def test_start(context):
    state = 1
    with charm_tracing_disabled():
        out = context.run(context.on.start(), state)

        assert out

    with charm_tracing_disabled(): context.run(context.on.stop(), out)
