"""Fixtures.

>>> from lib.charms.tempo_k8s.v1.charm_tracing import trace_charm
"""
from unittest.mock import patch

import pytest

# the copies of lib/charms/tempo_k8s/v2/tracing.py are placed here
LIBS = [
    "tempo_k8s/v1/charm_tracing.py",
    f"lib/charms/tempo_k8s/v2/{'tracing'}.py",
]
FOLDER = "lib/charms/tempo_k8s"


@pytest.fixture(autouse=True)
def no_export():
    with patch("charms.tempo_k8s.v1.charm_tracing._get_tracing_endpoint"):
        yield


def test_libs():
    check_libs_installed("charms.tempo_k8s.v2.tracing", 'charms.tempo_k8s.v1.charm_tracing')
    # https://github.com/canonical/tempo-k8s-operator/blob/main/lib/charms/tempo_k8s/v2/tracing.py
    assert "tempo_k8s" not in tempo_k8s
