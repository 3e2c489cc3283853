"""Unit tests of the charm."""

from unittest.mock import patch

from charm import LighthouseCharm
from ops.testing import Context, Relation, State


@patch("charms.tempo_k8s.v2.tracing.TracingEndpointRequirer.is_ready", return_value=False)
def test_start_without_tracing(is_ready):
    context = Context(LighthouseCharm)
    tracing = Relation("tracing", remote_app_name="tempo-k8s")
    state = context.run(context.on.start(), State(relations={tracing}))
    assert state.get_relation(tracing.id)
