import os

from charms.tempo_coordinator_k8s.v0.charm_tracing import CHARM_TRACING_ENABLED, charm_tracing_disabled


def test_traced():
    os.environ[CHARM_TRACING_ENABLED] = "1"


def test_quiet():
    with charm_tracing_disabled():
        pass
