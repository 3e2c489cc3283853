from charm import OvenCharm
from ops.testing import Harness


def test_endpoint():
    harness = Harness(OvenCharm)
    harness.begin()
    assert harness.charm.tracing.get_endpoint("otlp_grpc") == "host:4317"
