import os

from charms.tempo_coordinator_k8s.v0.charm_tracing import CHARM_TRACING_ENABLED


def test_tracing():
    os.environ[CHARM_TRACING_ENABLED] = "1"
