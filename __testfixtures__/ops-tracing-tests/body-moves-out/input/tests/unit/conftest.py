from unittest.mock import PropertyMock, patch

import pytest
from charms.tempo_coordinator_k8s.v0.charm_tracing import charm_tracing_disabled

from charm import NotebookCharm


@pytest.fixture
def charm():
    with charm_tracing_disabled():
        with patch(
            "charm.NotebookCharm.address",
            new_callable=PropertyMock,
            return_value="""
        1.2.3.4
""",
        ):

            # one for all
            yield NotebookCharm
