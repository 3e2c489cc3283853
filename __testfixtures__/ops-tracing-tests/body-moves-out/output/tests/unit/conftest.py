from unittest.mock import PropertyMock, patch

import pytest

from charm import NotebookCharm


@pytest.fixture
def charm():
    with patch(
        "charm.NotebookCharm.address",
        new_callable=PropertyMock,
        return_value="""
        1.2.3.4
""",
    ):

        # one for all
        yield NotebookCharm
