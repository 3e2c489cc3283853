from charms.tempo_coordinator_k8s.v0.charm_tracing import charm_tracing_disabled


def test_start():
    with charm_tracing_disabled():  # the collector is slow
        pass
