from unittest.mock import patch

from charms.tempo_coordinator_k8s.v0.charm_tracing import charm_tracing_disabled


def test_start(context):
    with charm_tracing_disabled(), patch("charm.a"):
        pass
    with patch("charm.a") as a, charm_tracing_disabled():
        assert a
    with patch("charm.a"), charm_tracing_disabled(), patch("charm.b"):
        pass
    with (
        patch("charm.a"),
        charm_tracing_disabled(),
    ):
        pass
