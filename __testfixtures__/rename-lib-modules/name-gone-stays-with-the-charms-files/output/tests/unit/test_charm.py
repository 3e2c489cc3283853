from unittest.mock import patch

from charms.tempo_coordinator_k8s.v0.tracing import TracingProviderAppData
from charms.tempo_k8s.v1.charm_tracing import charm_tracing_disabled


@patch("charms.tempo_k8s.v1.charm_tracing._get_tracing_endpoint")
def test_charm(_):
    with charm_tracing_disabled():
        assert TracingProviderAppData
