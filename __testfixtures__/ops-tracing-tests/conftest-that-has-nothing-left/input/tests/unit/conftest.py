# Copyright of nobody.

from unittest.mock import patch

import pytest
from charms.tempo_coordinator_k8s.v0.charm_tracing import charm_tracing_disabled


@pytest.fixture(autouse=True)
def no_tracing():
    with charm_tracing_disabled():
        yield


@pytest.fixture(autouse=True)
def buffer_elsewhere(tmp_path):
    with patch(
        "charms.tempo_coordinator_k8s.v0.charm_tracing.BUFFER_DEFAULT_CACHE_FILE_NAME",
        str(tmp_path / "buffer.raw"),
    ):
        yield
