from unittest.mock import patch

from charms.tempo_k8s.v1.charm_tracing import charm_tracing_disabled
from charms.tempo_k8s.v2.tracing import TracingProviderAppData


@patch("charms.tempo_k8s.v1.charm_tracing._get_tracing_endpoint")
def test_charm(_):
    with charm_tracing_disabled():
        assert TracingProviderAppData
