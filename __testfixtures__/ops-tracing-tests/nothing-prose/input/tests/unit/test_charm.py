"""See charms.tempo_coordinator_k8s.v0.charm_tracing."""


def test_start():
    """The charm_tracing library was here."""
