from charm import OvenCharm
from ops.testing import Harness


def test_endpoint():
    harness = Harness(OvenCharm)
    harness.begin()
    assert harness.charm.tracing.otlp_grpc_endpoint() == "host:4317"
