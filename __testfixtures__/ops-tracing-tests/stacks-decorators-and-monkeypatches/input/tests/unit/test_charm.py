from contextlib import ExitStack
from unittest.mock import patch

from charms.tempo_coordinator_k8s.v0 import charm_tracing
from charms.tempo_coordinator_k8s.v0.charm_tracing import charm_tracing_disabled


@charm_tracing_disabled()
def test_decorated():
    pass


@patch("charm.a")
@patch("charms.tempo_coordinator_k8s.v0.charm_tracing.BUFFER_DEFAULT_CACHE_FILE_NAME", "x")
def test_patched(_):
    pass


def test_stack(monkeypatch):
    with ExitStack() as stack:
        stack.enter_context(patch("charm.a"))
        stack.enter_context(charm_tracing_disabled())
    with ExitStack() as stack:
        stack.enter_context(charm_tracing_disabled())
    monkeypatch.setattr(charm_tracing, "BUFFER_DEFAULT_CACHE_FILE_NAME", "x")
    with patch.object(charm_tracing, "BUFFER_DEFAULT_CACHE_FILE_NAME", "x"):
        assert True
